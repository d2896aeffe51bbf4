import GatewayLink
import OwnThreads
import PayHub
import Testing

/// Servers that no payment may be given to: each is refused at the opening, by what is wrong.
@Suite(.blocks) struct BadServerTests {
    @Test(arguments: BadServer.all)
    func `a bad server is refused, and told by its fault`(bad: BadServer) throws {
        let server = try ScriptedServer([bad.script], setup: bad.setup())
        var link = try LinkFixture.link(server, host: bad.host, deadlines: bad.deadlines)
        let failure = LinkFixture.failureToOpen(&link)
        #expect(failure == LinkFailure(bad.cause, sent: .nothing))
        let words = try #require(failure).description
        #expect(words.contains(bad.words), "\(words)")
        #expect(words.hasSuffix("nothing was sent"))
        let isOpen = link.isOpen
        #expect(!isOpen)
        link.close()
        #expect(try server.finished().requests.isEmpty)
    }

    @Test func `there are enough of them, and none twice`() {
        #expect(BadServer.all.count >= 30)
        #expect(Set(BadServer.all.map(\.testDescription)).count == BadServer.all.count)
    }

    /// Without these the refusals could be for another reason than the one meant.
    @Test(arguments: BadServer.soundNeighbours)
    func `its sound neighbour is taken`(neighbour: BadServer.Neighbour) throws {
        let server = try ScriptedServer([[.handshake, .waitForEnd]], setup: neighbour.setup())
        var link = try LinkFixture.link(server)
        #expect(LinkFixture.failureToOpen(&link) == nil)
        link.close()
        #expect(try server.finished().connections == 1)
    }
}
