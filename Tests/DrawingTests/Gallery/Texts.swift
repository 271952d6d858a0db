import Drawing

extension Gallery {
    static let claim = ProgressPlate(
        title: "Northmail, e-mail", amount: "$412", share: .value(0.58), fill: .bad, marker: "31 Oct",
        rest: Label("13 days left", .bad), note: "Not asked. Closes Fri 13 Nov")
    static let secondClaim = ProgressPlate(
        title: "Bookwell, scheduler", amount: "$38", share: .value(0.29), marker: "31 Oct", rest: "22 days left",
        note: "Asked 26 Oct, no answer yet")
    static let matched = ShareBarPlate(
        title: "How the 807 of 938 were matched",
        parts: [
            .init("Same number", 420, "420", .strong), .init("Trade-in", 168, "168", .medium),
            .init("Phone", 151, "151", .soft),
            .init("E-mail", 68, "68", .pale),
        ])

    static let small: [Example] = [
        Example("progress-ordinary", 179, 90, claim),
        Example(
            "progress-awkward", 179, 100,
            ProgressPlate(
                title: longName, amount: "$1,234,567,890", share: .value(7), fill: .bad, marker: "a day long past",
                rest: .bad("over by 123,456 days"),
                note: "A note that does not fit on one line of this narrow block at all")),
        Example("progress-too-little", 179, 80, ProgressPlate(title: "Claim", share: .missing("no contract entered"))),
        Example("share-ordinary", 245, 80, matched),
        Example(
            "share-awkward", 245, 80,
            ShareBarPlate(
                title: longName + longName,
                parts: (0..<9).map { .init("Part number \($0)", $0 == 0 ? 1e9 : Double($0), "\($0)", .soft) })),
        Example("share-too-little", 245, 80, ShareBarPlate(title: "How they were matched", parts: [])),
    ]

    static let threeActions = ActionsPlate(
        actions: [
            .init(
                title: "Put one person on texts every Saturday, 8:00 to 17:00",
                text:
                    "40 of the 61 unanswered customers texted on a Saturday. Texts: 71 % answered in "
                        + "time, target 90 %. Start with the 9 who wrote on 31 Oct.",
                owner: "Jordan Ellis", role: "Service manager", due: "by Sat 7 Nov", pageLabel: "page 3", page: 3,
                share: 0.656, shareLabel: "40 of 61 unanswered"),
            .init(
                title: "Call the 12 customers owed a remedy, then file the e-mail claim",
                text:
                    "E-mail was down 4 h 28 on Tue 13 Oct. The vendor owes $412; the claim lapses "
                        + "after 13 Nov. 12 customers have had no remedy yet.",
                owner: "Sam Okafor", role: "Office manager", due: "by Fri 13 Nov", pageLabel: "page 5", page: 5,
                share: 0.58, shareLabel: "18 of 31 claim days gone, 13 left"),
            .init(
                title: "Reach the service leads that nobody has spoken to",
                text:
                    "August’s leads: 212 of 300 never got a conversation. The dedicated person "
                        + "reaches 49 % of hers, the others 16 %: route new leads to her.",
                owner: "Priya Nair", role: "Sales manager", due: "by Mon 16 Nov", pageLabel: "page 2", page: 2,
                share: 0.707, shareLabel: "212 of 300 leads"),
        ], none: "Nothing missed its target, nothing is owed.")
    static let changed = FactsPlate(rows: [
        .init("September sales from service", Label("29 → 28", bold: true), note: "One deal was unwound on 9 Oct."),
        .init(
            "September answered in time", Label("91.4 → 91.0 %", bold: true),
            note: "14 e-mails arrived late in the export."),
        .init("August visits that bought", Label("new: 3.4 %", bold: true), note: "Its 60 days ended on 30 Oct."),
    ])
    static let lastActions = FactsPlate(
        title: "Last month’s three actions",
        rows: [
            .init(Label("Second line for the parts desk", cue: .check), Label("done 6 Oct", .quiet)),
            .init(Label("Call back September’s 29 unanswered", cue: .check), Label("done 9 Oct", .quiet)),
            .init(Label("Written text-platform protocol", cue: .ring), Label("open since 2 Oct", .bad, bold: true)),
        ], ruled: false)
    static let protocols = FactsPlate(
        rows: [
            .init(Label("Text platform", .ink, bold: true, cue: .ring), Label("none", .bad, bold: true)),
            .init(Label("Scheduler", .ink, bold: true, cue: .ring), Label("none", .bad, bold: true)),
            .init(Label("E-mail", cue: .check), Label("5 of 6 steps kept", .quiet)),
            .init(Label("Phone lines", cue: .check), Label("6 of 6 steps kept", .quiet)),
            .init(Label("DMS, CRM, payments", cue: .check), Label("not used in Oct", .quiet)),
        ], ruled: false, rowHeight: 13)
    static let praise = PointsPlate(points: [
        .init(
            Label("D. Ruiz, service desk", cue: .up),
            "208 of 212 in time, four months above the curves. Ask how the callbacks are kept."),
        .init(Label("M. Chen, dedicated person", cue: .up), "58 of 118 service leads reached; others 30 of 182."),
        .init(Label("Parts to service", cue: .up), "54 of 58 in time, on target three months running."),
        .init(
            Label("T. Moss, sales", .bad, cue: .down),
            "112 of 141 in time. 18 of the 29 missed came 12:00–14:00, when one person covers the floor."),
    ])
    static let words = PointsPlate(
        points: [
            .init(
                "Sales from service:", "a sale within 60 days after a visit, credited once, to the latest visit. S2S-01"
            ),
            .init("Lead:", "a visit with a sales record in the CRM. S2S-04"),
            .init("Answered in time:", "a person replied within 60 open minutes; silence is late. RESP-02"),
        ], runIn: true)
    static let card = EffortCardPlate(
        name: "One inbox for service e-mail", verdict: .good("Goal reached", cue: .check),
        sentence: "From 83 to 92 % in time; likely gain 6 to 12 points.",
        chartTitle: "E-mail answered in time, % by week", chart: effortLine,
        facts: [
            .init(Label("Look", .quiet), "2 of 2, final"), .init(Label("Guard: phone", .quiet), "no clear change"),
            .init(Label("Owner", .quiet), Label("Jordan Ellis", bold: true)),
        ])

