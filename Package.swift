// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is built with: the strictest reading the compiler offers, warnings as errors.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What release builds of the targets on a request's way add.
///
/// Each object there is one worker's, or never changes. That no two accesses to a property overlap is held by the debug
/// builds, in which every test runs with the check; in a release the check was a tenth of what a verdict costs beyond
/// its signatures.
let quick: [SwiftSetting] = [
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// Tests build with the same settings, less strict memory safety: they call what the targets already mark.
let tested: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Set to `fuzzer` or `fuzzer,address`, the package builds its fuzz targets and nothing else (Fuzz/README.md).
let sanitizers = Context.environment["COUNTERFOIL_FUZZ"]
let instrumented: [SwiftSetting] = sanitizers.map { [.unsafeFlags(["-sanitize=\($0)", "-enable-testing"])] } ?? []

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ dependencies: [Target.Dependency] = [], isQuick: Bool = false) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + instrumented + (isQuick ? quick : []))
}

func suite(
    _ name: String,
    _ dependencies: [Target.Dependency],
    path: String? = nil,
    sources: [String]? = nil,
    exclude: [String] = []
) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        path: path,
        exclude: sources == nil ? exclude : ["Corpora", "Dictionaries", "Genuine.json", "README.md", "Runner", "run"],
        sources: sources,
        swiftSettings: tested
    )
}

/// The readers of hostile bytes that are fuzzed: the checks in Fuzz/Targets are run by a suite of tests, and by libFuzzer.
let fuzzed: [Target.Dependency] = ["Rules", "Operations", "OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding"]

let fuzzer = Target.executableTarget(
    name: "counterfoil-fuzz",
    dependencies: fuzzed,
    path: "Fuzz",
    exclude: ["Corpora", "Dictionaries", "Genuine.json", "README.md", "Tests", "run"],
    sources: ["Runner", "Targets"],
    swiftSettings: tested + instrumented,
    linkerSettings: [.unsafeFlags(["-sanitize=\(sanitizers ?? "fuzzer")", "-use-ld=lld"])]
)

