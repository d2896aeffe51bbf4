// swift-tools-version: 6.2
// The package's modules in the order of the data's way; docs/architecture.md draws the arrows.
import Foundation
import PackageDescription

/// Checks that need neither the emulator nor its HTTP server (sanitizers, fuzzing, crash runs)
/// set SWIPELINE_CORE=1 and build a fraction of the whole.
let coreOnly = ProcessInfo.processInfo.environment["SWIPELINE_CORE"] == "1"

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // SE-0335: `any` says where a value is boxed.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0444: a member is seen only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0409: an import shows in a module's interface only when it says so.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0461: an async function runs where its caller runs.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // Views of a swipe that cannot outlive it (SE-0446, SE-0456).
    .enableExperimentalFeature("Lifetimes"),
    // SE-0458: every use of a pointer is marked.
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func suite(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["OwnThreads"], exclude: exclude,
        swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
/// `swipeline serve` and what it needs.
let service: [Target.Dependency] = coreOnly ? [] : ["Service", logging, lifecycle, signals]

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
]

var products: [Product] = [
    .executable(name: "swipeline", targets: ["swipeline"]),
    .executable(name: "compose-fixtures", targets: ["compose-fixtures"]),
    // For the packages beside this one: Fuzz, Benchmarks.
    .library(
        name: "SwipelineCore",
        targets: [
            "Values", "Timeline", "Secrets", "Tracks", "Readers", "Recordings", "PayHub",
            "GatewayLink", "HotPath",
        ]),
]

