// swift-tools-version: 6.2
import PackageDescription

/// One page as a display list, drawn by Ink: the figures of `run.sh`.
let package = Package(
    name: "page",
    dependencies: [.package(name: "kpi", path: "../..")],
    targets: [
        .executableTarget(
            name: "page", dependencies: [.product(name: "KPIDrawing", package: "kpi")],
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error)])
    ],
    cxxLanguageStandard: .cxx17
)
