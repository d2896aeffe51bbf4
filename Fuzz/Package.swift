// swift-tools-version: 6.2
// Coverage-guided fuzzing of everything that reads what others wrote. A package of its own: its
// flags must not reach the product. Build and run it by `make fuzz`; see README.md here.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A fuzz target: libFuzzer brings the main function.
func target(_ name: String, _ modules: String...) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["FuzzSupport"]
            + modules.map { .product(name: $0, package: "swipeline") },
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "swipeline", path: "..")],
    targets: [
        .target(
            name: "FuzzSupport",
            dependencies: [.product(name: "SwipelineCore", package: "swipeline")],
            swiftSettings: strict),
        target("FuzzTracks", "SwipelineCore"),
        target("FuzzIDTech", "SwipelineCore"),
        target("FuzzMagTek", "SwipelineCore"),
        target("FuzzKeyboard", "SwipelineCore"),
        target("FuzzRawBits", "SwipelineCore"),
        target("FuzzDescriptor", "SwipelineCore"),
        target("FuzzRecording", "SwipelineCore"),
        target("FuzzHTTP", "SwipelineCore"),
    ]
)
