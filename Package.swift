// swift-tools-version: 6.2
import PackageDescription

/// The arrows of the architecture: which module may import which of ours. `Tests/TidyTests` holds the sources to it.
let arrows: [String: [String]] = [
    "Basis": [],
    "Statistics": ["Basis", "CStatistics"],
    "Dealership": ["Basis"],
    "Measures": ["Basis", "Dealership", "Statistics"],
    "Programs": ["Basis", "Dealership", "Measures", "Statistics"],
    "Definitions": ["Basis", "Statistics", "Dealership", "Measures", "Programs", "CPresets"],
    "Store": ["Basis", "Dealership", "Programs"],
    "Ingest": ["Basis", "Dealership", "Definitions", "CBytes", "CDeflate", "CExpat", "CLate", "CZip", "CPostgres"],
    "Sample": ["Basis"],
    "Drawing": ["Basis"],
    "Ink": ["Basis", "Drawing", "CPango", "CFonts", "CPdf", "CDeflate"],
    "Reporting": ["Basis", "Statistics", "Dealership", "Measures", "Programs", "Definitions", "Drawing"],
    "kpi": [
        "Basis", "Statistics", "Dealership", "Measures", "Programs", "Definitions", "Ingest", "Store", "Sample", "Drawing",
        "Ink", "Reporting", "CReports", "CLanguages", "CMemory",
    ],
]

/// Tests, with the modules they may import.
let testArrows: [String: [String]] = [
    "BasisTests": ["Basis"],
    "DealershipTests": ["Basis", "Dealership", "Definitions", "Ingest"],
    "StatisticsTests": ["Statistics"],
    "DefinitionsTests": ["Basis", "Dealership", "Measures", "Programs", "Definitions"],
    "ProgramsTests": [
        "Basis", "Statistics", "Dealership", "Measures", "Programs", "Definitions", "Ingest", "Sample",
    ],
    "DrawingTests": ["Basis", "Drawing", "Ink"],
    "IngestTests": ["Basis", "Dealership", "Measures", "Definitions", "Ingest", "Store", "CBytes", "CDeflate", "CZip"],
    "InkTests": ["Basis", "Drawing", "Ink", "CDeflate"],
    "RealDataTests": [
        "Basis", "Statistics", "Dealership", "Measures", "Definitions", "Ingest", "Drawing", "Reporting",
    ],
    "ReportingTests": [
        "Basis", "Statistics", "Dealership", "Measures", "Programs", "Definitions", "Ingest", "Drawing", "Reporting",
    ],
    "SampleTests": ["Basis", "Sample", "Statistics", "Dealership", "Measures", "Definitions", "Ingest"],
    "MeasuresTests": ["Basis", "Statistics", "Dealership", "Measures", "Definitions", "Ingest"],
    "StoreTests": ["Basis", "Dealership", "Measures", "Programs", "Store"],
    "CommandTests": ["kpi"],
    "TidyTests": [],
    // Its targets are those of Tests/Fuzz, by links.
    "FuzzReplayTests": ["Basis", "Dealership", "Measures", "Programs", "Definitions", "Ingest", "CDeflate"],
]

/// What lies in a test's folder without being source.
let testData: [String: [String]] = ["DefinitionsTests": ["Fixtures"], "DrawingTests": ["Goldens"], "InkTests": ["Goldens"]]

/// Products of other packages, by module.
let products: [String: [Target.Dependency]] = [
    "Definitions": [.product(name: "Yams", package: "Yams")],
    "Programs": [.product(name: "Crypto", package: "swift-crypto")],
    "Ingest": [.product(name: "Crypto", package: "swift-crypto")],
    "Store": [.product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")],
    "StoreTests": [.product(name: "GRDB", package: "GRDB.swift")],
    "kpi": [.product(name: "ArgumentParser", package: "swift-argument-parser")],
]

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Swift's and Foundation's own libraries become part of the program: it begins sooner, calls them directly, and runs where
/// no toolchain is. The static Foundation does not name what it is made from.
let runtime = [
    "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections", "-ldispatch",
    "-lBlocksRuntime", "-lswift_RegexParser",
]

func module(_ name: String) -> Target {
    let ours = (arrows[name] ?? []).map { Target.Dependency.target(name: $0) }
    let others = products[name] ?? []
    return name == "kpi"
        ? .executableTarget(
            name: name, dependencies: ours + others, swiftSettings: strict,
            linkerSettings: [.unsafeFlags(runtime, .when(platforms: [.linux], configuration: .release))])
        : .target(name: name, dependencies: ours + others, exclude: name == "Drawing" ? ["README.md"] : [], swiftSettings: strict)
}

func tests(_ name: String) -> Target {
    .testTarget(
        name: name, dependencies: (testArrows[name] ?? []).map { .target(name: $0) } + (products[name] ?? []),
        exclude: testData[name] ?? [], swiftSettings: strict,
        // It writes workbooks, where the program only reads them.
        linkerSettings: name == "IngestTests" ? [.linkedLibrary("zip")] : [])
}

let package = Package(
    name: "kpi",
    products: [
        .library(name: "KPIMeasures", targets: ["Basis", "Statistics", "Dealership", "Measures", "Programs", "Definitions", "Ingest"]),
        .library(name: "KPIDrawing", targets: ["Basis", "Drawing", "Ink"]),
        .library(name: "KPIReporting", targets: ["Basis", "Drawing", "Ink", "Reporting"]),
        .executable(name: "kpi", targets: ["kpi"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: arrows.keys.sorted().map(module) + testArrows.keys.sorted().map(tests) + [
        .target(name: "CReports", publicHeadersPath: "include"),
        .target(name: "CLanguages", publicHeadersPath: "include"),
        .target(name: "CPresets", exclude: ["presets"], publicHeadersPath: "include"),
        .target(name: "CMemory", publicHeadersPath: "include"),
        .target(name: "CBytes", publicHeadersPath: "include"),
        .target(name: "CStatistics", publicHeadersPath: "include"),
        .target(name: "CDeflate", publicHeadersPath: "include", linkerSettings: [.linkedLibrary("deflate")]),
        .target(name: "CFonts", exclude: ["fonts"], publicHeadersPath: "include"),
        .target(
            name: "CPdf", publicHeadersPath: "include",
            linkerSettings: [.linkedLibrary("qpdf"), .linkedLibrary("deflate")]),
        .target(name: "CExpat", publicHeadersPath: "include", linkerSettings: [.linkedLibrary("expat")]),
        .target(name: "CLate", publicHeadersPath: "include"),
        // Their headers alone: CLate opens the libraries when somebody asks for them.
        .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    ],
    cxxLanguageStandard: .cxx17
)
