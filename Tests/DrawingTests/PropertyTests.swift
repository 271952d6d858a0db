import Drawing
import Foundation
import Testing

/// What holds for every chart and page, whatever its data and however wide the letters are.
@Suite struct PropertyTests {
    /// Narrow, ordinary and wide letters, as shares of the size; Inter lies near 0.55.
    static let widths = [0.48, 0.55, 0.62]

    @Test(arguments: Gallery.examples.indices, widths)
    func examples(_ index: Int, letters: Double) {
        let example = Gallery.examples[index]
        let measurer = FixedWidthMeasurer(characterWidth: letters)
        let laid = example.draw(measurer)
        let checks = FrameChecks(laid.frame)
        #expect(checks.tiny == [], "\(example.name)")
        #expect(checks.outside(example.area) == [], "\(example.name)")
        #expect(checks.overlapping == [], "\(example.name)")
        #expect(checks.faults == [], "\(example.name)")
        #expect(checks.mismeasured(measurer) == [], "\(example.name)")
        #expect(checks.runs.count > 1, "\(example.name) says nothing")
        #expect(StrikeChecks(laid.frame).struck == [], "\(example.name)")
        #expect(laid == example.draw(measurer), "\(example.name) is drawn differently the second time")
    }

    /// A block may be given any room on the grid, down to what it says it needs.
    @Test(arguments: Gallery.examples.indices)
    func anyRoom(_ index: Int) {
        let example = Gallery.examples[index]
        let measurer = FixedWidthMeasurer()
        for width in [179.0, 245, 310, 376, 507, 770] where width > example.size.width * 0.7 {
            for share in [1, 1.3, 2.2] {
                var resized = example
                let least = example.block.leastHeight(width: width, pen: Pen(measurer: measurer))
                resized.size = Size(width: width, height: least * share)
                let checks = FrameChecks(resized.draw(measurer).frame)
                let name = "\(example.name) at \(width) × \(resized.size.height)"
                #expect(checks.outside(resized.area, slack: 3.5) == [], "\(name)")
                #expect(checks.overlapping == [], "\(name)")
                #expect(checks.faults == [], "\(name)")
            }
        }
    }

