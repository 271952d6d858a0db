import Drawing

extension Gallery {
    static let leadFunnel = FunnelPlate(
        subject: "912 visits of August, followed for 60 days", columns: ["Visits", "Of step", "Of all", "Half by"],
        steps: [
            .init("Service visits", .value(912), lost: "612 no lead", cells: ["912", "", "", ""]),
            .init("Lead", .value(300), cells: ["300", "33 %", "32.9 %", "day 0"]),
            .init(
                "Two-way contact", .value(88), lost: "212 lost here",
                cells: ["88", Label("29 %", .bad, bold: true), "9.6 %", "day 2"], worst: true),
            .init("Appointment set", .value(62), lost: "26 lost", cells: ["62", "70 %", "6.8 %", "day 4"]),
            .init("Shown", .value(45), lost: "17 lost", cells: ["45", "73 %", "4.9 %", "day 7"]),
            .init(
                "Sold", .value(31), lost: "14 lost", cells: ["31", "69 %", Label("3.4 %", .ink, bold: true), "day 11"]),
        ], enlargement: "leads, drawn larger")

    static let funnels: [Example] = [
        Example("funnel-ordinary", 376, 200, leadFunnel),
        Example(
            "funnel-awkward", 245, 210,
            FunnelPlate(
                subject: "A narrow one", columns: ["Visits", "Of step"],
                steps: [
                    .init(longName, .value(1_234_567), lost: "1,234,560 without a lead", cells: ["1,234,567", ""]),
                    .init("Lead", .value(7), cells: ["7", "0 %"]),
                    .init("Contact that went both ways", .value(7), lost: "0 lost", cells: ["7", "100 %"]),
                    .init("Shown", .missing("no appointment export"), cells: ["–", "–"]),
                    .init("Sold", .value(0), lost: "7 lost here", cells: ["0", .bad("0 %")], worst: true),
                ], enlargement: "leads, drawn larger")),
        Example(
            "funnel-too-little", 376, 120,
            FunnelPlate(
                subject: "Visits of August", columns: ["Visits"],
                steps: [.init("Service visits", .tooFew("too few: 9 of 20 needed"), cells: ["9"])])),
    ]

    static let answerHistogram = HistogramPlate(
        subject: "2,298 conversations by open hours until a person answered",
        bins: [
            .init("0–5", .value(498), totalLabel: "498", part: 60, partLabel: "text 60"),
            .init("5–10", .value(412), totalLabel: "412", part: 62, partLabel: "62"),
            .init("10–20", .value(471), totalLabel: "471", part: 88, partLabel: "88"),
            .init("20–30", .value(318), totalLabel: "318", part: 76, partLabel: "76"),
            .init("30–60 min", .value(333), totalLabel: "333", part: 78, partLabel: "78"),
            .init("1–2 h", .value(96), totalLabel: "96", part: 52),
            .init("2–4 h", .value(61), totalLabel: "61", part: 28),
            .init("4–8 h", .value(31), totalLabel: "31", part: 14),
            .init("over 8 h", .value(17), totalLabel: "17", part: 8),
            .init("no answer", .value(61), totalLabel: "61", part: 46, apart: true),
        ], targetBefore: 5, inTime: ["88 % in time: 2,032"],
        late: [
            Label("Target 60 min", .ink, bold: true), Label("9 % late: 205", .bad, bold: true),
            Label("102 of them texts", .text, bold: false),
        ],
        waiting: [Label("3 % still waiting: 61", .bad, bold: true), Label("46 of them texts", .text, bold: false)])

    static let histograms: [Example] = [
        Example("histogram-ordinary", 442, 190, answerHistogram),
        Example(
            "histogram-awkward", 245, 170,
            HistogramPlate(
                subject: "Late ones only",
                bins: (0..<14).map {
                    .init(
                        "\($0)–\($0 + 1) hours",
                        $0 == 3 ? .missing("no export") : .value(Double(($0 * 7919) % 1000) * 1000),
                        totalLabel: "\(($0 * 7919) % 1000),000")
                },
                targetBefore: 2, inTime: ["12 % in time"], late: ["Target 1 hour", "88 % late: 99,999"],
                waiting: ["3 % still waiting: 61,000"])),
        Example(
            "histogram-too-little", 310, 150,
            HistogramPlate(
                subject: "Six conversations",
                bins: ["0–5", "5–60 min", "over 1 h"].map { .init($0, .tooFew("too few"), totalLabel: "") },
                targetBefore: 2,
                late: ["Target 60 min"])),
    ]

    static let octoberTimeline = TimelinePlate(
        subject: "Outages by system, over conversations a day",
        days: (0..<31).map { index in
            let sunday = index % 7 == 3
            let usual = sunday ? 12.0 : [75, 74, 68, 12, 102, 103, 90][index % 7]
            let label =
                [0: "Thu 1", 4: "Mon 5", 11: "12", 12: "Tue 13", 18: "19", 21: "22", 25: "26", 30: "31"][index] ?? ""
            return .init(
                label, .value(index == 12 ? 79 : usual * (index % 5 == 0 ? 0.97 : 1)), usual: index == 12 ? 103 : usual,
                closed: sunday, signal: index == 12, valueLabel: index == 12 ? "79" : "")
        },
        systems: [
            .init("E-mail", [.init(from: 12.35, to: 12.55, label: "4 h 28")]),
            .init("Phone lines", [.init(from: 18.2, to: 18.25, label: "0 h 55")]),
            .init("Scheduler", [.init(from: 21.6, to: 21.75, label: "2 h 40, of it 0 h 30 open")]),
            .init("All others", [], remark: "no outage recorded"),
        ], volumeTitle: "Conversations a day", usualLabel: "usual 103")

    static let timelines: [Example] = [
        Example(
            "timeline-ordinary", 770, 185, octoberTimeline,
            finding: "Tuesday 13 October: 79 conversations instead of the usual 103"),
        Example(
            "timeline-awkward", 442, 200,
            TimelinePlate(
                subject: "Many systems",
                days: (0..<31).map {
                    .init("\($0 + 1)", $0 > 27 ? .missing("chat") : .value(Double($0)), usual: 40, signal: $0 == 29)
                },
                systems: (0..<12).map { system in
                    .init(
                        "System \(system) \(longName)",
                        (0..<6).map {
                            .init(from: Double($0) * 5 + 4, to: Double($0) * 5 + 5, label: "4 h 28 of open hours")
                        })
                }, volumeTitle: "Conversations a day", usualLabel: "usual 40")),
        Example(
            "timeline-too-little", 442, 150,
            TimelinePlate(
                subject: "No outage", days: (0..<31).map { .init($0 == 0 ? "1" : "", .missing("no export")) },
                systems: [.init("All systems", [], remark: "no outage recorded")], volumeTitle: "Conversations a day")),
    ]
}
