import Drawing

extension Gallery {
    static let weeklyShares = [82.0, 85, 80, 84, 83, 86, 81, 82, 85, 83, 84, 74, 86, 83, 91, 92, 90, 93, 92, 94, 91,
        93, 92]

    static func moves(_ values: [Double], breaks: Set<Int> = []) -> [Reading] {
        values.indices.map { index in
            index == 0 || breaks.contains(index)
                ? .missing("first of its stretch") : .value(abs(values[index] - values[index - 1]))
        }
    }

    static let weeklyXmR = XmRPlate(
        subject: "E-mail answered in time, % by week",
        periods: weeklyShares.indices.map { .init($0 % 4 == 0
            ? "\(($0 % 12) * 2 + 1) \(["Jun", "Jul", "Aug"][$0 / 8 % 3])" : "") },
        readings: readings(weeklyShares), ranges: moves(weeklyShares, breaks: [14]),
        stretches: [
            .init(from: 0, to: 13, lower: 75.2, centre: 82.7, upper: 90.2, meanRange: 2.8, rangeLimit: 9.2),
            .init(from: 14, to: 22, lower: 88.1, centre: 92, upper: 95.9, meanRange: 1.5, rangeLimit: 4.8),
        ],
        signals: [
            .init(period: 11, rule: 0, label: "outage"), .init(period: 11, rule: 0, inRange: true),
            .init(period: 12, rule: 0, inRange: true),
        ], rules: ["outside the limits", "seven in a row on one side"],
        limitLabels: ["upper 95.9", "average 92.0", "lower 88.1"], rangeLabel: "limit 4.8",
        rangeTitle: "From one week to the next", unit: " %")

    static let awkwardSeries: [Double] = (0..<90).map { $0 == 50 ? 1e6 : Double(($0 * 37) % 11) - 5 }

    static let processCharts: [Example] = [
        Example("xmr-ordinary", 376, 250, weeklyXmR, finding: "Better since 7 July, by nine points"),
        Example(
            "xmr-awkward", 245, 230,
            XmRPlate(
                subject: "One outlier of a million among single figures", periods: (0..<90).map { .init("Week \($0)") },
                readings: readings(awkwardSeries), ranges: moves(awkwardSeries),
                stretches: [
                    .init(from: 0, to: 89, lower: -8, centre: 0, upper: 8, meanRange: 4, rangeLimit: 9,
                        provisional: true),
                    .init(from: 4, to: 2, lower: 0, centre: 0, upper: .nan, meanRange: 0, rangeLimit: 0),
                ],
                signals: (0..<90).map { .init(period: $0, rule: $0 % 3, label: $0 == 50 ? longName : "") }
                    + [.init(period: 900, rule: 9)],
                rules: ["outside the limits", "seven in a row on one side of " + longName,
                    "two of three in the outer third"],
                limitLabels: ["upper 1,000,000,000", "average 0", "lower −8"], rangeLabel: "limit 9",
                rangeTitle: "From one week to the next " + longName, unit: " %")),
        Example(
            "xmr-too-little", 245, 170,
            XmRPlate(
                subject: "E-mail answered in time", periods: ["Jun", "Jul"].map { .init($0) },
                readings: [.tooFew("too few: 2 of 8 needed"), .tooFew("too few: 2 of 8 needed")], ranges: [],
                stretches: [])),
    ]

    static func storePart(_ index: Int, count: Int = 12) -> SmallMultiplesPlate.Part {
        let values = (0..<count).map { 84 + Double((($0 + index) * (7 + index)) % 13) - Double(index % 3) * 3 }
        let line = LinePlate(
            subject: "Answered in time, % by month, store \(index)",
            periods: (0..<count).map { .init($0 == 0 ? "Nov 25" : $0 == count - 1 ? "Oct 26" : "") },
            series: [.init("share", readings(values))], target: .init(90, ""), unit: " %")
        let names = ["Riverside", "Lakeview", "Hilltop", "Old Mill", "Harbour", "Station Road"]
        let last = "\(Int(values.last ?? 0)) %"
        return .init(
            Label(names[index % names.count]), value: (values.last ?? 0) < 85 ? .bad(last) : Label(last), line)
    }

