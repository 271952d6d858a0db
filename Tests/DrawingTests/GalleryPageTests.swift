import Drawing
import Foundation
import Ink
import Testing

/// The gallery in the documentation: every chart, drawn with the fonts of the pages from the examples whose frames are
/// the goldens. `Scripts/gallery` draws it anew.
@Suite struct GalleryPageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = root.appendingPathComponent("Sources/kpi/Documentation.docc/Gallery")
    private static let records = ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"

    private static let kinds = ["usual", "extreme", "empty"]

    private func expect(_ text: String, in name: String) throws {
        let file = GalleryPageTests.folder.appendingPathComponent(name)
        if let known = try? String(contentsOf: file, encoding: .utf8), known == text { return }
        if GalleryPageTests.records {
            try FileManager.default.createDirectory(at: GalleryPageTests.folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        Issue.record("\(name) is not what the gallery shows: run Scripts/gallery and look at the difference")
    }

    private func example(_ name: String) throws -> Example {
        try #require(
            Gallery.examples.first { $0.name == name },
            "no example \(name): is its group in Gallery.examples (Gallery.swift)?")
    }

    @Test func picturesAreThoseOfTheGoldens() throws {
        let measurer = try PangoMeasurer()
        for chart in Gallery.charts {
            for (name, kind) in zip(chart.examples, GalleryPageTests.kinds) {
                let laid = try example(name).draw(measurer)
                let checks = FrameChecks(laid.frame)
                #expect(checks.overlapping == [], "\(name)")
                #expect(StrikeChecks(laid.frame).struck == [], "\(name)")
                #expect(checks.outside(try example(name).area) == [], "\(name)")
                try expect(renderSVG(laid.frame, title: "\(chart.title), \(kind)"), in: "\(name).svg")
            }
        }
    }

    @Test func pageShowsThemAll() throws {
        var page = """
            # Gallery

            Every chart with a usual month, an extreme one, and next to nothing. All figures are invented.

            Drawn by the tests from the examples that they hold to their goldens; `Scripts/gallery` draws them anew.

            """
        for chart in Gallery.charts {
            page += "\n## \(chart.title)\n\n\(chart.line) `\(chart.plate)`\n\n"
            for (name, kind) in zip(chart.examples, GalleryPageTests.kinds) {
                page += "![\(chart.title), \(kind)](\(name).svg)\n"
            }
        }
        try expect(page, in: "Gallery.md")
    }

    /// A chart that is not in the gallery, and a picture that is left over.
    @Test func nothingIsMissingOrLeftOver() throws {
        let charts = GalleryPageTests.root.appendingPathComponent("Sources/Drawing/Charts")
        let shown = Set(Gallery.charts.map(\.plate))
        for file in try FileManager.default.contentsOfDirectory(atPath: charts.path) where file.hasSuffix(
            "Plate.swift") {
            #expect(shown.contains(String(file.dropLast(6))), "\(file) is not in the gallery")
        }
        let names = Set(Gallery.charts.flatMap(\.examples).map { "\($0).svg" } + ["Gallery.md"])
        for file in try FileManager.default.contentsOfDirectory(atPath: GalleryPageTests.folder.path) {
            #expect(names.contains(file), "\(file) belongs to no chart")
        }
    }
}
