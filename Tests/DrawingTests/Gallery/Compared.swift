import Drawing

extension Gallery {
    static let monthBullets = BulletPlate(
        subject: "October against targets and usual ranges", columns: ["October", "Target"],
        rows: [
            .init(
                "Answered in time", note: "% of conversations", .value(88, likely: .init(87, 89.7)), target: 90,
                usual: .init(86, 91), signal: true, upper: 100, cells: [.bad("88 %"), "90 %"]),
            .init(
                "Sales from service", note: "in the month", .value(34), target: 30, usual: .init(21, 33),
                cells: ["34", "30"]),
            .init(
                "Hours lost to outages", note: "open hours", .value(5.9), target: 4, usual: .init(0.4, 3.4),
                signal: true, cells: [.bad("5 h 53", cue: .up), "4 h"]),
            .init("Chat answered in time", note: "% of conversations", .tooFew("too few: 6 of 20 needed"), cells: ["",
                "90 %"]),
        ])

    static func awkwardBullet(_ index: Int) -> BulletPlate.Row {
        BulletPlate.Row(
            index == 0 ? longName + " and everybody who works there on a Saturday" : "Figure \(index)", note: longName,
            index == 3 ? .missing("no export for October") : .value(Double(index - 4) * 1e6, likely: .init(-9e6, 1e9)),
            target: index == 5 ? .nan : -2e6, usual: .init(Double(index), -1), signal: index % 2 == 0,
            cells: [.bad("−\(index),000,000"), Label("\(index)")])
    }

    static let bullets: [Example] = [
        Example("bullet-ordinary", 376, 190, monthBullets, finding: "Texts and the outage missed their targets"),
        Example(
            "bullet-stores", 310, 150,
            BulletPlate(
                subject: "Answered in time by store", columns: ["In time"],
                rows: [
                    .init("Riverside", .value(88), target: 90, usual: .init(85, 91), signal: true, cells: [.bad(
                        "88 %")]),
                    .init("Lakeview", .value(93), target: 90, usual: .init(88, 94), cells: ["93 %"]),
                    .init("Hilltop", .value(91), target: 85, usual: .init(80, 90), cells: ["91 %"]),
                ], axis: Axis(holding: [0, 100], unit: " %"), rowHeight: 21)),
        Example(
            "bullet-awkward", 245, 200,
            BulletPlate(subject: "Figures of every size", columns: ["Figure", "n"], rows: (0..<60).map(awkwardBullet))),
        Example("bullet-too-little", 245, 80, BulletPlate(subject: "Figures against targets", columns: ["October"],
            rows: [])),
    ]

    static let teamBars = GroupedBarsPlate(
        subject: "Answered within 60 open minutes, % by channel",
        parts: [.init("September", .soft), .init("October", .strong)],
        rows: [
            .init("Phone", [.value(95), .value(94)], values: ["95 %", "94 %"]),
            .init("E-mail", [.value(86), .value(92, likely: .init(89, 94))], values: ["86 %", "92 %"]),
            .init(
                "Text", [.value(89), .value(71, likely: .init(67, 75))], values: ["89 %", .bad("71 %")],
                    emphasised: true),
            .init("Chat", [.tooFew("too few: 4 of 20 needed"), .tooFew("too few: 6 of 20 needed")]),
        ], target: .init(90, "Target 90 %"), upper: 100)

    static func awkwardGroup(_ index: Int) -> GroupedBarsPlate.Row {
        let last: Reading = index == 1 ? .missing("no export for October") : .value(.nan)
        let readings: [Reading] = [.value(Double(index - 2) * 1e8), .value(-3e8, likely: LikelyRange(-9e8, 2e8)), last]
        return GroupedBarsPlate.Row(
            index == 0 ? longName : "Person \(index)", readings,
            values: [Label("\(index),000,000"), .bad("−300,000,000"), "–"])
    }

    static let groupedBars: [Example] = [
        Example("grouped-ordinary", 310, 190, teamBars, finding: "Only texts got worse"),
        Example(
            "grouped-awkward", 245, 240,
            GroupedBarsPlate(
                subject: "Changes of every size",
                parts: [.init("January to September", .soft), .init(longName, .strong), .init("to be paid back", .bad)],
                rows: (0..<60).map(awkwardGroup), target: .init(1e8, "a target with a long name, 100,000,000"))),
        Example(
            "grouped-too-little", 245, 110,
            GroupedBarsPlate(
                subject: "Answered in time", parts: [.init("September", .soft), .init("October", .strong)], rows: [],
                emptyText: "no channel has enough conversations")),
    ]
}