    @Test(arguments: Gallery.pages.indices, widths)
    func pages(_ index: Int, letters: Double) {
        let page = Gallery.pages[index]
        let laid = page.make(FixedWidthMeasurer(characterWidth: letters))
        let checks = FrameChecks(laid.frame)
        let size = laid.frame.size
        #expect(checks.tiny == [], "\(page.name)")
        #expect(
            checks.outside(Rect(x: 36, y: 20, width: size.width - 72, height: size.height - 38)) == [], "\(page.name)")
        #expect(checks.overlapping == [], "\(page.name)")
        #expect(checks.faults == [], "\(page.name)")
    }

    /// With letters as wide as Inter's no ordinary example has to cut a word.
    @Test func ordinaryExamplesKeepTheirWords() {
        for example in Gallery.examples where !example.name.hasSuffix("awkward") {
            let cut = example.draw(FixedWidthMeasurer(characterWidth: 0.5)).shortened
            #expect(cut == [], "\(example.name)")
        }
    }

    /// Text is only ever set in colours that can be read.
    @Test func textColoursHaveContrast() {
        let theme = Theme.standard
        let readable = [theme.ink, theme.text, theme.quiet, theme.blue, theme.orange]
        for color in readable { #expect(contrast(color, theme.white) >= 4.5) }
        for fill in [Fill.strong, .medium, .soft, .pale, .bad] {
            let text = theme.color(theme.tone(on: fill))
            #expect(contrast(text, theme.color(fill)) >= 4.5, "\(fill)")
        }
        #expect(contrast(theme.quiet, theme.wash) >= 4.5)
        #expect(contrast(theme.text, theme.pale) >= 4.5)
        let allowed = Set(readable + [theme.white])
        for example in Gallery.examples {
            for run in FrameChecks(example.draw(FixedWidthMeasurer()).frame).runs {
                #expect(allowed.contains(run.style.color), "\(example.name): \(run.text)")
            }
        }
    }

    /// WCAG 2.1, relative luminance and contrast ratio.
    private func contrast(_ one: Color, _ other: Color) -> Double {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        func luminance(_ color: Color) -> Double {
            0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
        }
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// Missing is told, and is no 0.
    @Test func missingIsNotZero() {
        let absent: [Reading] = [.missing("no export for October"), .tooFew("too few: 6 of 20 needed")]
        for reading in absent {
            let reason = reading.reason ?? ""
            let plates: [any Plate] = [
                BarsPlate(subject: "Answered", rows: [.init("Text", reading)]),
                LinePlate(subject: "Answered", periods: [.init("Oct")], series: [.init("one", [reading])]),
                FunnelPlate(subject: "Visits", columns: [], steps: [.init("Visits", reading)]),
                IntervalsPlate(subject: "Effect", groups: [.init(rows: [.init("E-mail", reading, value: "")])]),
                IntervalsPlate(
                    subject: "Rate", groups: [.init(rows: [.init("E-mail", reading, value: "")])], fromZero: true),
                ProgressPlate(title: "Claim", share: reading),
                StackedBarsPlate(
                    subject: "Waiting", parts: [.init("texts", .bad)],
                    rows: [.init("Later", [], total: "–", absence: reading)]),
                ShareBarPlate(title: "Matched", parts: [], absence: reading),
                CoveragePlate(subject: "Exports", dayLabels: ["1"], rows: [], absence: reading),
                StepCurvePlate(
                    subject: "Bought", curves: [.init("Loyalty", steps: [], until: 60, value: "")],
                    times: Axis(lower: 0, upper: 60, ticks: []), absence: reading),
                CohortPlate(subject: "Bought", times: ["day 7"], rows: [], absence: reading),
                WaterfallPlate(subject: "Gross", rows: [.init("Front", reading, value: "–")]),
                EventPlate(
                    subject: "Outage", lanes: [], columns: [EventPlate.Column(reading)], volumeTitle: "E-mails",
                    ticks: [], absence: reading),
                PromisePlate(subject: "Promised", periods: [], rows: [], absence: reading),
                SpreadPlate(subject: "Rewards", dots: [], bands: [], absence: reading),
                DumbbellPlate(
                    subject: "Answered", before: "Sep", after: "Oct",
                    rows: [.init("Text", reading, reading, beforeValue: "", afterValue: "")]),
                DumbbellPlate(
                    subject: "Answered", before: "Sep", after: "Oct",
                    rows: [.init("Text", .value(41), reading, beforeValue: "41 %", afterValue: "")]),
                DumbbellPlate(subject: "Answered", before: "Sep", after: "Oct", rows: [], absence: reading),
                BulletPlate(subject: "Answered", rows: [.init("Text", reading)]),
                GroupedBarsPlate(
                    subject: "Answered", parts: [.init("October", .soft)], rows: [.init("Text", [reading])]),
                ECDFPlate(
                    subject: "Waits", curves: [.init("Text", [])], axis: Axis(holdingSeconds: []), absence: reading),
                CalendarPlate(subject: "Answered", weekdays: [], months: [], absence: reading),
                XmRPlate(
                    subject: "Answered", periods: [.init("Oct")], readings: [reading], ranges: [], stretches: []),
                SmallMultiplesPlate([
                    .init("Text", LinePlate(subject: "Text", periods: [.init("Oct")], series: [.init("one",
                        [reading])]))
                ]),
                TablePlate(columns: [.init("Share")], rows: [.drawn([.bar(reading, value: "")])]),
            ]
            for plate in plates {
                let items = plate.draw(
                    in: Rect(x: 0, y: 0, width: 300, height: 120), theme: .standard, measurer: FixedWidthMeasurer())
                let checks = FrameChecks(Frame(size: Size(width: 300, height: 120), items: items))
                #expect(checks.runs.contains { $0.text == reason }, "\(plate)")
                #expect(!checks.runs.contains { $0.text == "0" || $0.text == "0 %" }, "\(plate)")
                #expect(checks.alternatives.allSatisfy { $0.contains(reason) }, "\(checks.alternatives)")
            }
        }
    }

    /// Numbers that are none are drawn nowhere, and no path runs to infinity.
    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0])
    func oddNumbers(_ odd: Double) {
        let readings: [Reading] = [
            .value(odd, likely: LikelyRange(odd, odd)), .value(1), .value(2, likely: .init(9, 1)),
        ]
        let plates: [any Plate] = [
            TilePlate(title: "Odd", number: "–", history: readings, target: odd, months: ["Oct 25", "Oct 26"]),
            BarsPlate(
                subject: "Odd", rows: readings.map { .init("Row", $0, end: "value", limit: odd) },
                target: .init(odd, "Target"), upper: odd, track: true),
            LinePlate(
                subject: "Odd", periods: ["Jan", "Feb", "Mar"].map { .init($0) },
                series: [.init("one", readings, lastLabel: "2", emphasiseLast: true)],
                usual: [.init(from: 0, to: 9, lower: odd, centre: odd, upper: odd, label: "usual range")],
                target: .init(odd, "target"), events: [.init(at: odd, date: "6 Jul")],
                windows: [.init(from: odd, to: 2, label: "dip")]),
            FunnelPlate(
                subject: "Odd", columns: [], steps: readings.map { .init("Step", $0, lost: "1 lost") },
                enlargement: "larger"),
            HistogramPlate(
                subject: "Odd", bins: readings.map { .init("0–5", $0, totalLabel: "1", part: odd) }, targetBefore: 1),
            StackedBarsPlate(
                subject: "Odd", parts: [.init("a", .bad)], rows: [.init("Row", [.init(odd, "odd")], total: "1")]),
            StackedColumnsPlate(subject: "Odd", parts: [.init("a")], months: [.init("Oct", [odd], total: "1")]),
            IntervalsPlate(
                subject: "Odd", groups: [.init(rows: readings.map { .init("Row", $0, value: "1") })],
                reference: .init(odd, "none")),
            WhoStandsOutPlate(
                subject: "Odd", points: [.init(n: odd, share: odd), .init(n: 30, share: 90)],
                centre: .init(90, "average"),
                limits: [
                    .init(n: 10, lower500: odd, lower20: odd, upper20: odd, upper500: odd),
                    .init(n: 20, lower500: 70, lower20: 80, upper20: 95, upper500: 99),
                ], xTitle: "conversations"),
            TimelinePlate(
                subject: "Odd", days: readings.map { .init("1", $0, usual: odd) },
                systems: [.init("E-mail", [.init(from: odd, to: odd, label: "odd")])], volumeTitle: "A day"),
            HeatPlate(
                subject: "Odd", hours: ["8:00"], rows: [.init("Mon", cells: [.value(volume: odd, tone: -4)])],
                sizes: [.init(odd, "5")]),
            StepCurvePlate(
                subject: "Odd",
                curves: [
                    .init(
                        "one", steps: [.init(odd, odd, likely: .init(odd, odd)), .init(3, 2), .init(9, odd)], until: 60,
                        value: "2 %", watched: ["9"]),
                    .init("two", steps: [.init(1, 2)], until: odd, value: "2 %", look: .other),
                ], times: Axis(lower: 0, upper: 60, ticks: [.init(odd, "odd"), .init(60, "60 days")]),
                marks: [.init(at: odd, "odd")]),
            WaterfallPlate(
                subject: "Odd", rows: readings.map { .init("Row", $0, value: "1") } + [
                    .init("All", .value(odd), kind: .total, value: "1")
                ]),
            CohortPlate(
                subject: "Odd", times: ["day 7"], rows: [.init("Oct", cells: [.share("1", tone: -9), .ahead])],
                tones: ["low"]),
            ProgressPlate(title: "Odd", share: .value(odd), marker: "31 Oct", rest: "left"),
            SpreadPlate(
                subject: "Odd", dots: [.init(odd), .init(91), .init(odd, hollow: true)],
                bands: [.init(from: odd, "odd", count: 1), .init(from: 90, "$150", count: 1)]),
            DumbbellPlate(
                subject: "Odd", before: "Sep", after: "Oct",
                rows: readings.map {
                    .init("Row", $0, .value(odd), beforeValue: "1", afterValue: "2", target: .init(odd, "target"))
                }),
            DumbbellPlate(
                subject: "Odd", before: "Sep", after: "Oct",
                rows: readings.map { .init("Row", .value(3), $0, beforeValue: "1", afterValue: "2") }),
            ShareBarPlate(title: "Odd", parts: [.init("a", odd, "odd", .soft), .init("b", 2, "2", .pale)]),
        ]
        for plate in plates {
            let items = plate.draw(
                in: Rect(x: 0, y: 0, width: 300, height: 160), theme: .standard, measurer: FixedWidthMeasurer())
            let checks = FrameChecks(Frame(size: Size(width: 300, height: 160), items: items))
            #expect(checks.faults == [], "\(plate)")
            #expect(checks.outside(Rect(x: 0, y: 0, width: 300, height: 160), slack: 3) == [], "\(plate)")
        }
    }

    @Test func alternativesCarryTheFigures() {
        func told(_ plate: any Plate) -> String {
            let items = plate.draw(
                in: Rect(x: 0, y: 0, width: 400, height: 200), theme: .standard, measurer: FixedWidthMeasurer())
            return FrameChecks(Frame(size: Size(width: 400, height: 200), items: items)).alternatives.joined()
        }
        let bars = told(Gallery.channelBars)
        for words in ["Target 90 %", "Text 71 %", "Chat too few: 6 of 20 needed", "All likely 87.0 to 89.7 %"] {
            #expect(bars.contains(words), "\(bars)")
        }
        let texts = "Text September 84 %, October 71 %, target 90 %, points −13"
        #expect(told(Gallery.answeredTwice).contains(texts))
        #expect(told(Gallery.answeredTwice).contains("Chat September too few: 6 of 20 needed, October 81 %"))
        #expect(told(Gallery.monthBullets).contains("Answered in time October 88 %, Target 90 %"))
        #expect(told(Gallery.teamBars).contains("Text: September 89 %, October 71 %"))
        #expect(told(Gallery.waitCurves).contains("Text 72 % within 1 h, half within 17 min, target 1 h 72 %"))
        #expect(told(Gallery.weeklyXmR).contains("outage outside the limits"))
        #expect(told(Gallery.weeklyXmR).contains("upper 95.9; average 92.0"))
        #expect(told(CalendarPlate(subject: "Days", weekdays: [], months: [Gallery.october([10])])).contains(
            "signal at 10"))
        #expect(told(Gallery.payTiers).contains("from 90 % $150: 4"))
        #expect(told(Gallery.payTiers).contains("not judged: 1"))
        #expect(told(Gallery.leadFunnel).contains("212 lost here"))
        #expect(told(Gallery.people).contains("T. Moss 79 % outside the 1 in 500 curve, needs help"))
        #expect(told(Gallery.handoffMatrix).contains("Service to Sales 82 % of 118, 14 open (off target)"))
        #expect(told(Gallery.octoberCoverage).contains("3 days missing"))
        #expect(told(Gallery.weekHeat).contains("signal at"))
        #expect(told(Gallery.timeToSale).contains("Loyalty 4.2 %, likely 3.6 to 4.8, 6,204 watched at 0"))
        let september = "Sep Visits 897, 0.8 by day 7, 1.4 by day 14, 1.9 by day 30, 2.2 by day 45, too new"
        #expect(told(Gallery.cohortYear).contains(september))
        #expect(told(Gallery.grossWaterfall).contains("Loyalty, back $15,792, Sales 21, A sale $752"))
    }
}
