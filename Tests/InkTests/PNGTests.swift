import Basis
import Drawing
import Foundation
import Ink
import Testing

@Suite struct PNGTests {
    private func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

    @Test func hasSizeAndResolution() throws {
        let png = try renderPNG(Frame(size: Size(width: 72, height: 36)), dpi: 150).value
        #expect(Array(png[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(number(png[16..<20]) == 150)
        #expect(number(png[20..<24]) == 75)
        // 8 bits, RGB; then pHYs with 150 / 0.0254 pixels a metre.
        #expect(Array(png[24..<29]) == [8, 2, 0, 0, 0])
        #expect(String(decoding: png[37..<41], as: UTF8.self) == "pHYs")
        #expect(number(png[41..<45]) == 5_906)
        #expect(png[49] == 1)
    }

    @Test func isTheSameEveryTime() async throws {
        let first = try renderPNG(SamplePage.frame, dpi: 96).value
        let others = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<4 { group.addTask { try renderPNG(SamplePage.frame, dpi: 96).value } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(others == Array(repeating: first, count: 4))
    }

    @Test func looksAsRecorded() throws {
        try expectGolden("page", renderPNG(SamplePage.frame, dpi: 72).value)
    }

    /// Images, clips, snapped hairlines and a polyline of several strokes, which must look like one.
    @Test func drawsMarksAsRecorded() throws {
        let wave = (0..<700).map { step in
            Point(x: 5 + Double(step) * 0.2, y: 30 + abs(Double(step % 40) - 20) - Double(step) * 0.02)
        }
        let dot = try renderPNG(
            Frame(size: Size(width: 4, height: 4), items: [SamplePage.text("o", 0, 4, color: Color(0xC84C0C))]),
            dpi: 72)
        let hairlines = (0..<6).map { index in
            FrameItem.path(PathShape(
                [.move(Point(x: 5, y: 60 + Double(index) * 2.3)), .line(Point(x: 145, y: 60 + Double(index) * 2.3))],
                stroke: Stroke(SamplePage.ink, width: 0.4)))
        }
        let curve = PathShape(
            [.move(Point(x: 110, y: 5)), .curve(Point(x: 120, y: 35), Point(x: 140, y: -5), Point(x: 145, y: 25))],
            stroke: Stroke(SamplePage.blue, width: 2, dash: [4, 3], cap: .round))
        let frame = Frame(size: Size(width: 150, height: 75), items: hairlines + [
            .path(PathShape(
                [.move(wave[0])] + wave.dropFirst().map { .line($0) },
                stroke: Stroke(SamplePage.blue, width: 0.7, dash: [6, 2]))),
            .path(curve),
            .group(FrameGroup(.none, clip: Rect(x: 60, y: 2, width: 20, height: 12), items: [
                SamplePage.text("clipped text", 40, 12, size: 12),
            ])),
            .image(ImageShape(png: dot.value, frame: Rect(x: 10, y: 2, width: 20, height: 20))),
        ])
        try expectGolden("marks", renderPNG(frame, dpi: 100).value)
    }

    @Test func hairlinesFillWholePixels() throws {
        // One line of 0.4 pt, anywhere between two pixels, is one row of its own colour.
        for y in [10.0, 10.3, 10.49, 10.5, 10.9] {
            let line = PathShape(
                [.move(Point(x: 0, y: y)), .line(Point(x: 20, y: y))], stroke: Stroke(Color(0), width: 0.4))
            let thin = PathShape(
                [.move(Point(x: 0, y: 10.5)), .line(Point(x: 20, y: 10.5))], stroke: Stroke(Color(0), width: 1))
            let size = Size(width: 20, height: 20)
            #expect(
                try renderPNG(Frame(size: size, items: [.path(line)]), dpi: 72).value
                    == renderPNG(Frame(size: size, items: [.path(thin)]), dpi: 72).value)
        }
    }

    @Test func refusesImpossibleSizes() {
        let frame = SamplePage.frame
        for dpi in [0, -1, Double.nan, 100_000] {
            #expect(throws: Rejection.self) { try renderPNG(frame, dpi: dpi) }
        }
    }
}

/// Compares with `Goldens/NAME.png`, byte for byte. What differs is written beside it as `NAME.new.png`; looking at it
/// and renaming it is how a golden is recorded, and the run that wrote it has failed.
private func expectGolden(_ name: String, _ bytes: [UInt8], file: String = #filePath) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Goldens")
    let golden = folder.appendingPathComponent("\(name).png")
    let new = folder.appendingPathComponent("\(name).new.png")
    #expect(bytes.count <= 20 * 1_024)
    if let recorded = try? Data(contentsOf: golden), Array(recorded) == bytes {
        try? FileManager.default.removeItem(at: new)
        return
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: new)
    Issue.record("\(name).png differs from what was recorded: compare \(name).new.png, rename it if it is right")
}