    static let multiples: [Example] = [
        Example(
            "multiples-ordinary", 507, 230, SmallMultiplesPlate((0..<6).map { storePart($0) }, height: 68),
            finding: "Two of six stores are below 85 %"),
        Example(
            "multiples-awkward", 310, 320,
            SmallMultiplesPlate(
                (0..<60).map { index in
                    .init(
                        Label("\(longName) \(index)"), value: .bad("1,000,000,000 %"),
                        LinePlate(
                            subject: "Store \(index)", periods: (0..<3).map { .init("Week \($0)") },
                            series: [.init("share", index == 0 ? readings([1e6, -5, 3]) : [.missing("no export")])]))
                })),
        Example("multiples-too-little", 245, 60, SmallMultiplesPlate([],
            emptyText: "no store has enough conversations")),
    ]

    private static func tile(_ index: Int, name: String, signal: Bool = false) -> SparkTilesPlate.Tile {
        let shares = (0..<13).map { 84 + Double((($0 + index) * (5 + index)) % 11) - Double(index % 3) * 2 }
        let sales = (0..<13).map { 4 + Double((($0 + 2 * index) * 3) % 7) / 2 }
        return .init(
            signal ? .bad(name) : Label(name),
            [
                .init("Answered in time", readings(shares), value: Label("\(Int(shares[12])) %")),
                .init("Sales from service", readings(sales), value: Label("\(sales[12]) %")),
            ])
    }

    static let sparkTiles: [Example] = [
        Example(
            "spark-tiles-ordinary", 507, 200,
            SparkTilesPlate(
                ["Riverside", "Lakeview", "Hilltop"].enumerated().map {
                    tile($0.offset, name: $0.element, signal: $0.offset == 2)
                }),
            finding: "One of three stores stands out"),
        Example(
            "spark-tiles-awkward", 310, 320,
            SparkTilesPlate(
                (0..<60).map { index in
                    .init(
                        Label("\(longName) \(index)"),
                        [
                            .init(
                                "Share", index == 0 ? readings([1e6, -5, 3]) : [.missing("no export")],
                                value: .bad("1,000,000,000 %"))
                        ])
                })),
        Example(
            "spark-tiles-too-little", 245, 60, SparkTilesPlate([], emptyText: "no store has enough conversations")),
    ]

    static let staffTable = TablePlate(
        subject: "People",
        columns: [.init("Who"), .init("Answered in time"), .init("Since January"), .init("Half within", align: .right)],
        rows: [
            .drawn([
                .label("A. Ruiz"), .bar(.value(96), value: "96 %"),
                .line(readings([88, 90, 89, 92, 93, 92, 95, 94, 96, 96]), value: "+8"), .label("9 min"),
            ]),
            .drawn([
                .label("J. Okafor"), .bar(.value(92), value: "92 %"),
                .line(readings([91, 93, 92, 90, 92, 93, 91, 92, 93, 92]), value: "+1", usual: .init(90.5, 93)),
                .label("14 min"),
            ]),
            .drawn([
                .label("T. Moss"), .bar(.value(79), value: .bad("79 %"), fill: .bad),
                .line(readings([90, 91, 89, 90, 88, 86, 84, 82, 80, 79]), value: .bad("−11"), signal: true),
                .label("41 min"),
            ]),
            .drawn([
                .label("P. Lindqvist"), .bar(.tooFew("too few: 6 of 20"), value: ""),
                .line([.tooFew("too few")], value: "–"), .label("–"),
            ]),
            .total(["Together", "88 %", "", "13 min"]),
        ], rowHeight: 17)

    static let cellTables: [Example] = [
        Example("table-cells", 376, 140, staffTable, finding: "One of four falls behind"),
        Example(
            "table-cells-awkward", 245, 160,
            TablePlate(
                columns: [.init("Who", flexible: true), .init("Change"), .init("Years")],
                rows: (0..<60).map { index in
                    .drawn([
                        .label(Label(longName)), .bar(.value(Double(index - 1) * 1e6), value: Label(
                            "\(index),000,000")),
                        .line(
                            readings(awkwardSeries) + [index == 2 ? .value(.nan) : .value(3)], value: .bad(
                                "1,000,000")),
                    ])
                })),
        Example(
            "table-cells-too-little", 245, 70,
            TablePlate(
                columns: [.init("Who"), .init("Answered in time"), .init("Since January")],
                rows: [
                    .drawn([
                        .label("P. Lindqvist"), .bar(.tooFew("too few: 6 of 20"), value: ""),
                        .line([.tooFew("too few")], value: "–"),
                    ])
                ])),
    ]
}
