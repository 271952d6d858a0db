import Drawing
import Foundation
import Testing

/// Every plate of none, one, two and 100,000 values, of equal, outlying, negative and odd ones, of long names and of
/// sixty people: nothing outside, nothing one over the other, and not more drawn than can be seen.
@Suite struct ExtremeTests {
    /// A page holds some 3,500 columns of half a point in all its plates; a plate needs a few points in each.
    static let mostSegments = 45_000
    /// Nobody listens to more.
    static let mostWords = 60_000

    @Test(arguments: AnyPlate.all, Extreme.all)
    func isDrawn(_ plate: AnyPlate, _ extreme: Extreme) {
        let made = plate.make(extreme)
        let measurer = FixedWidthMeasurer()
        let width = 376.0
        let least = made.leastHeight(width: width, pen: Pen(measurer: measurer))
        #expect(least.isFinite && least < 2_000, "\(least)")
        let area = Rect(x: 20, y: 20, width: width, height: min(max(least, 190), 520))
        var canvas = Canvas(pen: Pen(measurer: measurer))
        made.draw(on: &canvas, in: area)
        let checks = FrameChecks(Frame(size: Size(width: 420, height: 560), items: canvas.items))
        #expect(checks.faults == [])
        #expect(checks.tiny == [])
        #expect(checks.segments <= ExtremeTests.mostSegments)
        #expect(checks.runs.count <= 1_500)
        #expect(checks.alternatives.reduce(0) { $0 + $1.count } <= ExtremeTests.mostWords)
        #expect(checks.outside(area, slack: 4).prefix(5) == [])
        #expect(checks.marksOutside(area, slack: 6).prefix(5) == [])
        guard checks.runs.count <= 1_500 else { return }
        #expect(checks.overlapping.prefix(5) == [])
    }

    /// A chart that is in no list is checked by none: each file of `Charts` is in all of them.
    @Test func everyChartIsListed() throws {
        let drawing = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Drawing")
        let table = try String(contentsOf: drawing.appendingPathComponent("README.md"), encoding: .utf8)
        let files = try FileManager.default.contentsOfDirectory(atPath: drawing.appendingPathComponent("Charts").path)
        let plates = files.filter { $0.hasSuffix("Plate.swift") }.map { String($0.dropLast(6)) }
        #expect(plates.count > 30)
        for plate in plates.sorted() {
            #expect(table.contains("`\(plate)`"), "\(plate) has no row in the table of Sources/Drawing/README.md")
            #expect(
                AnyPlate.all.contains { $0.name.split(separator: " ").first == plate[...] },
                "\(plate) is not in AnyPlate.all (Extremes.swift)")
            #expect(
                Gallery.charts.contains { $0.plate == plate },
                "\(plate) is not in Gallery.charts (Gallery/Charts.swift)")
        }
        for chart in Gallery.charts {
            for name in chart.examples {
                #expect(
                    Gallery.examples.contains { $0.name == name },
                    "\(name): its group is not in Gallery.examples (Gallery/Gallery.swift)")
            }
        }
    }

    /// Sixty people: all of them, or how many more there are.
    @Test(arguments: AnyPlate.all)
    func nobodyIsLost(_ plate: AnyPlate) {
        guard AnyPlate.rowed.contains(plate.name), let sixty = Extreme.all.first(where: { $0.name == "sixty people" })
        else { return }
        let items = plate.make(sixty).draw(
            in: Rect(x: 0, y: 0, width: 376, height: 400), theme: .standard, measurer: FixedWidthMeasurer())
        let words = FrameChecks(Frame(size: Size(width: 376, height: 400), items: items)).runs.map(\.text)
        let shown = (0..<60).count { index in words.contains { $0 == "Person \(index)" || $0.hasPrefix(
            "Person \(index) ") } }
        let more = words.compactMap { text -> Int? in
            guard text.hasPrefix("and "), let number = text.split(separator: " ").dropFirst().first else { return nil }
            return Int(number)
        }
        #expect(shown + (more.first ?? 0) == 60, "\(shown) shown, \(more) more")
    }

    /// A line of 100,000 points is two points a column of half a point and its ends.
    @Test func linesAreDecimated() {
        let points = (0..<100_000).map { Point(x: Double($0) * 0.003, y: Double(($0 &* 7_919) % 101)) }
        var canvas = Canvas(pen: Pen(measurer: FixedWidthMeasurer()))
        canvas.polyline(points, Stroke(Color(0), width: 1))
        guard case .path(let path) = canvas.items.first else {
            Issue.record("nothing drawn")
            return
        }
        #expect((1_200...1_204).contains(path.segments.count), "\(path.segments.count)")
        let heights = path.segments.compactMap { segment -> Double? in
            if case .line(let point) = segment { return point.y }
            return nil
        }
        #expect(heights.min() == 0 && heights.max() == 100)
    }
}
