import Drawing

extension Gallery {
    static let answeredTile = TilePlate(
        title: "Answered in time", number: "88", unit: "%", status: .bad("below target"), note: "likely 87.0 to 89.7 %",
        history: readings([84, 86, 87, 88, 89, 89, 90, 90, 89, 90, 90, 89, 86.5]), lastLabel: "88", target: 88.5,
        months: ["Oct 25", "Apr", "Oct 26"], before: .init("Last month", "91 %"), goal: .init("Target", "90 %"),
        signal: true)
    static let salesTile = TilePlate(
        title: "Sales from service", number: "34", status: .good("above target", cue: .up), note: "$71,400 gross",
        history: readings([24, 27, 22, 25, 23, 28, 26, 31, 27, 30, 29, 28, 34]), lastLabel: "34", target: 30,
        months: ["Oct 25", "Apr", "Oct 26"], before: .init("Last month", "28"), goal: .init("Target", "30"))
    static let unansweredTile = TilePlate(
        title: "Unanswered customers", number: "61", status: .bad("over limit", cue: .up),
        note: "40 are Saturday texts", history: readings([44, 41, 37, 33, 30, 28, 26, 23, 25, 22, 24, 29, 61]),
        lastLabel: "61", target: 25, months: ["Oct 25", "Apr", "Oct 26"], before: .init("Last month", "29"),
        goal: .init("Limit", "25 at most"), signal: true)
    static let hoursTile = TilePlate(
        title: "Hours lost to outages", number: "5 h 53", status: .bad("over limit", cue: .up), note: "3 outages",
        history: readings([1, 0.5, 2, 0.5, 3.2, 1.2, 0.5, 3, 0.6, 1, 2.2, 1.2, 5.9]), lastLabel: "5.9", target: 4,
        months: ["Oct 25", "Apr", "Oct 26"], before: .init("Last month", "1 h 10"),
        goal: .init("Limit", "4 h at most"), signal: true)

    static let tiles: [Example] = [
        Example("tile-ordinary", 179, 160, block: Block(tile: answeredTile)),
        Example(
            "tile-awkward", 179, 170,
            block: Block(
                tile: TilePlate(
                    title: "Gross from sales that came from service in every store", number: "$1,234,567,890",
                    status: .good("far above the target of this month", cue: .up),
                    note: "likely $1,234,000,000 to $1,235,000,000",
                    history: [.value(5), .missing("no export"), .tooFew("too few"), .value(5), .value(5)],
                    lastLabel: "$1,234,567,890", target: 5, months: ["September 25", "November", "January 26"],
                    before: .init("Last month", "$1,034,567,890"), goal: .init("Target", "$1,000,000,000")))),
        Example(
            "tile-too-little", 179, 160,
            block: Block(
                tile: TilePlate(
                    title: "Answered in time", number: "–", note: "no text export",
                    goal: .init("Target", "90 %"),
                    absence: "Export texts for 1–31 Oct: text platform, Reports, Conversations, CSV."))),
    ]

    static let channelBars = BarsPlate(
        subject: "Share answered within 60 open minutes", columns: ["In time", "Asked", "Half in"],
        rows: [
            .init("Phone", .value(94, likely: .init(92.5, 95.3)), cells: ["94 %", "1,120", "6 min"]),
            .init("Web lead", .value(94, likely: .init(89, 96.5)), cells: ["94 %", "174", "14 min"]),
            .init("E-mail", .value(92, likely: .init(89, 94)), cells: ["92 %", "486", "22 min"]),
            .init(
                "Text", .value(71, likely: .init(67, 75)), fill: .bad, cells: [.bad("71 %"), "512", "31 min"],
                emphasised: true),
            .init("Chat", .tooFew("too few: 6 of 20 needed"), cells: ["", "6", ""]),
        ],
        total: .init("All", remark: "likely 87.0 to 89.7 %", cells: [.bad("88 %"), "2,298", "13 min"]),
        target: .init(90, "Target 90 %"), upper: 100, track: true)

    static let setAsideBars = BarsPlate(
        subject: "Rows set aside by reason",
        rows: [
            .init("Void repair order", .value(48), end: "48"), .init("Dealer-owned car", .value(39), end: "39"),
            .init("Same row twice", .value(21), end: "21"), .init("The car just sold", .value(17), end: "17"),
            .init("Date not readable", .value(11), fill: .bad, end: Label("11  fault, please correct", .bad)),
            .init("Ends before it starts", .value(7), fill: .bad, end: Label("7  fault, please correct", .bad)),
        ], rowHeight: 21)

    static let rewardBars = BarsPlate(
        subject: "Rewards paid by rule", columns: ["Paid", "Left"],
        rows: [
            .init(
                "Answered in time", labelNote: "4 teams", .value(1040), fill: .medium, limit: 1200,
                cells: ["$1,040", "$160 left"]),
            .init(
                "Leads reached", labelNote: "8 people", .value(900), fill: .medium, limit: 900,
                cells: ["$900", "cap reached"]),
            .init(
                "Handoffs in time", labelNote: "3 teams", .value(540), fill: .medium, limit: 600,
                cells: ["$540", "$60 left"]),
            .init(
                "Saturday texts", labelNote: "nobody assigned", .value(0), fill: .medium, limit: 300,
                cells: ["$0", .bad("cannot be scored", cue: .ring)]),
        ], rowHeight: 18)

    static func awkwardBar(_ index: Int) -> BarsPlate.Row {
        let value = (index - 12) * 1_234_567
        let name = index % 3 == 0 ? longName : "Person \(index)"
        return BarsPlate.Row(
            name, .value(Double(value)), end: Label("\(index - 12)"), cells: [Label("\(value)"), Label("\(index)")])
    }

    static let bars: [Example] = [
        Example("bars-ordinary", 310, 210, channelBars),
        Example("bars-labels", 245, 180, setAsideBars),
        Example("bars-budget", 376, 130, rewardBars),
        Example(
            "bars-missing", 310, 210,
            BarsPlate(
                subject: "Share answered in time", columns: ["In time", "Asked"],
                rows: [
                    .init("Phone", .value(94, likely: .init(92, 95)), cells: ["94 %", "1,120"]),
                    .init("Text", .missing("no export for October"), cells: ["–", "–"]),
                    .init("Chat", .tooFew("too few: 6 of 20 needed"), cells: ["", "6"]),
                ], total: .init("Known", remark: "likely 92.1 to 94.5 %", cells: ["93 %", "1,786"]),
                target: .init(90, "Target 90 %"), upper: 100, track: true)),
        Example(
            "bars-awkward", 310, 240,
            BarsPlate(
                subject: "Change by person", columns: ["Change", "n"],
                rows: (0..<40).map(awkwardBar), target: .init(10_000_000, "a target with a long name, 10,000,000"))),
        Example(
            "bars-too-little", 310, 110,
            BarsPlate(
                subject: "Share answered in time", columns: ["In time"],
                rows: [.init("Chat", .tooFew("too few: 6 of 20 needed"), cells: [""])],
                target: .init(90, "Target 90 %"),
                upper: 100)),
        Example("bars-none", 245, 90, BarsPlate(subject: "Rows set aside by reason", rows: [])),
    ]
}
