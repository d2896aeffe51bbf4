internal import Hummingbird

/// Swipes of recordings, where they take the reader's place.
extension TillAPI {
    func addReplay(to router: Router<APIContext>) {
        router.get("/v1/replay") { _, _ in
            Response(["files": .array(try replay().names.map { .string($0) })])
        }
        router.post("/v1/replay/swipe") { request, _ in
            var fields = try await BodyFields(request)
            let name = try fields.text("file")
            try fields.finish()
            let replay = try replay()
            do throws(ReplayFault) { try replay.swipe(name) } catch {
                throw Problem(
                    error == .noRecording ? .notFound : .conflict, .noReader,
                    error.description.split(separator: "; ").first.map(String.init) ?? "",
                    remedy: error.description.split(separator: "; ").last.map(String.init) ?? "")
            }
            return Response(readers(board.view), status: .accepted)
        }
        for (name, isIn) in [("plug", true), ("unplug", false)] {
            router.post("/v1/replay/\(name)") { request, _ in
                try await BodyFields(request).finish()
                try replay().plug(isIn)
                return Response(readers(board.view), status: .accepted)
            }
        }
    }

    private func replay() throws -> any ReplayControl {
        guard let replay = desk.parts.replay else {
            throw Problem(
                .notFound, .notFound, "no recordings take the reader's place",
                remedy: "start the service with --replay")
        }
        return replay
    }
}
