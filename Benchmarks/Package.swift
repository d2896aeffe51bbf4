// swift-tools-version: 6.2
// The benchmark: ours, the limit that it is held against, and the gateway that both talk to. A
// package of its own, never in the product. Build and run it by `make bench`; see README.md here.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let openSSL: [LinkerSetting] = [.linkedLibrary("ssl"), .linkedLibrary("crypto")]

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "swipeline", path: "..")],
    targets: [
        .executableTarget(name: "reference-gateway", linkerSettings: openSSL),
        .executableTarget(name: "limit", linkerSettings: openSSL),
        .executableTarget(
            name: "ours",
            dependencies: [.product(name: "SwipelineCore", package: "swipeline")],
            swiftSettings: strict),
    ],
    cLanguageStandard: .c11
)
