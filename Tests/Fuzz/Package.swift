// swift-tools-version: 6.2
import PackageDescription

// Fuzzers of everything that reads what others wrote. Not part of kpi's own package: they need every module built with
// the sanitizers, which `Scripts/fuzz` does.
let package = Package(
    name: "Fuzz",
    dependencies: [.package(name: "kpi", path: "../..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "fuzz", dependencies: ["CFuzzer", .product(name: "KPIMeasures", package: "kpi")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ]),
    ]
)
