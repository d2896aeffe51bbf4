// swift-tools-version: 6.2
// Peers in Swift: NIO on its loop, and async-http-client with Codable. A package of its own, for
// they bring a TLS library with them that takes minutes to build.
import PackageDescription

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
    name: "peers",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    ],
    targets: [
        .target(name: "Contract"),
        .executableTarget(
            name: "nio-peer",
            dependencies: [
                "Contract", nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOTLS"), tls,
            ]),
        .executableTarget(
            name: "ahc-peer",
            dependencies: [
                "Contract", .product(name: "AsyncHTTPClient", package: "async-http-client"),
                nio("NIOCore"), nio("NIOPosix"), tls,
            ]),
    ]
)
