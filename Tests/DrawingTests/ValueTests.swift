import Testing

@testable import Drawing

@Suite struct ValueTests {
    @Test(arguments: [(0.0, 1.0), (0, 97), (-3, 19), (2.2, 3.4), (1e-7, 3e-7), (-4e9, 1.5e9), (99.2, 99.9), (0, 5)])
    func ticksCoverTheSpan(low: Double, high: Double) {
        let ticks = NiceTicks(from: low, to: high)
        #expect((2...6).contains(ticks.values.count))
        #expect((ticks.values.first ?? 1) <= low + ticks.step * 1e-6)
        #expect((ticks.values.last ?? 0) >= high - ticks.step * 1e-6)
        let labels = ticks.values.map { NiceTicks.label($0, step: ticks.step) }
        #expect(Set(labels).count == labels.count, "\(labels)")
    }

    @Test func tickLabels() {
        #expect(NiceTicks.label(0.5, step: 0.25) == "0.50")
        #expect(NiceTicks.label(-2, step: 1) == "−2")
        #expect(NiceTicks.label(2000, step: 500) == "2,000")
        #expect(NiceTicks.label(30_000, step: 10_000, prefix: "$") == "$30k")
        #expect(NiceTicks.label(0, step: 10, prefix: "$") == "0")
        #expect(NiceTicks.label(2_500_000, step: 500_000) == "2,500k")
    }

    @Test(arguments: [
        (45.0, "45 s"), (0, "0"), (720, "12 min"), (750, "12 min 30"), (12_000, "3 h 20"), (3_900, "1 h 05"),
        (86_400, "1 day"), (129_600, "36 h"), (864_000, "10 days"), (-90, "−1 min 30"), (.infinity, ""), (1e300, ""),
    ])
    func durationsAreThoseOfAClock(seconds: Double, label: String) {
        #expect(DurationWords.label(seconds) == label)
    }

    @Test(arguments: [1.0, 7, 45, 200, 3_000, 9_000, 40_000, 200_000, 3e6, 4e8])
    func durationTicksCoverTheSpan(high: Double) {
        let axis = Axis(holdingSeconds: [high, high / 3])
        #expect((2...6).contains(axis.ticks.count), "\(axis.ticks.map(\.label))")
        #expect(axis.lower == 0 && axis.upper >= high * 0.999)
        #expect(Set(axis.ticks.map(\.label)).count == axis.ticks.count, "\(axis.ticks.map(\.label))")
        let doubling = Axis(doublingSeconds: [5, high])
        #expect(doubling.lower <= 5 && doubling.upper >= high)
    }

    @Test func durationTicksAreRound() {
        #expect(Axis(holdingSeconds: [3_500]).ticks.map(\.label) == ["0", "15 min", "30 min", "45 min", "1 h"])
        #expect(Axis(holdingSeconds: [12_000]).ticks.map(\.label) == ["0", "1 h", "2 h", "3 h", "4 h"])
        #expect(Axis(holdingSeconds: []).ticks.isEmpty)
    }

