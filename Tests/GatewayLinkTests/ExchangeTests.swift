import GatewayLink
import Secrets
import Testing
import Timeline
import Values

@Suite struct ExchangeTests {
    @Test func `posts and reads the resource on one connection`() throws {
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(LinkFixture.created), .readRequest,
                .write(LinkFixture.resource), .waitForEnd,
            ]
        ])
        var link = try LinkFixture.link(server)
        try link.open()
        let arena = try SecretArena()
        let post = try LinkFixture.bytes(LinkFixture.post(), in: arena)
        let get = try LinkFixture.bytes(LinkFixture.get, in: arena)
        var answer = try arena.take(capacity: 16_384)
        let isAlive = link.isAlive()
        #expect(isAlive)
        let created = try link.exchange(post, kind: .money, into: &answer)
        #expect(created.status == 201)
        #expect(created.keepsAlive)
        #expect(!created.isJSON)
        #expect(created.body.isEmpty)
        #expect(created.firstByteAt >= created.sentAt)
        let location = try #require(created.location)
        #expect(LinkFixture.text(answer, location) == "https://localhost/api/v2/sale/7")
        let resource = try link.exchange(get, kind: .read, into: &answer)
        #expect(resource.status == 200)
        #expect(resource.isJSON)
        #expect(LinkFixture.text(answer, resource.body) == "{\"id\":7}")
        link.close()
        let seen = try server.finished()
        #expect(seen.connections == 1)
        #expect(seen.requests == [LinkFixture.post(), LinkFixture.get])
    }
}
