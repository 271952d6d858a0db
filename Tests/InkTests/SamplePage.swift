import Basis
import Drawing

/// A page with every kind of item.
enum SamplePage {
    static let ink = Color(0x14202E)
    static let blue = Color(0x0B5A9D)

    static func text(
        _ words: String, _ x: Double, _ y: Double, size: Double = 9, weight: TextStyle.Weight = .regular,
        family: TextStyle.Family = .text, color: Color = ink, tracking: Double = 0
    ) -> FrameItem {
        .text(
            TextRun(
                words, at: Point(x: x, y: y),
                style: TextStyle(size: size, weight: weight, color: color, family: family, tracking: tracking),
                width: 100))
    }

    static func rule(_ y: Double, width: Double = 0.8, dash: [Double] = []) -> FrameItem {
        .path(
            PathShape(
                [.move(Point(x: 36, y: y)), .line(Point(x: 364, y: y))],
                stroke: Stroke(ink, width: width, dash: dash)))
    }

    static func cell(_ role: FrameGroup.Role, _ words: String, _ x: Double, _ y: Double) -> FrameItem {
        .group(FrameGroup(role, items: [text(words, x, y)]))
    }

    static var table: FrameItem {
        let rows: [[String]] = [
            ["Store", "Answered", "Share"], ["Riverside", "412 of 468", "88 %"], ["Lakeview", "97", "–"],
        ]
        let items = rows.enumerated().map { index, cells -> FrameItem in
            let y = 150 + Double(index) * 14
            let parts = cells.enumerated().map { column, words in
                cell(index == 0 || column == 0 ? .headerCell : .cell, words, 36 + Double(column) * 90, y)
            }
            return .group(FrameGroup(.row, items: [rule(y + 4, width: 0.4)] + parts))
        }
        return .group(FrameGroup(.table, items: items))
    }

    static var figure: FrameItem {
        let points = (0..<13).map { Point(x: 36 + Double($0) * 20, y: 230 - Double($0 * $0 % 7) * 5) }
        let line = [PathShape.Segment.move(points[0])] + points.dropFirst().map { .line($0) }
        return .group(
            FrameGroup(
                .figure(alternative: "Share answered by month: 81 % in October 2025, 88 % in October 2026"),
                clip: Rect(x: 30, y: 190, width: 340, height: 60),
                items: [
                    rule(240, width: 0.5, dash: [3, 2]),
                    .path(PathShape(line, stroke: Stroke(blue, width: 1.5))),
                    .path(PathShape(
                        [.move(Point(x: 300, y: 200)), .line(Point(x: 320, y: 200)), .line(Point(x: 320, y: 240)),
                            .line(Point(x: 300, y: 240)), .close], fill: Color(0xA3BFD9))),
                    text("88 %", 282, 226, weight: .semibold, color: blue),
                ]))
    }

    static var frame: Frame {
        Frame(
            size: Size(width: 400, height: 300),
            items: [
                .group(FrameGroup(.artifact, items: [rule(30, width: 3.2)])),
                .group(FrameGroup(.heading(level: 1), items: [
                    text("61 customers got no answer", 36, 60, size: 21, weight: .semibold, family: .display),
                ])),
                .group(FrameGroup(.paragraph, items: [
                    text("Service brought 34 sales and 10x20,", 36, 80, size: 10.5),
                    text("above target; see ", 36, 94, size: 10.5),
                    .link(FrameLink(
                        .uri("https://example.com/a'b?q=ü"), area: Rect(x: 130, y: 84, width: 60, height: 14),
                        items: [text("the method", 130, 94, size: 10.5, color: blue)])),
                ])),
                .group(FrameGroup(.section, items: [
                    .group(FrameGroup(.heading(level: 2), items: [
                        text("Stores", 36, 130, size: 11, weight: .semibold),
                    ])),
                    table,
                    figure,
                ])),
                .group(FrameGroup(.artifact, items: [text("As of 31 Oct 2026", 36, 280, size: 8)])),
            ])
    }
}
