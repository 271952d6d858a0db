import Drawing
import Testing

/// What no page may break on.
struct Extreme: Sendable, CustomTestStringConvertible {
    var name: String
    var values: [Double]
    /// Of what the values are of.
    var label: String

    init(_ name: String, _ values: [Double], label: String = "Row") {
        self.name = name
        self.values = values
        self.label = label
    }

    var testDescription: String { name }
    var readings: [Reading] { values.map { .value($0, likely: LikelyRange($0 - 1, $0 + 2)) } }
    var names: [String] { values.indices.map { "\(label) \($0)" } }

    static let long = "A name of eighty letters, as those of partnerships of several families tend to be"

    static let all: [Extreme] = [
        Extreme("none", []), Extreme("one", [42]), Extreme("two", [42, 17]),
        Extreme("many", (0..<100_000).map { Double(($0 &* 7_919) % 1_009) }),
        Extreme("equal", Array(repeating: 5, count: 24)),
        Extreme("outlier", (0..<24).map { $0 == 12 ? 1e6 : Double($0 % 5) }),
        Extreme("negative", (0..<24).map { -Double($0) * 1_234.5 }),
        Extreme("long names", (0..<8).map { Double($0 * 9) }, label: long),
        Extreme("sixty people", (0..<60).map { Double(($0 * 7) % 23) }, label: "Person"),
        Extreme("not a number", [1, .nan, 3, .infinity, -.infinity, 2]),
        Extreme("all not a number", [.nan, .nan, .nan]),
        Extreme("huge", [1e300, -1e300, 1e15]),
    ]
}

/// Every plate of any values.
struct AnyPlate: Sendable, CustomTestStringConvertible {
    var name: String
    var make: @Sendable (Extreme) -> any Plate

    init(_ name: String, _ make: @escaping @Sendable (Extreme) -> any Plate) {
        self.name = name
        self.make = make
    }

    var testDescription: String { name }

    /// Those with a row for each name: all of them are seen, or how many more there are.
    static let rowed: Set<String> = [
        "BarsPlate", "BulletPlate", "DumbbellPlate", "GroupedBarsPlate", "IntervalsPlate", "StackedBarsPlate",
        "TablePlate", "TablePlate of marks", "SmallMultiplesPlate", "ActionsPlate", "ChecklistPlate", "FactsPlate",
        "PointsPlate", "SpokenPlate", "FunnelPlate", "WaterfallPlate", "CohortPlate", "MatrixPlate",
        "CoveragePlate", "PromisePlate",
    ]

    static let all: [AnyPlate] = [series, distributions, rows, grids, words].flatMap { $0 }

    private static func line(_ extreme: Extreme) -> LinePlate {
        LinePlate(
            subject: "Line", periods: extreme.names.map { .init($0) },
            series: [.init("one", extreme.readings, lastLabel: "last", emphasiseLast: true)],
            usual: [.init(from: 0, to: max(extreme.values.count - 1, 0), lower: 2, centre: 4, upper: 6,
                label: "usual")],
            target: .init(5, "target"))
    }

