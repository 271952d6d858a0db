import Drawing

/// Whole pages made of the examples.
extension Gallery {
    static func layout(
        _ measurer: any TextMeasurer, question: String, headline: String, sentence: RichText, page: Int,
        format: PageFormat = .a4Landscape, rows: [PageRow]
    ) -> LaidPage {
        var layout = PageLayout(
            format: format, measurer: measurer,
            header: PageHeader(
                question: question, headline: headline, sentence: sentence, place: "Riverside Motors",
                period: "October 2026"),
            footer: PageFooter(
                first: "As of 31 Oct 2026, end of day. All figures are invented.",
                second: "Sources: DMS deals, DMS repair orders, CRM, phone, e-mail, text, outage log.", page: page,
                pages: 7))
        layout.add(rows: rows)
        return layout.finish()
    }

    typealias PageMaker = @Sendable (any TextMeasurer) -> LaidPage

    static let pages: [(name: String, make: PageMaker)] = [
        (
            "page-1",
            {
                layout(
                    $0, question: "1  What must I do?",
                    headline: "61 customers got no answer, 40 of them Saturday texts",
                    sentence: RichText(
                        marked:
                            "Service brought **34 sales and $71,400 gross**, above target. Answers "
                                + "fell below target: **nobody is assigned to texts on Saturday**."
                    ), page: 1, rows: firstPage)
            }
        ),
        (
            "page-2",
            {
                layout(
                    $0, question: "2  Where do we lose service customers?",
                    headline: "Most are lost before contact: 212 of 300 August leads",
                    sentence: RichText(
                        marked:
                            "Of August’s visits **3.4 % bought** (likely 2.4 to 4.8 %), inside the "
                                + "usual range: no clear change yet."
                    ), page: 2, rows: secondPage)
            }
        ),
        (
            "page-3",
            {
                layout(
                    $0, question: "3  Who waits?",
                    headline: "Texts: 71 % answered in time, target 90 %. Saturday is the gap",
                    sentence: RichText(
                        marked:
                            "Phone, web leads and e-mail are on target. **40 of the 61 customers "
                                + "still waiting on 31 Oct sent a text on a Saturday.**"
                    ), page: 3, rows: thirdPage)
            }
        ),
        (
            "page-4",
            {
                layout(
                    $0, question: "4  Do our teams talk?",
                    headline: "23 handoffs unanswered, 14 of them from service to sales",
                    sentence: "Sales answers 82 % of what service hands over, target 90 %.", page: 4, rows: fourthPage)
            }
        ),
        (
            "page-5",
            {
                layout(
                    $0, question: "5  What broke, and who is owed?",
                    headline: "E-mail was down 4 h 28; 12 customers are owed; claim by 13 Nov",
                    sentence: RichText(marked: "Three outages cost **5 h 53 of open hours**, limit 4 h."), page: 5,
                    rows: fifthPage)
            }
        ),
        (
            "page-6",
            {
                layout(
                    $0, question: "6  Did our changes work?",
                    headline: "One goal reached, one too early to tell, one without clear change",
                    sentence: RichText(marked: "The e-mail inbox works: **keep it**."), page: 6, rows: sixthPage)
            }
        ),
        (
            "page-7",
            {
                layout(
                    $0, question: "7  Can I believe it?",
                    headline: "Complete to 31 Oct, except chat, which ends on 28 Oct",
                    sentence: RichText(marked: "Pages 1 to 6 stand on full data. **Chat is too small to matter**."),
                    page: 7, rows: seventhPage)
            }
        ),
        (
            "page-letter-long",
            {
                layout(
                    $0,
                    question: "3  Who waits, and where, and for how long, and on which channel, and why do they wait?",
                    headline:
                        "Texts: 71 % answered in time, target 90 %; \(longName), \(longName) and 38 "
                            + "others are far below and Saturday is the gap",
                    sentence: RichText(Array(repeating: .init("A sentence that goes on and on. "), count: 12)), page: 3,
                    format: .letterLandscape, rows: thirdPage)
            }
        ),
    ]

