// swift-tools-version: 6.2
import PackageDescription

/// The simulations of `Tests/StatisticsTests/CoverageTests` and `Tests/ProgramsTests/LookTests`, optimised, in numbers
/// that tables can be made of. `Sources/coverage` links to the very files that the tests run.
let package = Package(
    name: "coverage",
    dependencies: [.package(name: "kpi", path: "../..")],
    targets: [
        .executableTarget(
            name: "coverage", dependencies: [.product(name: "KPIMeasures", package: "kpi")],
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error)])
    ],
    cxxLanguageStandard: .cxx17
)