    private static let series: [AnyPlate] = [
        AnyPlate("TilePlate") {
            TilePlate(
                title: $0.label, number: "42", status: .bad("below"), history: $0.readings, lastLabel: "42", target: 5,
                months: ["Oct 25", "Apr", "Oct 26"])
        },
        AnyPlate("LinePlate") { line($0) },
        AnyPlate("XmRPlate") { extreme in
            XmRPlate(
                subject: "XmR", periods: extreme.names.map { .init($0) }, readings: extreme.readings,
                ranges: extreme.readings,
                stretches: [
                    .init(from: 0, to: extreme.values.count - 1, lower: 1, centre: 3, upper: 5, meanRange: 1,
                        rangeLimit: 3)
                ], signals: extreme.values.indices.map { .init(period: $0, rule: 0) }, rules: ["outside the limits"],
                limitLabels: ["upper 5", "average 3", "lower 1"], rangeLabel: "limit 3", rangeTitle: "Ranges")
        },
        AnyPlate("StackedColumnsPlate") { extreme in
            StackedColumnsPlate(
                subject: "Columns", parts: [.init("a"), .init(extreme.label)],
                months: zip(extreme.names, extreme.values).map { .init($0, [$1, 2], total: "9") })
        },
        AnyPlate("TimelinePlate") { extreme in
            TimelinePlate(
                subject: "Timeline", days: zip(extreme.names, extreme.readings).map { .init($0, $1, usual: 3) },
                systems: extreme.names.map { .init($0, [.init(from: 0.2, to: 0.7, label: $0)]) }, volumeTitle: "A day")
        },
        AnyPlate("EventPlate") { extreme in
            EventPlate(
                subject: "Event",
                lanes: [
                    .init(
                        extreme.label, extreme.values.prefix(200).map { .init(from: $0, to: $0 + 1, .down,
                            label: "down") })
                ], marks: extreme.values.prefix(200).map { .init(at: $0, "told") },
                columns: extreme.readings.map { .init($0, expected: 3, band: LikelyRange(1, 5)) }, volumeTitle: "Calls",
                ticks: extreme.values.map { .init($0, "tick") })
        },
        AnyPlate("CalendarPlate") { extreme in
            CalendarPlate(
                subject: "Calendar", weekdays: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
                months: stride(from: 0, to: extreme.values.count, by: 30).map { start in
                    .init(
                        "\(extreme.label) \(start)", short: extreme.label, firstColumn: start % 7,
                        days: extreme.values[start..<min(start + 30, extreme.values.count)].map {
                            $0.isFinite ? .value(tone: Int($0.truncatingRemainder(dividingBy: 4)), signal: $0 == 2)
                                : .missing
                        })
                }, toneTitle: "Calls", tones: ["few", "some", "many"])
        },
    ]

    private static let distributions: [AnyPlate] = [
        AnyPlate("HistogramPlate") { extreme in
            HistogramPlate(
                subject: "Histogram",
                bins: zip(extreme.names, extreme.readings).map { .init($0, $1, totalLabel: "9", part: 1,
                    partLabel: "1") },
                targetBefore: extreme.values.count > 1 ? 1 : nil, inTime: ["in time"], late: ["late"])
        },
        AnyPlate("ECDFPlate") { extreme in
            ECDFPlate(
                subject: "Waits", curves: [
                    .init(
                        extreme.label, extreme.values, total: extreme.values.count + 10, value: "88 %", margin: 3,
                        atMarks: ["40 %"])
                ], axis: Axis(holdingSeconds: extreme.values), marks: [.init(at: 3, "target")])
        },
        AnyPlate("ECDFPlate doubling") { extreme in
            ECDFPlate(
                subject: "Waits", curves: [.init(extreme.label, extreme.values, value: "88 %", atMarks: ["40 %"])],
                axis: Axis(doublingSeconds: extreme.values), doubling: true, marks: [.init(at: 3, "target")])
        },
        AnyPlate("StepCurvePlate") { extreme in
            StepCurvePlate(
                subject: "Steps",
                curves: [
                    .init(
                        extreme.label,
                        steps: extreme.values.enumerated().map {
                            .init(Double($0) * 60 / Double(extreme.values.count), $1, likely: LikelyRange($1 - 1, $1
                                + 1))
                        }, until: 60, value: "4 %", note: "likely 3 to 5", watched: ["9", "2"])
                ], times: Axis(lower: 0, upper: 60, ticks: [.init(0, "0"), .init(60, "60 days")]))
        },
        AnyPlate("SpreadPlate") { extreme in
            SpreadPlate(
                subject: "Spread", dots: extreme.values.map { .init($0) },
                bands: [.init(from: 2, "$75", count: 1), .init(from: 4, extreme.label, count: 2)], most: nil)
        },
        AnyPlate("WhoStandsOutPlate") { extreme in
            WhoStandsOutPlate(
                subject: "People",
                points: extreme.values.enumerated().map {
                    .init(
                        n: Double($0), share: $1, label: $0 % 3 == 0 ? "\(extreme.label) \($0)" : "",
                        standing: $0 % 3 == 0 ? .needsHelp : .inside)
                }, centre: .init(5, "average"),
                limits: extreme.values.indices.map {
                    .init(n: Double($0 + 1), lower500: 1, lower20: 2, upper20: 8, upper500: 9)
                }, xTitle: "conversations")
        },
    ]

