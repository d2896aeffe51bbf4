import BackOffice
import Coverage
import GatewayLink
import LaneRig
import PayHub
import Secrets
import Testing
import Timeline
import Values

/// Questions and changes over real TLS: what is repeated, what is not, and what each fault says.
@Suite struct CallTests {
    private struct Thing: Codable, Equatable, Sendable {
        var id: TransactionID
        var name: String?
    }

    private struct Change: GatewayRequest, Equatable {
        var name: String
        func check() throws(RuleBreach) {
            if name.isEmpty { throw RuleBreach("name", .given) }
        }
    }

    private static let path = GatewayPath("adminSettings/things")

    private func ask(
        _ reactions: [ScriptedGateway.Reaction]
    ) async throws -> (Result<Thing, BackOfficeFault>, [ScriptedGateway.Request]) {
        let gateway = try ScriptedGateway(reactions)
        let office = try Office(gateway)
        let result: Result<Thing, BackOfficeFault>
        do throws(BackOfficeFault) {
            result = .success(try await office.desk.get(Self.path, as: Thing.self))
        } catch { result = .failure(error) }
        return (result, gateway.requests)
    }

    private func change(
        _ reactions: [ScriptedGateway.Reaction], name: String = "new"
    ) async throws -> (Result<Acceptance, BackOfficeFault>, [ScriptedGateway.Request]) {
        let gateway = try ScriptedGateway(reactions)
        let office = try Office(gateway)
        let result: Result<Acceptance, BackOfficeFault>
        do throws(BackOfficeFault) {
            result = .success(try await office.desk.post(Self.path, Change(name: name)))
        } catch { result = .failure(error) }
        return (result, gateway.requests)
    }

