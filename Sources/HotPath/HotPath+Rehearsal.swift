internal import GatewayLink
internal import PayHub
internal import Secrets
internal import Tracks
internal import Values

/// Goes the way of a swipe once while the lane is armed, with a published test card and an answer
/// of ours, and sends nothing: the processor then has the code at hand, which the handshake has
/// driven out, and the buffers are touched. Nothing of it lasts; the request is written anew
/// behind it.
extension HotPath {
    /// Source: PayHub API, "Test cards".
    private static let card: StaticString = """
        %B4012881888818888^TEST/CARD^49121010000000000000?;4012881888818888=49121010000000000000?
        """

    private static let created: StaticString = """
        HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\
        Location: https://localhost/api/v2/sale/1\r\nContent-Length: 0\r\n\r\n
        """

    /// Source: PayHub API, "Sale", response.
    private static let resource: StaticString = """
        HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 188\r\n\r\n\
        {"version":0,"merchantOrganizationId":1,"saleResponse":{"saleId":"1",\
        "approvalCode":"000000","responseCode":"00","responseText":"SUCCESS"},\
        "_links":{"self":{"href":"https://localhost/1"}}}
        """

    /// Writes a whole request behind what was prepared, which must be prepared anew, and reads
    /// answers; leaves the buffers of the answer and the inquiry empty.
    /// - Returns: true when it went all the way.
    @discardableResult
    mutating func rehearse(_ prepared: RequestWriter.Prepared, today: CivilDate) -> Bool {
        defer {
            inquiry.wipe()
            answer.wipe()
        }
        inquiry.fill { $0.append(copying: Self.card) }
        let tracks = CardTracks.read(&inquiry)
        let verdict = inquiry.withBytes { setup.policy.judge(tracks, $0, today: today) }
        let clear = CardSource.tracks(
            track1: tracks.track1.layout?.text, track2: tracks.track2.layout?.text)
        let block = CardSource.encryptedTrack(
            ByteRange(start: 0, count: inquiry.count), form: setup.encryptedForm,
            swiper: CardSource.Swiper())
        do throws(RequestFault) {
            for source in [block, clear] {
                RequestWriter.forgetCard(prepared, in: &request)
                let card = CardData(source, expiry: tracks.expiry)
                try RequestWriter.complete(prepared, with: card, from: inquiry, in: &request)
            }
        } catch {
            // A card that does not fit is told of when one is swiped.
            return false
        }
        guard verdict.refusal == nil, let id = readRehearsedLocation() else { return false }
        return readRehearsedResource(id)
    }

    private mutating func readRehearsedLocation() -> TransactionID? {
        guard let form = take(answer: Self.created) else { return nil }
        let endpoint = setup.endpoint
        let judgement = answer.withBytes { bytes in
            reader.judge(
                status: form.status,
                location: form.location.map {
                    Location(bytes.extracting($0.range), .sale, at: endpoint)
                },
                body: bytes.extracting(form.body.range))
        }
        switch judgement {
        case .accepted(let id), .acceptedElsewhere(let id): return id
        case .ended: return nil
        }
    }

    private mutating func readRehearsedResource(_ id: TransactionID) -> Bool {
        guard let form = take(answer: Self.resource) else { return false }
        let read = answer.withBytes {
            reader.resource($0.extracting(form.body.range), of: .sale, id: id)
        }
        return read != nil
    }

    private mutating func take(answer text: StaticString) -> AnswerForm? {
        answer.wipe()
        answer.fill(atMost: 1024) { $0.append(copying: text) }
        var answerReader = AnswerReader(room: answer.capacity)
        do throws(HTTPFault) {
            return try answer.edit { (bytes: inout MutableSpan<UInt8>) throws(HTTPFault) in
                try answerReader.advance(&bytes)
            }
        } catch { return nil }
    }
}