    private static let rows: [AnyPlate] = [
        AnyPlate("BarsPlate") { extreme in
            BarsPlate(
                subject: "Bars", columns: ["n"],
                rows: zip(extreme.names, extreme.readings).map { .init($0, $1, end: "9 %", cells: ["9"]) },
                total: .init("All", cells: ["99"]), target: .init(5, "target"))
        },
        AnyPlate("BulletPlate") { extreme in
            BulletPlate(
                subject: "Bullets", columns: ["n"],
                rows: zip(extreme.names, extreme.readings).map {
                    .init($0, note: "a unit", $1, target: 4, usual: LikelyRange(2, 6), cells: ["9"])
                })
        },
        AnyPlate("GroupedBarsPlate") { extreme in
            GroupedBarsPlate(
                subject: "Groups", parts: [.init("before", .soft), .init(extreme.label, .strong)],
                rows: zip(extreme.names, extreme.readings).map { .init($0, [$1, .value(4)], values: ["9", "4"]) },
                target: .init(5, "target"))
        },
        AnyPlate("StackedBarsPlate") { extreme in
            StackedBarsPlate(
                subject: "Stacks", parts: [.init("a", .soft), .init(extreme.label, .strong)],
                rows: zip(extreme.names, extreme.values).map { .init($0, [.init($1, "9"), .init(2, "2")],
                    total: "11") })
        },
        AnyPlate("IntervalsPlate") { extreme in
            IntervalsPlate(
                subject: "Intervals",
                groups: [.init("Group", rows: zip(extreme.names, extreme.readings).map { .init($0, $1,
                    value: "9 %") })],
                reference: .init(3, "none"))
        },
        AnyPlate("DumbbellPlate") { extreme in
            DumbbellPlate(
                subject: "Dumbbells", before: extreme.label, after: "October",
                rows: zip(extreme.names, extreme.readings).map {
                    .init($0, .value(4), $1, beforeValue: "4 %", afterValue: .bad("9 %"), target: .init(5, "target 5"),
                        cells: ["9"])
                }, columns: ["n"])
        },
        AnyPlate("FunnelPlate") { extreme in
            FunnelPlate(
                subject: "Funnel", columns: ["n"],
                steps: zip(extreme.names, extreme.readings).map { .init($0, $1, lost: "9 lost", cells: ["9"]) })
        },
        AnyPlate("WaterfallPlate") { extreme in
            WaterfallPlate(
                subject: "Waterfall", columns: ["n"],
                rows: zip(extreme.names, extreme.readings).map { .init($0, $1, value: "$9", cells: ["9"]) })
        },
        AnyPlate("ProgressPlate") {
            ProgressPlate(title: $0.label, share: $0.readings.first ?? .tooFew("too few"), marker: $0.label,
                rest: "left")
        },
        AnyPlate("ShareBarPlate") { extreme in
            ShareBarPlate(title: extreme.label, parts: zip(extreme.names, extreme.values).map { .init($0, $1, "9 %",
                .soft) })
        },
        AnyPlate("SparkTilesPlate") { extreme in
            SparkTilesPlate(
                zip(extreme.names, extreme.readings).prefix(200).map { name, reading in
                    .init(Label(name), [.init("a", [reading, reading], value: Label("9"))])
                } + [.init(Label(extreme.label), [.init("a", extreme.readings, value: Label("9"))])])
        },
        AnyPlate("SmallMultiplesPlate") { extreme in
            SmallMultiplesPlate(
                extreme.values.prefix(5_000).enumerated().map { index, value in
                    let small = Extreme("small", [value, 3, 4])
                    return .init(Label("\(extreme.label) \(index)"), value: "9 %", line(small))
                })
        },
        AnyPlate("SmallMultiplesPlate long lines") { extreme in
            SmallMultiplesPlate((0..<4).map { .init(Label("\(extreme.label) \($0)"), line(extreme)) })
        },
    ]