    static let texts: [Example] = [
        Example("actions-ordinary", 507, 255, threeActions, finding: "Do these three things", sub: ""),
        Example(
            "actions-awkward", 310, 220,
            ActionsPlate(
                actions: (0..<5).map {
                    .init(
                        title: "\(longName) \(longName) \($0)",
                        text:
                            "A text about what to do. A text about what to do. A text about what to "
                                + "do. A text about what to do. A text about what to do.",
                        owner: longName, role: longName, due: "by Monday 16 November", pageLabel: "page 12", page: 12,
                        share: 3, shareLabel: "123,456 of 12,345 customers")
                },
                none: "")),
        Example(
            "actions-too-little", 310, 70,
            ActionsPlate(actions: [], none: "Nothing missed its target, nothing is owed: no action this month.")),
        Example("facts-ordinary", 245, 220, StackPlate(changed, lastActions, gap: 14), sub: ""),
        Example(
            "facts-awkward", 179, 140,
            FactsPlate(
                rows: (0..<20).map {
                    .init(
                        Label("\(longName) \($0)"), Label("1,234,567,890 of 9,999,999,999"),
                        note: "A note that runs over more than one line in a narrow block.")
                })),
        Example("facts-too-little", 179, 60, FactsPlate(rows: [], emptyText: "First month: nothing to compare.")),
        Example("points-ordinary", 245, 200, praise), Example("points-words", 245, 140, words),
        Example(
            "points-awkward", 179, 120,
            PointsPlate(
                points: (0..<9).map {
                    .init(Label("\(longName) \($0)", cue: .up), "Some words on it, as many as two lines may hold.")
                })),
        Example("points-too-little", 179, 60, PointsPlate(points: [], emptyText: "Nobody stands out this month.")),
        Example(
            "notice-ordinary", 310, 150,
            NoticePlate(
                RichText(
                    marked:
                        "**Export texts for 1–31 Oct:** text platform, Reports, Conversations, CSV. "
                            + "Save it as texts.csv beside the others."
                ), isMissing: true)),
        Example("notice-awkward", 179, 120, NoticePlate(RichText(Array(repeating: .init(longName + " "), count: 4)))),
        Example("notice-too-little", 245, 60, NoticePlate("No reward rule is set up.", showsFrame: false)),
        Example("effort-ordinary", 245, 300, card, finding: "", sub: ""),
        Example(
            "effort-too-little", 245, 260,
            EffortCardPlate(
                name: "A dedicated person for service leads", verdict: Label("Too early: known by 15 Jan", cue: .clock),
                sentence: "No finished month yet.",
                chartTitle: "Visits that bought in 60 days, % by month of visit",
                chart: LinePlate(
                    subject: "Visits that bought", periods: [.init("Aug")],
                    series: [.init("one", [.tooFew("too new: 60 days not over")])]),
                facts: [.init("Owner", "Priya Nair")]), finding: "", sub: ""),
        Example(
            "effort-awkward", 245, 330,
            EffortCardPlate(
                name: longName + ", who answers on Saturdays and Sundays",
                verdict: .bad("Getting worse, and nobody knows why it does"),
                sentence: RichText(marked: "**" + longName + "** " + longName + " " + longName),
                chartTitle: longName + " " + longName, chart: matchLine,
                facts: (0..<4).map { .init(Label(longName), Label("\($0),000,000,000 of 4,000,000,000")) }),
                    finding: "", sub: ""),
    ]
}