    @Test func axisOfNothingHasNoTicks() {
        #expect(Axis(holding: []).ticks.isEmpty)
        #expect(Axis(holding: [.nan, .infinity]).ticks.isEmpty)
        let flat = Axis(holding: [5, 5])
        #expect(flat.lower < 5 && flat.upper > 5)
        #expect(
            Axis(holding: [1, 4.2], fromZero: true, unit: " %").ticks.map(\.label) == ["0", "1", "2", "3", "4", "5 %"])
    }

    @Test func markedText() {
        let rich = RichText(marked: "a **b c** d **e**")
        #expect(rich.runs.map(\.text) == ["a ", "b c", " d ", "e"])
        #expect(rich.runs.map(\.emphasised) == [false, true, false, true])
        #expect(RichText(marked: "2 ** 3").plain == "2 ** 3")
        #expect(RichText(marked: "").isEmpty)
    }

    @Test func wrappingKeepsEveryWord() {
        let pen = Pen(measurer: FixedWidthMeasurer())
        let text = "One two **three four** five, six **seven** eight nine ten eleven twelve"
        for width in stride(from: 60.0, through: 400, by: 17) {
            let lines = pen.lines(RichText(marked: text), size: .body, tone: .text, width: width)
            let words = lines.flatMap { $0.pieces.map(\.text).joined().split(separator: " ").map(String.init) }
            #expect(words.joined(separator: " ") == RichText(marked: text).plain)
            for line in lines { #expect(line.width <= width + 0.01) }
        }
    }

    @Test func cuttingIsTheLastResort() {
        let pen = Pen(measurer: FixedWidthMeasurer(characterWidth: 0.5))
        let style = pen.theme.style(.body)
        #expect(pen.fitted("abcdef", style, width: 27).text == "abcdef")
        let cut = pen.fitted("abcdefgh", style, width: 27)
        #expect(cut.text == "abcde…" && cut.shortened)
    }

    @Test func heightsAreShared() {
        let parts = [
            Share(natural: 100, least: 50), Share(natural: nil, least: 80), Share(natural: nil, least: 10, weight: 3),
        ]
        #expect(Share.divide(500, among: parts) == [100, 100, 300])
        #expect(Share.divide(260, among: parts) == [100, 80, 80])
        for height in stride(from: 10.0, through: 600, by: 37) {
            let given = Share.divide(height, among: parts)
            #expect(given.reduce(0, +) <= height + 0.01)
        }
    }

    @Test func longTablesContinue() {
        var rows: [TablePlate.Row] = []
        for group in 0..<4 {
            rows.append(.group(number: "\(group)", title: "Group"))
            for row in 0..<9 { rows.append(.row([Label("\(group)-\(row)")])) }
        }
        rows.append(.total(["36"]))
        let table = TablePlate(columns: [.init("Customer")], rows: rows, rowHeight: 10)
        for height in stride(from: 40.0, through: 500, by: 13) {
            let parts = table.split(height: height)
            var told: [String] = []
            for part in parts {
                #expect(15 + 2 + 10 * Double(part.rows.count) <= max(height, 37) + 10)
                if case .group = part.rows.last { Issue.record("a heading ends a part at \(height)") }
                for case .row(let cells) in part.rows { told.append(cells.map(\.text).joined()) }
            }
            #expect(told.count == 36 && Set(told).count == 36, "at \(height)")
        }
        #expect(table.split(height: 1000).count == 1)
    }

    @Test func labelsFindAPlace() {
        var field = LabelField(bounds: Rect(x: 0, y: 0, width: 100, height: 100))
        field.block(from: Point(x: 0, y: 50), to: Point(x: 100, y: 50))
        let struck = Rect(x: 10, y: 45, width: 20, height: 10)
        let free = Rect(x: 10, y: 20, width: 20, height: 10)
        #expect(field.place([struck, free])?.area == free)
        #expect(field.place([free]) == nil)
        let place = field.place([struck])
        #expect(place?.area == struck && place?.needsHalo == true)
        #expect(field.place([Rect(x: 90, y: 0, width: 20, height: 10)]) == nil)
    }

    /// Read aloud, the words at the end and the beginning of lines stay apart, and emphasis does not part a word.
    @Test func wordsStayApart() {
        var canvas = Canvas(pen: Pen(measurer: FixedWidthMeasurer()))
        let text = "Phone is on target: **95 %**, and **texts** are far from it this month."
        canvas.group(.paragraph) {
            $0.paragraph(RichText(marked: text), x: 0, baseline: 10, width: 90)
        }
        let runs = FrameChecks(Frame(size: Size(width: 100, height: 100), items: canvas.items)).runs
        #expect(Set(runs.map(\.origin.y)).count > 2)
        #expect(runs.map(\.text).joined() == RichText(marked: text).plain)
    }

    @Test func gridsFillTheSheet() {
        for format in [PageFormat.a4Landscape, .letterLandscape] {
            #expect(abs(format.width(span: 12) - format.contentWidth) < 1e-9)
            #expect(abs(format.x(column: 11) + format.width(span: 1) - format.right) < 1e-9)
        }
        #expect(abs(PageFormat.a4Landscape.columnWidth - 47.67) < 0.01)
    }

    @Test func scalesOfNothingStandInTheMiddle() {
        #expect(LinearScale(5, 5, start: 0, end: 10)(5) == 5)
        #expect(LinearScale(0, 1, start: 0, end: 10)(.nan) == 5)
        #expect(BandScale(count: 0, start: 0, end: 10).step == 10)
    }

    @Test func framesPrint() {
        var canvas = Canvas(pen: Pen(measurer: FixedWidthMeasurer(characterWidth: 0.5)))
        canvas.group(.figure(alternative: "two")) {
            $0.text("ab", x: 10, baseline: 20, $0.theme.style(.body, .ink), align: .right)
            $0.horizontal(y: 1, from: 0, to: 2.25, Stroke(Color(0x0B5A9D), width: 0.8, dash: [1, 2]))
        }
        let frame = Frame(size: Size(width: 842, height: 595), items: canvas.items)
        #expect(
            frame.description == """
                page 842×595
                  figure "two"
                    text 1,20 w9 "ab" 9/400 #14202E tnum
                    path stroke #0B5A9D 0.8 dash 1,2 M0,1 L2.25,1

                """)
    }
}