    private static let grids: [AnyPlate] = [
        AnyPlate("HeatPlate") { extreme in
            HeatPlate(
                subject: "Heat", hours: Array(extreme.names.prefix(100)),
                rows: extreme.names.prefix(24).map { name in
                    .init(name, cells: extreme.values.prefix(100).map { .value(volume: $0, tone: 1) }, totals: ["9"])
                }, columns: ["All"], sizes: [.init(5, "5")], toneTitle: "Half", tones: ["10 min", "20 min"])
        },
        AnyPlate("CohortPlate") { extreme in
            CohortPlate(
                subject: "Cohorts", times: ["day 7", "day 30"],
                rows: zip(extreme.names, extreme.values).map { .init($0, cells: [.share("\($1)", tone: 1), .ahead]) })
        },
        AnyPlate("MatrixPlate") { extreme in
            MatrixPlate(
                subject: "Matrix", receivers: extreme.values.prefix(12).indices.map { "To \($0)" },
                rows: extreme.names.prefix(60).map {
                    .init($0, cells: extreme.values.prefix(12).map { .value(rate: "9 %",
                        of: "of \(Int($0.isFinite ? min(abs($0), 1e9) : 0))", open: "") })
                })
        },
        AnyPlate("CoveragePlate") { extreme in
            CoveragePlate(
                subject: "Coverage", dayLabels: extreme.values.prefix(100).indices.map { "\($0 + 1)" },
                rows: extreme.names.prefix(60).map {
                    .init($0, days: extreme.values.prefix(100).map { $0 > 3 ? .event : .missing })
                })
        },
        AnyPlate("PromisePlate") { extreme in
            PromisePlate(
                subject: "Promises", periods: extreme.values.prefix(24).indices.map { "\($0 + 1)" },
                rows: extreme.names.prefix(60).map {
                    .init($0, cells: extreme.values.prefix(24).map { .missed($0, "9") }, totals: ["9"])
                }, columns: ["All"])
        },
        AnyPlate("TablePlate") { extreme in
            TablePlate(
                columns: [.init("Who", flexible: true), .init("n", align: .right)],
                rows: extreme.names.map { .row([Label($0), "9"]) })
        },
        AnyPlate("TablePlate of marks") { extreme in
            TablePlate(
                columns: [.init("Who", flexible: true), .init("Share"), .init("Months")],
                rows: Array(zip(extreme.names, extreme.readings).prefix(extreme.values.count > 1_000 ? 4 : 100)).map {
                    .drawn([.label(Label($0)), .bar($1, value: "9 %"), .line(extreme.readings, value: "9 %")])
                })
        },
    ]

    private static let words: [AnyPlate] = [
        AnyPlate("ActionsPlate") { extreme in
            ActionsPlate(
                actions: extreme.names.map { .init(title: $0, text: "Do it.", owner: extreme.label, due: "31 Oct") },
                none: "Nothing to do.")
        },
        AnyPlate("ChecklistPlate") { extreme in
            ChecklistPlate(
                subject: "Steps", rows: extreme.names.map { .init($0, due: "1 Oct", .late, words: extreme.label) })
        },
        AnyPlate("FactsPlate") { extreme in
            FactsPlate(rows: extreme.names.map { .init(Label($0), "9", note: extreme.label) })
        },
        AnyPlate("PointsPlate") { extreme in
            PointsPlate(points: extreme.names.map { .init(Label($0), RichText(extreme.label)) }, emptyText: "none")
        },
        AnyPlate("SpokenPlate") { extreme in SpokenPlate(items: extreme.names.map { .init($0, extreme.label) }) },
        AnyPlate("EffortCardPlate") { extreme in
            EffortCardPlate(
                name: extreme.label, verdict: .bad("Worse"), sentence: RichText(extreme.label),
                    chartTitle: extreme.label,
                chart: line(extreme), facts: [.init("Owner", Label(extreme.label))])
        },
        AnyPlate("NoticePlate") { NoticePlate(RichText($0.label)) },
    ]
}
