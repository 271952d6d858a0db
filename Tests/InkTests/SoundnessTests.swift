import Basis
import Drawing
import Foundation
import Ink
import Testing

/// What fails a run, and what does not.
@Suite struct SoundnessTests {
    private func text(
        _ words: String, _ x: Double, _ y: Double, size: Double = 9, color: UInt32 = 0x14202E, width: Double = 60
    ) -> FrameItem {
        .text(
            TextRun(words, at: Point(x: x, y: y), style: TextStyle(size: size, color: Color(color)), width: width))
    }

    private func area(_ box: Rect, _ color: UInt32) -> FrameItem {
        .path(
            PathShape(
                [
                    .move(Point(x: box.x, y: box.y)), .line(Point(x: box.maxX, y: box.y)),
                    .line(Point(x: box.maxX, y: box.maxY)), .line(Point(x: box.x, y: box.maxY)), .close,
                ], fill: Color(color)))
    }

    private func frame(_ items: [FrameItem]) -> Frame { Frame(size: Size(width: 400, height: 300), items: items) }

    private func refusal(_ items: [FrameItem]) -> Diagnostic? {
        do throws(Rejection) {
            _ = try checkSound(frame(items), page: 4)
            return nil
        } catch {
            return error.diagnostics.first
        }
    }

    @Test func aSoundPagePasses() throws {
        #expect(try checkSound(frame([text("one", 100, 100), text("other", 100, 112)]), page: 1).isEmpty)
    }

    @Test func anUnsoundPageIsRefused() throws {
        let far = text("far", 380, 100)
        let column = FrameItem.group(
            FrameGroup(.section, items: [
                .group(
                    FrameGroup(.artifact, items: [
                        .path(
                            PathShape(
                                [.move(Point(x: 36, y: 60)), .line(Point(x: 120, y: 60))],
                                stroke: Stroke(Color(0), width: 0.8)))
                    ])),
                text("too long", 100, 80),
            ]))
        let clipped = FrameItem.group(
            FrameGroup(.none, clip: Rect(x: 90, y: 90, width: 40, height: 20), items: [text("half", 100, 100)]))
        let cases: [([FrameItem], String)] = [
            ([far], "page 4: \"far\" leaves its box: at 380, 93.46 to 440, where 35 to 365 is its room"),
            ([column], "page 4: \"too long\" leaves its box: at 100, 73.46 to 160, where 36 to 120 is its room"),
            ([clipped], "page 4: \"half\" leaves its box: is cut off"),
            ([text("tiny", 100, 100, size: 7.9)], "page 4: \"tiny\" has 7.9 pt, less than 8 pt"),
            ([text("one", 100, 100), text("two", 150, 103)], "page 4: \"one\" lies on \"two\""),
            (
                [text("pale", 100, 100, color: 0x8793A3)],
                "page 4: \"pale\" has a contrast of 3.1 : 1, less than 4.5 : 1"
            ),
            (
                [area(Rect(x: 90, y: 80, width: 100, height: 40), 0x0B5A9D), text("dark on dark", 100, 100)],
                "page 4: \"dark on dark\" has a contrast of 2.3 : 1, less than 4.5 : 1"
            ),
        ]
        for (items, message) in cases {
            let fault = try #require(refusal(items), "\(message)")
            #expect(fault.code == "page-unsound" && fault.severity == .error)
            #expect(fault.message == message)
            #expect(fault.remedies.count == 2)
        }
    }

    @Test func whiteOnBlueIsSound() {
        let blue = area(Rect(x: 90, y: 80, width: 100, height: 40), 0x0B5A9D)
        #expect(refusal([blue, text("white", 100, 100, color: 0xFFFFFF)]) == nil)
        // Drawn the other way round, the blue hides nothing but gives no ground either.
        #expect(refusal([text("white", 100, 100, color: 0xFFFFFF), blue]) != nil)
    }

    @Test func aStruckTextIsAWarning() throws {
        let line = FrameItem.path(
            PathShape(
                [.move(Point(x: 40, y: 90)), .line(Point(x: 240, y: 104))], stroke: Stroke(Color(0x14202E), width: 1)))
        #expect(try checkSound(frame([line, text("struck", 100, 100)]), page: 1).map(\.code) == ["text-struck"])
        let halo = area(Rect(x: 99, y: 90, width: 62, height: 14), 0xFFFFFF)
        #expect(try checkSound(frame([line, halo, text("saved", 100, 100)]), page: 1).isEmpty)
        #expect(try checkSound(frame([line, text("above", 100, 80)]), page: 1).isEmpty)
    }

    /// A thousand texts and a line of 20,000 points: still every fault and no other.
    @Test func aFullPageIsWalked() throws {
        var items: [FrameItem] = []
        for row in 0..<45 {
            let y = 40 + Double(row) * 5
            for column in 0..<20 { items.append(text("x", 40 + Double(column) * 16, y, size: 8, width: 5)) }
        }
        // Rows are 5 pt apart and type is 7 pt high: every text lies on the one below it.
        #expect(PageFaults(frame(items), margin: 36).all.count { $0.kind == .overlapping } == 44 * 20)
        let wave = (0..<20_000).map { Point(x: 36 + Double($0) * 0.0164, y: 280 + Double($0 % 7)) }
        items.append(
            .path(PathShape([.move(wave[0])] + wave.dropFirst().map { .line($0) }, stroke: Stroke(Color(0), width: 1))))
        items.append(text("in the wave", 100, 286))
        #expect(PageFaults(frame(items), margin: 36).all.filter { $0.kind == .struck }.map(\.text) == ["in the wave"])
    }
}