    @Test func `a question is one GET, and its answer is read strictly`() async throws {
        let (result, requests) = try await ask([.answer(200, #"{"id":7,"name":"x"}"#)])
        #expect(try result.get() == Thing(id: try #require(TransactionID("7")), name: "x"))
        #expect(requests.map(\.line) == ["GET /api/v2/adminSettings/things HTTP/1.1"])
        #expect(requests.map(\.body) == [""])
    }

    @Test func `members that nobody knows are told by name`() async throws {
        let gateway = try ScriptedGateway([
            .answer(200, #"{"id":7,"new":"secret","4111111111111111":1}"#)
        ])
        let office = try Office(gateway)
        _ = try await office.desk.get(Self.path, as: Thing.self)
        #expect(office.unknownMembers == ["new", "?"])
    }

    @Test(arguments: [
        ScriptedGateway.Reaction.close, .reset, .cut,
    ])
    func `a question is asked once more on a dead connection`(
        end: ScriptedGateway.Reaction
    ) async throws {
        let (result, requests) = try await ask([end, .answer(200, #"{"id":"7"}"#)])
        #expect(try result.get().id.text == "7")
        #expect(requests.map(\.connection) == [1, 2])
        let (second, tries) = try await ask([end, end, .answer(200, #"{"id":"7"}"#)])
        guard case .failure(.transport(.unanswered)) = second else {
            Issue.record("answered after three tries: \(second)")
            return
        }
        #expect(tries.count == 2)
    }

    @Test(
        arguments: [
            (.answer(500), .transport(.unexpectedStatus(500))),
            (.answer(302), .transport(.unexpectedStatus(302))),
            (.answer(200, "<html>"), .transport(.unreadable(.malformed(offset: 0)))),
            (.answer(200, "[]"), .transport(.unreadable(.wrongForm("")))),
            (.answer(200, "{}"), .transport(.unreadable(.missing("id")))),
            (.answer(200, #"{"id":7,"id":8}"#), .transport(.unreadable(.malformed(offset: 12)))),
            (.answer(200, #"{"id":"7!"}"#), .transport(.unreadable(.wrongForm("id")))),
            (.answer(401), .refused(GatewayRefusal(status: 401, errors: []))),
        ] as [(ScriptedGateway.Reaction, BackOfficeFault)])
    func `an answer that is none has its own fault`(
        reaction: ScriptedGateway.Reaction, expected: BackOfficeFault
    ) async throws {
        let (result, requests) = try await ask([reaction])
        #expect(result == .failure(expected))
        #expect(requests.count == 1)
    }

    @Test func `a refusal carries what the gateway names, and says what to do`() async throws {
        let body = """
            {"errors":[{"status":"BAD_REQUEST","code":"4029","location":"customer.email_address",
            "reason":"INVALID","severity":"ERROR"},{"code":"9999999"}]}
            """
        let (result, _) = try await ask([.answer(400, body)])
        guard case .failure(.refused(let refusal)) = result else {
            Issue.record("no refusal: \(result)")
            return
        }
        #expect(refusal.codes.map(\.text) == ["4029", "9999999"])
        #expect(refusal.errors.first?.location == "customer.email_address")
        let said = refusal.description
        #expect(said.contains("4029 INVALID_CUSTOMER_EMAIL_ID at customer.email_address"))
    }

    @Test func `nothing is at the gateway is told apart`() async throws {
        let (result, _) = try await ask([.answer(404, #"{"errors":[{"code":"9998"}]}"#)])
        guard case .failure(let fault) = result else {
            Issue.record("found")
            return
        }
        #expect(fault.isNotFound)
        #expect(!BackOfficeFault.transport(.unexpectedStatus(404)).isNotFound)
    }

    @Test func `a change is posted once, and its place is read`() async throws {
        let (result, requests) = try await change([
            .answer(201, "ignored", ["Location": "/api/v2/adminSettings/things/12"])
        ])
        #expect(try result.get().id.text == "12")
        #expect(requests.map(\.body) == [#"{"name":"new"}"#])
        #expect(requests.map(\.line) == ["POST /api/v2/adminSettings/things HTTP/1.1"])
    }

    @Test func `a rule that is broken sends nothing`() async throws {
        let (result, requests) = try await change([.answer(201)], name: "")
        #expect(result == .failure(.refusedByUs(.breach(RuleBreach("name", .given)))))
        #expect(requests.isEmpty)
    }

    @Test(arguments: [ScriptedGateway.Reaction.close, .reset, .cut])
    func `a change whose connection dies is in doubt and not sent again`(
        end: ScriptedGateway.Reaction
    ) async throws {
        let (result, requests) = try await change([end, .answer(201)])
        #expect(result == .failure(.transport(.inDoubt(Doubt(.connectionClosed)))))
        #expect(requests.count == 1)
    }

    @Test func `a change that finds no gateway was not sent`() async throws {
        var gateway: ScriptedGateway? = try ScriptedGateway([])
        let office = try Office(try #require(gateway))
        gateway = nil
        await #expect {
            try await office.desk.patch(Self.path, Change(name: "x"))
        } throws: { error in
            guard case BackOfficeFault.transport(.notSent(let failure)) = error else {
                return false
            }
            return failure.sent == .nothing
        }
    }

    @Test(
        arguments: [
            (.answer(200), .transport(.inDoubt(Doubt(.unexpectedStatus)))),
            (.answer(500), .transport(.inDoubt(Doubt(.unexpectedStatus)))),
            (.answer(408), .transport(.inDoubt(Doubt(.unexpectedStatus)))),
            (.answer(400), .transport(.inDoubt(Doubt(.errorWithoutCode)))),
            (.answer(405), .refused(GatewayRefusal(status: 405, errors: []))),
            (
                .answer(400, #"{"errors":[{"code":"9999"}]}"#),
                .transport(.inDoubt(Doubt(.contradictoryCode)))
            ),
        ] as [(ScriptedGateway.Reaction, BackOfficeFault)])
    func `an answer that does not say that it was made has its own fault`(
        reaction: ScriptedGateway.Reaction, expected: BackOfficeFault
    ) async throws {
        #expect(try await change([reaction]).0 == .failure(expected))
    }

    @Test func `a declined card is told apart from a refused request`() async throws {
        let (result, _) = try await change([.answer(400, #"{"errors":[{"code":"51"}]}"#)])
        let code = try #require(ResponseCode("51"))
        #expect(result == .failure(.declined(Decline(responseCode: code))))
    }

    @Test(.covers("PH-I-059", "PH-K-002"))
    func `every status from 200 to 299 says that a part was changed`() async throws {
        let gateway = try ScriptedGateway([.answer(200), .answer(201), .answer(204)])
        let office = try Office(gateway)
        for _ in 0..<3 { try await office.desk.patch(Self.path, Change(name: "x")) }
        #expect(gateway.requests.map(\.connection) == [1, 2, 3])
        #expect(gateway.requests.allSatisfy { $0.line.hasPrefix("PATCH ") })
    }
}

/// Lists and calls as tasks.
@Suite struct TaskTests {
    private struct Thing: Decodable, Sendable { var id: Int }

    private static func page(_ ids: [Int], isLast: Bool) -> ScriptedGateway.Reaction {
        let things = ids.map { #"{"id":\#($0)}"# }.joined(separator: ",")
        return .answer(200, #"{"content":[\#(things)],"last":\#(isLast)}"#)
    }

    @Test func `a list asks for its next page only when one gets there`() async throws {
        let gateway = try ScriptedGateway([
            Self.page([1, 2], isLast: false), Self.page([3], isLast: true),
        ])
        let office = try Office(gateway)
        let list: GatewayList<Thing> = office.desk.list("things", size: 2)
        var iterator = list.makeAsyncIterator()
        #expect(try await iterator.next()?.id == 1)
        #expect(try await iterator.next()?.id == 2)
        #expect(gateway.requests.count == 1)
        #expect(try await iterator.next()?.id == 3)
        #expect(try await iterator.next() == nil)
        #expect(
            gateway.requests.map(\.line) == [
                "GET /api/v2/things/?page=0&size=2&sort=id,asc HTTP/1.1",
                "GET /api/v2/things/?page=1&size=2&sort=id,asc HTTP/1.1",
            ])
    }

    @Test func `a list that breaks off is a fault and no end`() async throws {
        let gateway = try ScriptedGateway([Self.page([1], isLast: false), .answer(500)])
        let office = try Office(gateway)
        let list: GatewayList<Thing> = office.desk.list("things", size: 1)
        var ids: [Int] = []
        await #expect(throws: BackOfficeFault.transport(.unexpectedStatus(500))) {
            for try await thing in list { ids.append(thing.id) }
        }
        #expect(ids == [1])
    }

    @Test func `a cancelled task asks for no more pages`() async throws {
        let gateway = try ScriptedGateway([Self.page([1], isLast: false)])
        let office = try Office(gateway)
        let list: GatewayList<Thing> = office.desk.list("things", size: 1)
        let task = Task {
            var ids: [Int] = []
            for try await thing in list {
                ids.append(thing.id)
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            }
            return ids
        }
        #expect(try await task.value == [1])
        #expect(gateway.requests.count == 1)
    }

    @Test func `calls of several tasks go out one after the other on one connection`() async throws
    {
        let gateway = try ScriptedGateway(
            (1...8).map { .answer(200, #"{"id":\#($0)}"#) })
        let desk = try Office(gateway).desk
        let ids = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await desk.get("thing", as: Thing.self).id } }
            var ids: [Int] = []
            for try await id in group { ids.append(id) }
            return ids.sorted()
        }
        #expect(ids == Array(1...8))
        #expect(Set(gateway.requests.map(\.connection)) == [1])
    }
}