let package = Package(
    name: "counterfoil",
    products: [.executable(name: "counterfoil", targets: ["counterfoil"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibssl", pkgConfig: "libssl", providers: [.apt(["libssl-dev"])]),

        .systemLibrary(name: "CLinux"),
        // Two loops over long texts by vector instructions.
        .target(name: "CVector"),

        library("Encoding", ["CVector"], isQuick: true),
        library("Crypto", ["CLibcrypto", "Encoding"], isQuick: true),
        library("JOSE", ["Crypto", "Encoding"], isQuick: true),
        library("PKIX", ["Crypto", "Encoding"], isQuick: true),
        library("OpenBanking", ["JOSE", "Encoding"], isQuick: true),
        library("Rules", ["OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding"], isQuick: true),
        library("KeyCache", ["JOSE", "PKIX", "Crypto", "Encoding", grdb, sqlite]),
        library("Bundle", ["KeyCache", "JOSE", "PKIX", "Crypto", "Encoding"]),
        library("Ledger", ["OpenBanking", "Crypto", "Encoding", grdb, sqlite]),
        library("Spool", ["CLinux", "Encoding"]),
        library("Fetch", ["CLibcurl", "Encoding"]),
        library("Operations", ["OpenBanking", "Encoding", yams, logging]),
        library("Refresh", ["Fetch", "KeyCache", "Operations", "OpenBanking", "PKIX", "Encoding"]),
        library("Report", ["OpenBanking", "Operations", "Encoding"]),
        library("Exports", ["Ledger", "OpenBanking", "Operations", "Crypto", "Encoding"]),
        library(
            "Pipeline",
            [
                "Rules", "KeyCache", "Ledger", "Spool", "Operations", "OpenBanking", "JOSE", "PKIX", "Crypto",
                "Encoding",
            ],
            isQuick: true
        ),
        library("Simulator", ["CLibssl", "OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding"]),
        .executableTarget(
            name: "counterfoil",
            dependencies: [
                "Pipeline", "Refresh", "Fetch", "Simulator", "Rules", "KeyCache", "Bundle", "Ledger", "Spool",
                "Operations", "OpenBanking", "Exports", "Report",
                "JOSE",
                "PKIX", "Crypto", "Encoding", arguments, logging,
            ],
            swiftSettings: strict
        ),

        // Stops a program at its system calls, for tests that end it there.
        .target(name: "CTrace", path: "Tests/CTrace"),
        // What `make vectors` prints.
        .target(name: "Scores", path: "Tests/Scores", exclude: ["judge", "lines.txt"], swiftSettings: tested),
        suite("ArchitectureTests", []),
        suite("EncodingTests", ["Scores", "Encoding", "CVector"]),
        suite("CryptoTests", ["Scores", "Crypto", "Encoding"]),
        suite("JOSETests", ["Scores", "JOSE", "Crypto", "Encoding"]),
        suite("PKIXTests", ["Scores", "PKIX", "Crypto", "Encoding"]),
        suite("RulesTests", ["Scores", "Rules", "OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding", "Simulator"]),
        suite("KeyCacheTests", ["KeyCache", "JOSE", "PKIX", "Crypto", "Encoding", "Simulator"]),
        suite("BundleTests", ["Bundle", "KeyCache", "JOSE", "PKIX", "Crypto", "Encoding"], exclude: ["Oracle"]),
        suite("SimulatorTests", ["Simulator", "Rules", "OpenBanking", "JOSE", "PKIX", "Crypto", "Encoding"]),
        suite("LedgerTests", ["Ledger", "OpenBanking", "Crypto", "Encoding", grdb, sqlite]),
        suite("SpoolTests", ["Spool", "Encoding"]),
        suite(
            "RefreshTests",
            ["Refresh", "Fetch", "KeyCache", "Operations", "JOSE", "PKIX", "Crypto", "Encoding", "Simulator", grdb]
        ),
        suite("ReportTests", ["Report", "OpenBanking", "Encoding"]),
        suite("ExportsTests", ["Exports", "Ledger", "OpenBanking", "Crypto", "Encoding"]),
        suite("OperationsTests", ["Operations", "OpenBanking", "Encoding", logging]),
        suite(
            "PipelineTests",
            [
                "Pipeline", "Rules", "KeyCache", "Ledger", "Spool", "Operations", "OpenBanking", "JOSE", "PKIX",
                "Crypto", "Encoding", "Simulator", "Refresh", "Fetch", grdb,
            ]
        ),
        suite(
            "CommandTests",
            ["Ledger", "Encoding", "Crypto", "OpenBanking", "Simulator", "CTrace", grdb],
            exclude: ["Bundles/Token/install"]
        ),
        suite("FuzzTests", fuzzed + ["Simulator"], path: "Fuzz", sources: ["Targets", "Tests"]),
    ]
)

if sanitizers != nil {
    package.targets = package.targets.filter { $0.type != .test } + [fuzzer]
}

// For `make sanitize`: the suites named, with what they need, and nothing else.
if let names = Context.environment["COUNTERFOIL_SUITES"] {
    var needed: Set<String> = []
    var open = names.split(separator: ",").map(String.init)
    while let name = open.popLast() {
        guard needed.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
            continue
        }
        for dependency in target.dependencies {
            switch dependency {
            case .byNameItem(let name, _), .targetItem(let name, _): open.append(name)
            default: break
            }
        }
    }
    package.products = []
    package.targets = package.targets.filter { needed.contains($0.name) }
}

// The tool behind `make bars-cache`; nobody else pays for building it.
if Context.environment["COUNTERFOIL_CACHE_BARS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "cache-bars",
            dependencies: [
                "Pipeline", "Refresh", "Fetch", "Simulator", "Rules", "KeyCache", "Operations", "OpenBanking", "JOSE",
                "PKIX", "Crypto", "Encoding",
            ],
            path: "Tests/CacheBars",
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        )
    )
}
