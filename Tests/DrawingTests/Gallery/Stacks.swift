import Drawing

extension Gallery {
    static func ageRow(_ label: String, _ text: Double, _ other: Double) -> StackedBarsPlate.Row {
        .init(
            label, [.init(text, "\(Int(text))"), .init(other, "\(Int(other))")], total: Label("\(Int(text + other))"))
    }
    static let ageBars = StackedBarsPlate(
        subject: "Still waiting on 31 Oct by days", parts: [.init("Saturday texts", .bad), .init("all others", .soft)],
        rows: [
            ageRow("Same day", 9, 2), ageRow("1 to 3 days", 0, 3), ageRow("4 to 7 days", 8, 3),
            ageRow("8 to 14 days", 8, 4),
            ageRow("15 to 31 days", 15, 9),
        ])
    static let grossBars = StackedBarsPlate(
        subject: "Gross per credited sale",
        parts: [.init("front", .strong), .init("back (finance and products)", .soft)],
        rows: [
            .init("Conquest", [.init(1254, "$1,254"), .init(1108, "$1,108")], total: "$2,362"),
            .init("Loyalty", [.init(1186, "$1,186"), .init(752, "$752")], total: "$1,938"),
            .init("Together", [.init(1212, "$1,212"), .init(888, "$888")], total: "$2,100", isTotal: true),
        ], totalsAtRight: true)
    static let loyaltyColumns = StackedColumnsPlate(
        subject: "Sales from service by month of sale",
        parts: [
            .init("21 loyalty", note: "bought here before"), .init("13 conquest", note: "bought elsewhere before"),
        ],
        months: zip(
            ["Oct 25", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct 26"],
            [
                (17, 7), (18, 9), (16, 6), (17, 8), (15, 8), (19, 9), (17, 9), (20, 11), (18, 9), (19, 11), (19, 10),
                (18, 10), (21, 13),
            ]
        ).map { label, pair in
            .init(
                label, [Double(pair.0), Double(pair.1)],
                total: label == "Oct 25" ? "24" : label == "Oct 26" ? "34" : nil)
        })

    static let stacks: [Example] = [
        Example("stacked-bars-ordinary", 310, 190, ageBars), Example("stacked-bars-totals", 245, 130, grossBars),
        Example(
            "stacked-bars-awkward", 179, 170,
            StackedBarsPlate(
                subject: "Awkward",
                parts: [
                    .init("a part with a long name", .bad), .init("another with a long name", .soft),
                    .init("a third", .pale),
                ],
                rows: (0..<30).map {
                    .init(
                        $0 % 2 == 0 ? longName : "Short",
                        [.init(Double($0) * 1e9, "\($0),000,000,000"), .init(-5, "−5"), .init(1, "1")],
                        total: Label("\($0),000,000,001"))
                })),
        Example(
            "stacked-bars-too-little", 245, 110,
            StackedBarsPlate(
                subject: "None waiting", parts: [.init("texts", .bad), .init("all others", .soft)],
                rows: [ageRow("Same day", 0, 0), .init("Later", [], total: "–", absence: .missing("no text export"))])),
        Example("columns-ordinary", 245, 210, loyaltyColumns),
        Example(
            "columns-awkward", 179, 150,
            StackedColumnsPlate(
                subject: "Awkward",
                parts: [
                    .init("1,000,000,000 loyalty customers", note: "bought here before, in one of the stores"),
                    .init("1 conquest", note: "bought elsewhere"), .init("0 other", note: "nobody knows"),
                ],
                months: (0..<13).map {
                    .init(
                        "Month \($0)", [Double($0) * 8e7, 1, 0], total: "\($0),000,000,000",
                        absence: $0 == 4 ? .missing("no export") : nil)
                })),
        Example(
            "columns-too-little", 245, 130,
            StackedColumnsPlate(
                subject: "First month", parts: [.init("2 loyalty")], months: [.init("Oct 26", [2], total: "2")])),
    ]

    static let reachIntervals = IntervalsPlate(
        subject: "August’s leads, %",
        groups: [
            .init(
                "Reached in a conversation", verdict: Label("+33 points, likely 22 to 43", .good, bold: true),
                rows: [
                    .init("Dedicated", .value(49, likely: .init(40, 58)), value: "49 %"),
                    .init("The others", .value(16, likely: .init(12, 23)), value: "16 %", tone: .text),
                ]),
            .init(
                "Bought", verdict: "no clear difference",
                rows: [
                    .init("Dedicated", .value(12, likely: .init(7, 19)), value: "12 %"),
                    .init("The others", .value(9, likely: .init(6, 14)), value: "9 %", tone: .text),
                ]),
        ], fromZero: true, unit: " %")
    static let lostIntervals = IntervalsPlate(
        subject: "Enquiries that never came back",
        groups: [
            .init(rows: [
                .init("E-mail", .value(11, likely: .init(3, 19)), value: Label("11 likely 3 to 19", .bad), tone: .bad),
                .init(
                    "Phone lines", .value(2, likely: .init(-5, 9)), value: "effect unclear", tone: .text, hollow: true),
                .init("Scheduler", .value(1, likely: .init(-3, 5)), value: "effect unclear", tone: .text, hollow: true),
            ])
        ], reference: .init(0, "none"), showsAxis: false)

    static let intervals: [Example] = [
        Example("intervals-ordinary", 245, 190, reachIntervals), Example("intervals-none", 245, 110, lostIntervals),
        Example(
            "intervals-awkward", 245, 170,
            IntervalsPlate(
                subject: "Awkward",
                groups: (0..<6).map { group in
                    .init(
                        "Group \(group) \(longName)", verdict: "no clear difference",
                        rows: (0..<4).map {
                            $0 == 2
                                ? .init(longName, .tooFew("too few: 6 of 20 needed"), value: "")
                                : .init(
                                    longName, .value(Double($0) * 1e9 - 1e9, likely: .init(-3e9, 5e9)),
                                    value: "1,000,000,000 likely 3 to 5,000,000,000", tone: .bad)
                        })
                }, reference: .init(1e8, "limit 100,000,000", dashed: true))),
        Example(
            "intervals-too-little", 245, 100,
            IntervalsPlate(
                subject: "Audit", groups: [.init(rows: [.init("Audit", .missing("not sampled"), value: "")])],
                reference: .init(5, "limit 5 %", dashed: true))),
    ]
}