    static let firstPage: [PageRow] = [
        PageRow(
            .init(span: 3, Block(tile: salesTile)), .init(span: 3, Block(tile: answeredTile)),
            .init(span: 3, Block(tile: unansweredTile)), .init(span: 3, Block(tile: hoursTile))),
        PageRow(
            height: .weight(1), .init(span: 8, Block("Do these three things", plate: threeActions)),
            .init(span: 4, Block("Changed since the last report", plate: StackPlate(changed, lastActions, gap: 14)))),
    ]
    static let secondPage: [PageRow] = [
        PageRow(
            .init(
                span: 6,
                Block(
                    "Seven in ten leads never get a conversation",
                    sub: "912 visits of August, followed for 60 days. Pale: lost at this step", plate: leadFunnel)),
            .init(
                span: 6,
                Block(
                    "August is inside the usual range",
                    sub: "Visits that bought within 60 days, % by month of visit. Line: likely range. Hollow: too new",
                    plate: rateLine))),
        PageRow(
            .init(
                span: 4,
                Block(
                    "13 of October’s 34 sales are conquests", sub: "Sales from service, by month of sale",
                    plate: loyaltyColumns)),
            .init(
                span: 4,
                Block(
                    "Dedicated person reaches 49 %, others 16 %", sub: "August’s leads, %. Line: likely range",
                    note: "118 leads went to her, 182 to seven others.", plate: reachIntervals)),
            .init(
                span: 4,
                Block(
                    "$71,400 gross, $2,100 a sale", sub: "Gross per credited sale, October",
                    note: "Conquest +$424 a sale: no clear difference.", plate: StackPlate(grossBars, grossTable)))),
    ]
    static let thirdPage: [PageRow] = [
        PageRow(
            .init(
                span: 5,
                Block(
                    "Only texts miss the target", sub: "Share answered within 60 open minutes. Thin line: likely range",
                    note: RichText(
                        marked: "E-mail without the outage of 13 Oct: **95 %**, against 92 % as it happened."),
                    plate: channelBars)),
            .init(
                span: 7,
                Block(
                    "Saturday from 10:00 on is clearly below target",
                    sub:
                        "Square: conversations. Tone: the wait of half of them. Orange with dot: "
                            + "clearly below 90 % in time",
                    plate: weekHeat))),
        PageRow(
            .init(
                span: 5,
                Block(
                    "Two in three of those still waiting are Saturday texts",
                    sub: "61 customers still waiting on 31 Oct, by days since they wrote",
                    note: RichText(
                        marked:
                            "The longest wait: **28 days**, a text of 3 Oct. A machine’s reply does "
                                + "not count as an answer."
                    ), plate: ageBars)),
            .init(
                span: 7,
                Block(
                    "More than 1 in 10 text customers waited over 8 open hours",
                    sub:
                        "2,298 conversations by open hours until a person answered; dark: texts (52 "
                            + "of 512 over 8 h or waiting)",
                    plate: answerHistogram))),
    ]
    static let fourthPage: [PageRow] = [
        PageRow(
            .init(
                span: 6,
                Block(
                    "Sales leaves one service handoff in eight unanswered",
                    sub: "Answered within 4 open hours. Rows send, columns receive. Open: no answer yet",
                    note: "Finance to sales: 89 %, likely 77 to 95 %, so not clearly off target.", plate: handoffMatrix)
            ),
            .init(
                span: 6,
                Block(
                    "One person needs help, one deserves praise",
                    sub: "Answered in time by person. Outside the solid curve: 1 in 500 by chance alone", plate: people)
            )),
        PageRow(
            .init(span: 4, Block("Worth praising, and worth a talk", plate: praise)),
            .init(
                span: 4,
                Block(
                    "9 of the 23 have waited over a week", sub: "Unanswered handoffs on 31 Oct by days waiting",
                    plate: ageBars)),
            .init(
                span: 4,
                Block(
                    "Up to 18 % may run where we cannot see", sub: "Share of messages outside managed channels",
                    plate: StackPlate(lostIntervals, lastActions)))),
    ]
    static let fifthPage: [PageRow] = [
        PageRow(
            .init(
                span: 12,
                Block(
                    "Tuesday 13 October: 79 conversations instead of the usual 103",
                    sub:
                        "Outages by system, over conversations per day on all channels. Short line: "
                            + "the usual number for that weekday",
                    plate: octoberTimeline))),
        PageRow(
            height: .weight(1),
            .init(
                span: 4,
                Block(
                    "About 11 enquiries lost", sub: "Never came back within 3 days. Line: likely range",
                    plate: lostIntervals)),
            .init(
                span: 5,
                Block(
                    "12 customers owed, nothing given yet",
                    sub: "9 others have had theirs. Who was met or spoken to gets a call", plate: owedTable)),
            .init(
                span: 3,
                Block(
                    "Two claims, 13 and 22 days left", sub: "Days since the outage, to the deadline",
                    plate: StackPlate(claim, secondClaim)), Block("2 of 7 systems lack a protocol", plate: protocols))),
    ]
    static let sixthPage: [PageRow] = [
        PageRow(
            height: .weight(1.9), .init(span: 4, Block("", plate: card)), .init(span: 4, Block("", plate: card)),
            .init(span: 4, Block("", plate: card))),
        PageRow(
            height: .weight(1),
            .init(
                span: 6,
                Block(
                    "Rewards: $2,480 of October’s $3,000",
                    sub: "Paid on each person’s or team’s own counts. Line: budget of the rule", plate: rewardBars)),
            .init(
                span: 6,
                Block(
                    "The year runs $3,540 under its budget line",
                    sub: "Rewards paid since January. Dashed: budget of $30,000, even by month", plate: budgetLine))),
    ]
    static let seventhPage: [PageRow] = [
        PageRow(
            .init(
                span: 8,
                Block(
                    "Eight of nine exports cover every open day",
                    sub:
                        "One square a day. Darker or paler: more or fewer rows than usual. Empty: "
                            + "closed. Hatched: rows missing",
                    note: RichText(
                        marked:
                            "E-mail, 13 Oct: thin because of the outage. **Chat: export 29–31 Oct "
                                + "again** (Transcripts, CSV)."
                    ), plate: octoberCoverage)), .init(span: 4, Block("What this report was made from", plate: changed))
        ),
        PageRow(
            .init(
                span: 4,
                Block(
                    "143 of 24,918 rows set aside", sub: "By reason. Each row is listed in the analyst’s tables",
                    note: "0.6 % of all rows, usual range 0.3 to 0.9 %.", plate: setAsideBars)),
            .init(
                span: 4,
                Block(
                    "86 % of service customers found in the CRM", sub: "Match rate by month. Line: likely range",
                    plate: StackPlate(matchLine, matched))), .init(span: 4, Block("Words in short", plate: words))),
    ]
}
