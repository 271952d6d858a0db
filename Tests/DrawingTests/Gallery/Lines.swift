import Drawing

extension Gallery {
    static let rateLine = LinePlate(
        subject: "Visits that bought within 60 days, % by month of visit",
        periods: [
            .init("Aug", sub: "2025"), .init(""), .init(""), .init("Nov"), .init(""), .init(""),
            .init("Feb", sub: "2026"), .init(""),
            .init(""), .init("May"), .init(""), .init(""), .init("Aug", bold: true), .init("Sep", bold: false),
            .init("Oct"),
        ],
        series: [
            .init(
                "Bought",
                readings([2.4, 2.9, 2.2, 2.8, 2.3, 2.6, 3.0, 2.4, 2.8, 2.5, 3.1, 2.7], spread: 1.2)
                    + [.value(3.4, likely: .init(2.4, 4.8))], look: .muted, lastLabel: "3.4 %", emphasiseLast: true)
        ],
        usual: [
            .init(from: 0, to: 12, lower: 1.3, centre: 2.65, upper: 4.0, label: "usual range 1.3 to 4.0, average 2.65")
        ],
        tooNew: [
            .init(period: 13, .value(1.9, likely: .init(1.2, 3.0)), earlier: 1.8, label: "day 31", value: "1.9 %"),
            .init(period: 14, .value(0.6, likely: .init(0.3, 1.4)), earlier: 0.6, label: "day 9", value: "0.6 %"),
        ],
        fromZero: true, unit: " %", caption: "too new: short bar shows earlier months at that age")

    static let effortLine = LinePlate(
        subject: "E-mail answered in time, % by week",
        periods: (0..<30).map { .init($0 == 0 ? "Apr" : $0 == 14 ? "Jul" : $0 == 28 ? "Oct" : "") },
        series: [
            .init("before", readings([82, 85, 80, 84, 83, 86, 81, 82, 85, 83, 84, 80, 84, 86, 82]), look: .past),
            .init(
                "after", readings([80, 79, 83, 90, 92, 91, 93, 92, 90, 92, 93, 94, 91, 82, 93]), from: 15,
                lastLabel: "92"),
        ],
        usual: [
            .init(from: 0, to: 14, lower: 76.5, centre: 83, upper: 89.5, label: "usual range"),
            .init(from: 18, to: 29, lower: 87, centre: 92, upper: 97, current: true),
        ], target: .init(90, "goal 90"), events: [.init(at: 15, date: "6 Jul")],
        windows: [.init(from: 15, to: 18, label: "dip expected")],
        flags: [.init(series: 1, period: 28, label: "outage week")],
        axis: Axis(
            lower: 70, upper: 100, ticks: [.init(70, "70"), .init(80, "80"), .init(90, "90"), .init(100, "100 %")]))

    static let budgetLine = LinePlate(
        subject: "Rewards paid since January, $",
        periods: ["Jan", "", "", "Apr", "", "", "Jul", "", "", "Oct", "", "Dec"].map { .init($0) },
        series: [
            .init("budget", readings((1...12).map { Double($0) * 2500 }), look: .dashed, lastLabel: "budget $30,000"),
            .init(
                "paid", readings((1...10).map { Double($0) * 2146 }), look: .plain, lastLabel: "paid $21,460",
                emphasiseLast: true),
        ], fromZero: true, prefix: "$")

    static let matchLine = LinePlate(
        subject: "Match rate by month", periods: months13.map { .init($0) },
        series: [
            .init(
                "Found", readings([78, 79, 79, 81, 80, 82, 83, 83, 84, 83, 85, 85, 86], spread: 2.5), lastLabel: "86 %",
                emphasiseLast: true)
        ], target: .init(85, "target 85"), unit: " %")

    static func awkwardReading(_ index: Int) -> Reading {
        if index % 17 == 3 { return .tooFew("too few") }
        let value = -2e9 + Double(index * index) * 1.1e6
        return .value(value, likely: LikelyRange(value - 4e8, value + 1e9))
    }

    static let lines: [Example] = [
        Example("line-ordinary", 376, 220, rateLine),
        Example("line-effort", 245, 190, effortLine),
        Example("line-budget", 376, 130, budgetLine),
        Example("line-target", 245, 150, matchLine),
        Example(
            "line-awkward", 310, 200,
            LinePlate(
                subject: "A long series with everything at once",
                periods: (0..<60).map { .init("Week \($0)") },
                series: [
                    .init(
                        "one",
                        (0..<60).map(awkwardReading),
                        lastLabel: "1,829,000,000", emphasiseLast: true),
                    .init(
                        "two", readings((0..<60).map { 1e9 - Double($0) * 3e7 }), look: .past, lastLabel: "the other"),
                ],
                usual: [
                    .init(
                        from: 0, to: 59, lower: -1e9, centre: 0, upper: 1e9,
                        label: "usual range −1,000,000,000 to 1,000,000,000")
                ],
                target: .init(1.5e9, "a target of 1,500,000,000"),
                events: [
                    .init(at: 20, date: "6 Jul", label: "first change"),
                    .init(at: 22, date: "20 Jul", label: "second change"),
                ],
                windows: [
                    .init(from: 22, to: 26, label: "dip expected"),
                    .init(from: 52, to: 60, label: "export ends", missing: true),
                ],
                flags: [
                    .init(series: 0, period: 30, label: "a remark on one week of the many"),
                    .init(series: 0, period: 31, label: "another remark"),
                ])),
        Example(
            "line-flat", 245, 140,
            LinePlate(
                subject: "Zero variance", periods: months13.map { .init($0) },
                series: [.init("one", readings(Array(repeating: 5, count: 13)), lastLabel: "5 %", emphasiseLast: true)],
                target: .init(5, "target 5"), unit: " %")),
        Example(
            "line-too-little", 245, 140,
            LinePlate(
                subject: "Visits that bought", periods: ["Aug", "Sep", "Oct"].map { .init($0) },
                series: [.init("one", Array(repeating: .tooFew("too few: 9 of 20 needed"), count: 3))])),
        Example(
            "line-one", 245, 140,
            LinePlate(
                subject: "Visits that bought", periods: [.init("Oct")],
                series: [.init("one", [.value(3.4, likely: .init(2.4, 4.8))], lastLabel: "3.4 %", emphasiseLast: true)],
                unit: " %")),
        Example(
            "line-none", 245, 140, LinePlate(subject: "Visits that bought", periods: [], series: [])),
    ]
}