var targets: [Target] = [
    // The system's parts.
    .systemLibrary(
        name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev", "pkg-config"])]),
    .systemLibrary(
        name: "CLibUSB", pkgConfig: "libusb-1.0",
        providers: [.apt(["libusb-1.0-0-dev", "pkg-config"])]),
    .target(name: "CPlatform"),

    // The way of the data.
    module("Values"),
    module("Timeline"),
    module("Secrets", ["CPlatform", "Values"]),
    module("Tracks", ["Secrets", "Values"]),
    module("Readers", ["Tracks", "Secrets", "Values", "Timeline"]),
    module("Recordings", ["Readers", "Secrets", "Values", "Timeline"]),
    module("ReaderUSB", ["CLibUSB", "Readers", "Secrets", "Values", "Timeline"]),
    module("PayHub", ["Secrets", "Values"]),
    module("GatewayLink", ["COpenSSL", "PayHub", "Secrets", "Values", "Timeline"]),
    module(
        "HotPath",
        ["Readers", "Tracks", "PayHub", "GatewayLink", "Secrets", "Values", "Timeline"]),
    module("Journal", ["COpenSSL", "CPlatform", "Values", grdb, sqlite]),
    module(
        "Lane",
        [
            "HotPath", "Readers", "PayHub", "GatewayLink", "Journal", "Advice", "Secrets", "Values",
            "Timeline",
        ]),
    module("BackOffice", ["PayHub", "GatewayLink", "Secrets", "Values", "Timeline"]),
    module("Advice", ["Values"]),
    module("Settings"),

    // The other side's: keys and what they open. The till's program has none of it.
    module("DUKPT", ["COpenSSL", "Secrets"]),
    module("Decryption", ["COpenSSL", "DUKPT", "Readers", "Secrets", "Tracks", "Values"]),

    // What runs.
    .executableTarget(
        name: "swipeline",
        dependencies: [
            "Advice", "BackOffice", "GatewayLink", "HotPath", "Journal", "Lane", "PayHub",
            "ReaderUSB", "Readers", "Recordings", "Secrets", "Settings", "Timeline", "Tracks",
            "Values", argumentParser, histogram,
        ] + service,
        exclude: coreOnly ? ["Serve"] : [],
        swiftSettings: strict + (coreOnly ? [] : [.define("SERVICE")])),
    .executableTarget(
        name: "compose-fixtures",
        dependencies: ["Decryption", "DUKPT", "Readers", "Recordings", "Secrets", "Values"],
        path: "Tools/compose-fixtures", swiftSettings: strict),

    // What is proved.
    suite("ArchitectureTests", ["Quiet"]),
    .target(name: "Coverage", path: "Tests/Support/Coverage", swiftSettings: strict),
    .target(name: "OwnThreads", path: "Tests/Support/OwnThreads", swiftSettings: strict),
    suite("CoverageTests", ["Coverage", "Examples"]),
    suite("ValuesTests", ["Values"]),
    .target(name: "Seeded", path: "Tests/Support/Seeded", swiftSettings: strict),
    .target(name: "Quiet", path: "Tests/Support/Quiet", swiftSettings: strict),
    suite("QuietTests", ["Quiet"]),
    .target(name: "CFaultyDisk", path: "Tests/Support/CFaultyDisk"),
    .executableTarget(
        name: "journal-child", dependencies: ["Journal", "Values"],
        path: "Tests/Support/journal-child", swiftSettings: strict),
    suite(
        "JournalTests",
        ["CFaultyDisk", "Journal", "Quiet", "Seeded", "Values", "journal-child", grdb]),
    .target(
        name: "LaneSimulation", dependencies: ["Journal", "Lane", "Seeded", "Timeline", "Values"],
        path: "Tests/Support/LaneSimulation", swiftSettings: strict),
    .executableTarget(
        name: "simulate", dependencies: ["LaneSimulation", argumentParser],
        path: "Tools/simulate", swiftSettings: strict),
    .target(name: "RunLog", path: "Tests/Support/RunLog", swiftSettings: strict),
    suite("RunLogTests", ["RunLog"]),
    // The real till, killed at its system calls.
    .executableTarget(
        name: "kill-at", path: "Tools/kill-at", cSettings: [.define("_GNU_SOURCE")]),
    suite("KillAtTests", ["kill-at", "journal-child"]),
    .executableTarget(
        name: "crash",
        dependencies: [
            "Journal", "RunLog", "Seeded", "Values", "kill-at", "swipeline", argumentParser,
        ],
        path: "Tools/crash", swiftSettings: strict),
    suite("LaneTests", ["Lane", "LaneSimulation", "Journal", "Timeline", "Values"]),
    suite("AdviceTests", ["Advice", "Values"]),
    suite("SettingsTests", ["Settings"]),
    .executableTarget(
        name: "secrets-child", dependencies: ["Secrets", "Values"],
        path: "Tests/Support/secrets-child", swiftSettings: strict),
    suite("SecretsTests", ["Quiet", "Secrets", "Seeded", "Values", "secrets-child"]),
    .executableTarget(
        name: "usb-guest",
        dependencies: [
            "GatewayLink", "HotPath", "PayHub", "ReaderUSB", "Readers", "Secrets", "Seeded",
            "Settings", "Timeline", "Values",
        ],
        path: "Tests/Support/usb-guest",
        swiftSettings: strict),
    suite("TracksTests", ["Quiet", "Tracks", "Secrets", "Seeded", "Values", "compose-fixtures"]),
    suite(
        "ReadersTests", ["Quiet", "Readers", "Tracks", "Secrets", "Seeded", "Values", "Timeline"]),
    suite(
        "RecordingsTests",
        [
            "DUKPT", "Recordings", "Readers", "Tracks", "Secrets", "Values", "Timeline",
            "compose-fixtures",
        ]),
    .systemLibrary(
        name: "CUMockdev", path: "Tests/Support/CUMockdev", pkgConfig: "umockdev-1.0",
        providers: [.apt(["umockdev", "libumockdev-dev"])]),
    .target(
        name: "CUSBTestbed", dependencies: ["CUMockdev"],
        path: "Tests/Support/CUSBTestbed"),
    suite(
        "ReaderUSBTests",
        [
            "ReaderUSB", "Recordings", "Readers", "Secrets", "Seeded", "Values", "Timeline",
            "CUSBTestbed", "swipeline",
        ]),
    suite("DUKPTTests", ["DUKPT", "Secrets", "Seeded"]),
    .target(
        name: "SealedFrames", dependencies: ["COpenSSL", "DUKPT", "Secrets"],
        path: "Tests/Support/SealedFrames", swiftSettings: strict),
    suite(
        "DecryptionTests",
        ["Decryption", "DUKPT", "Readers", "SealedFrames", "Secrets", "Tracks", "Values"]),
    .target(
        name: "Examples", dependencies: ["PayHub", "Secrets"], path: "Tests/Support/Examples",
        swiftSettings: strict),
    suite(
        "PayHubTests", ["Coverage", "Examples", "PayHub", "Quiet", "Secrets", "Seeded", "Values"]),
    suite(
        "ForwardingTests",
        [
            "DUKPT", "HotPath", "PayHub", "Readers", "Secrets", "Timeline", "Values",
            "compose-fixtures",
        ]),
    suite(
        "GatewayLinkTests",
        [
            "COpenSSL", "Coverage", "GatewayLink", "HotPath", "PayHub", "Readers", "Secrets",
            "Timeline", "Values", "compose-fixtures",
        ]),
    suite(
        "ConformanceTests",
        [
            "DUKPT", "Decryption", "Quiet", "Recordings", "Readers", "SealedFrames", "Tracks",
            "PayHub",
            "Secrets", "Values", "Timeline",
        ]),
]

if !coreOnly {
    dependencies += [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ]
    products.append(.executable(name: "swipeline-emulator", targets: ["swipeline-emulator"]))
    targets += [
        .target(
            name: "Service",
            dependencies: [
                "Advice", "COpenSSL", "Journal", "Lane", "PayHub", "Settings", "Timeline",
                "Values",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                logging, lifecycle,
            ],
            resources: [.copy("Page"), .copy("openapi.json")], swiftSettings: strict),
        module(
            "Emulator",
            [
                "COpenSSL", "DUKPT", "Decryption", "PayHub", "Readers", "Secrets", "Timeline",
                "Tracks", "Values",
                grdb,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "swipeline-emulator",
            dependencies: ["Emulator", "Secrets", "Values", argumentParser],
            swiftSettings: strict),
        suite(
            "EmulatorTests",
            [
                "Advice", "Coverage", "DUKPT", "Decryption", "Emulator", "Examples",
                "LaneSimulation", "PayHub", "Quiet", "SealedFrames", "Secrets", "Values",
                "swipeline-emulator",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "InMemoryLogging", package: "swift-log"),
            ]),
        // A door, hostile requests, and the programs as a shop runs them.
        .target(
            name: "HostileClient", path: "Tests/Support/HostileClient", swiftSettings: strict),
        .executableTarget(
            name: "hold-thread", path: "Tests/Support/hold-thread",
            cSettings: [.define("_GNU_SOURCE")]),
        .target(
            name: "TillPrograms", path: "Tests/Support/TillPrograms", swiftSettings: strict),
        suite(
            "ServiceTests",
            [
                "Advice", "HostileClient", "Journal", "Lane", "LaneRig", "PayHub", "Service",
                "Settings",
                "Timeline", "Values", logging, lifecycle,
            ]),
        .target(
            name: "CHygiene", dependencies: ["COpenSSL"], path: "Tests/Support/CHygiene"),
        .target(
            name: "Hygiene", dependencies: ["CHygiene", "CTerminal", "Seeded"],
            path: "Tests/Support/Hygiene", swiftSettings: strict),
        .executableTarget(
            name: "hygiene-till",
            dependencies: [
                "GatewayLink", "HotPath", "PayHub", "Readers", "Recordings", "Secrets",
                "Settings", "Timeline", "Values",
            ], path: "Tests/Support/hygiene-till", swiftSettings: strict),
        .executableTarget(
            name: "check-hygiene", dependencies: ["Hygiene"],
            path: "Tests/Support/check-hygiene", swiftSettings: strict),
        suite(
            "HygieneTests",
            ["Hygiene", "compose-fixtures", "hygiene-till", "swipeline", "swipeline-emulator"]),
        .target(
            name: "LaneRig",
            dependencies: [
                "BackOffice", "COpenSSL", "Emulator", "GatewayLink", "HotPath", "Journal", "Lane",
                "PayHub", "Readers", "Secrets", "Seeded", "Timeline", "Values",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Support/LaneRig", swiftSettings: strict),
        .executableTarget(
            name: "faults", dependencies: ["LaneRig", "RunLog", argumentParser],
            path: "Tools/faults", swiftSettings: strict),
        // Many daemons at one gateway.
        .executableTarget(
            name: "load", dependencies: ["Seeded", argumentParser], path: "Tools/load",
            swiftSettings: strict),
        .executableTarget(
            name: "interop", dependencies: ["swipeline-emulator", argumentParser],
            path: "Tools/interop", swiftSettings: strict),
        // A year of a small shop, in a test run and at full length.
        .target(
            name: "ShopYear",
            dependencies: [
                "BackOffice", "Emulator", "Journal", "Lane", "LaneRig", "PayHub", "Secrets",
                "Seeded", "Timeline", "Values",
            ],
            path: "Tests/Support/ShopYear", swiftSettings: strict),
        .executableTarget(
            name: "year", dependencies: ["ShopYear", argumentParser], path: "Tools/year",
            swiftSettings: strict),
        suite(
            "BackOfficeTests",
            [
                "BackOffice", "Coverage", "Emulator", "Examples", "GatewayLink", "HotPath",
                "LaneRig", "PayHub", "Readers", "Secrets", "Timeline", "Values",
            ]),
        suite(
            "LaneScenarioTests",
            [
                "Coverage", "Emulator", "HotPath", "Journal", "Lane", "LaneRig", "Readers",
                "SealedFrames", "ShopYear", "Timeline", "Values",
            ]),
        // The cashier's page in a browser.
        .target(name: "Browser", path: "Tests/Support/Browser", swiftSettings: strict),
        suite("PageTests", ["Browser", "swipeline", "swipeline-emulator"]),
        .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
        .target(name: "CTerminal", path: "Tests/Support/CTerminal"),
        suite(
            "EndToEndTests",
            [
                "CAllocationCount", "CTerminal", "GatewayLink", "HostileClient", "HotPath",
                "PayHub",
                "Quiet", "Readers", "Recordings", "Secrets", "Settings", "TillPrograms", "Timeline",
                "Tracks", "Values", "hold-thread", histogram,
            ]),
    ]
}

// The documentation's generator is no part of the product.
if ProcessInfo.processInfo.environment["SWIPELINE_DOCS"] == "1" {
    dependencies.append(
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"))
}

let package = Package(
    name: "swipeline",
    products: products,
    dependencies: dependencies,
    targets: targets,
    cLanguageStandard: .c11
)
