import Drawing

extension Gallery {
    /// Invented: so many percent had bought by the days given, half a range wide.
    private static func steps(_ points: [(Double, Double)], half: Double) -> [StepCurvePlate.Step] {
        points.map { at, share in
            StepCurvePlate.Step(at, share, likely: LikelyRange(max(share - half, 0), share + half))
        }
    }
    private static let days = Axis(
        lower: 0, upper: 60,
        ticks: [.init(0, "0"), .init(7, "7"), .init(14, "14"), .init(30, "30"), .init(45, "45"), .init(60, "60 days")])

    static let timeToSale = StepCurvePlate(
        subject: "Visits that had bought by each day",
        curves: [
            .init(
                "Loyalty",
                steps: steps([(1, 0.3), (4, 1.1), (9, 2), (16, 2.7), (28, 3.4), (41, 3.9), (55, 4.2)], half: 0.6),
                until: 60, value: "4.2 %", note: "likely 3.6 to 4.8",
                watched: ["6,204", "6,150", "6,100", "6,020", "5,960", "5,940"]),
            .init(
                "Conquest", steps: steps([(2, 0.2), (7, 0.8), (15, 1.6), (30, 2.2), (52, 2.6)], half: 0.5), until: 60,
                value: "2.6 %", note: "likely 2.1 to 3.1", look: .other,
                watched: ["3,870", "3,850", "3,810", "3,790", "3,770", "3,765"]),
        ], times: days, watchedTitle: "Visits still watched")

    static let stepCurves: [Example] = [
        Example("step-curve-ordinary", 442, 230, timeToSale, finding: "Loyal customers buy sooner and more"),
        Example(
            "step-curve-awkward", 245, 250,
            StepCurvePlate(
                subject: "Lines that end alike, and one that ends early",
                curves: [
                    .init(
                        longName, steps: steps([(3, 2), (20, 4)], half: 4), until: 60, value: "4.0 %",
                        watched: ["12", "9"]),
                    .init(
                        "Conquest", steps: steps([(5, 2.1), (19, 3.9)], half: 0.2), until: 60, value: "3.9 %",
                        note: "likely 0.2 to 24.8 in all", look: .other,
                        watched: ["1,200,412", "9", "8", "7", "6", "5"]),
                    .init("October", steps: steps([(2, 2)], half: 1), until: 18, value: "2.0 %", look: .background),
                    .init("Nobody", steps: [], until: 60, value: ""),
                ], times: days, watchedTitle: "Visits that are still watched by then",
                marks: [.init(at: 18, "October is watched to day 18"), .init(at: 20, "here, too")])),
        Example(
            "step-curve-too-little", 310, 150,
            StepCurvePlate(
                subject: "Visits that had bought by each day",
                curves: [.init("Loyalty", steps: [], until: 60, value: "", watched: ["9"])], times: days,
                watchedTitle: "Visits still watched", absence: .tooFew("too few: 9 of 20 needed"))),
    ]

    /// The tone is the share's whole percent.
    private static func shares(_ texts: [String]) -> [CohortPlate.Cell] {
        texts.map { .share($0, tone: Int($0.prefix(1)) ?? 0) }
    }

    static let cohortYear = CohortPlate(
        subject: "Visits that had bought, by month of visit", times: ["day 7", "day 14", "day 30", "day 45", "day 60"],
        rows: [
            .init("Jun 2026", cells: shares(["0.9", "1.6", "2.4", "2.8", "3.1"]), totals: ["904"]),
            .init("Jul", cells: shares(["0.7", "1.2", "2.0", "2.4", "2.6"]), totals: ["870"]),
            .init("Aug", cells: shares(["1.2", "1.9", "2.6", "3.0", "3.4"]), totals: ["912"], emphasised: true),
            .init("Sep", cells: shares(["0.8", "1.4", "1.9"]) + [.young("2.2"), .ahead], totals: ["897"]),
            .init("Oct", cells: shares(["0.6"]) + [.young("1.0"), .young("1.1"), .ahead, .ahead], totals: ["938"]),
        ], columns: ["Visits"], toneTitle: "% bought", tones: ["under 1", "1 to 2", "2 to 3", "3 and more"],
        youngTitle: "not all watched so long")

    private static func awkwardMonth(_ month: Int) -> CohortPlate.Row {
        let cells = (0..<9).map { column -> CohortPlate.Cell in
            column % 4 == 3 ? .tooFew("few") : .share("\(month * 4).\(column)", tone: column - 2)
        }
        let name = month % 7 == 0 ? longName : "Month \(month)"
        return CohortPlate.Row(name, cells: cells, totals: [Label("\(month * 41_017)")])
    }

    static let cohorts: [Example] = [
        Example("cohort-ordinary", 376, 160, cohortYear, finding: "Half of the buyers come back within two weeks"),
        Example(
            "cohort-awkward", 179, 330,
            CohortPlate(
                subject: "Many months in a narrow column", times: (1...9).map { "by day \($0 * 7)" },
                rows: (0..<24).map(awkwardMonth), columns: ["Visits"], tones: ["low", "middle", "high"],
                youngTitle: "not all of the month watched so long")),
        Example(
            "cohort-too-little", 310, 90,
            CohortPlate(
                subject: "Visits of two months", times: ["day 7", "day 30", "day 60"],
                rows: [
                    .init("Sep", cells: [.tooFew("few"), .tooFew("few"), .ahead], totals: ["9"]),
                    .init("Oct", cells: [.ahead, .ahead, .ahead], totals: ["0"]),
                ], columns: ["Visits"])),
    ]

    static let grossWaterfall = WaterfallPlate(
        subject: "Gross of October’s sales from service", columns: ["Sales", "A sale"],
        rows: [
            .init("Conquest, front", .value(16_302), fill: .strong, value: "$16,302", cells: ["13", "$1,254"]),
            .init("Conquest, back", .value(14_398), fill: .soft, value: "$14,398", cells: ["13", "$1,108"]),
            .init("Loyalty, front", .value(24_908), fill: .strong, value: "$24,908", cells: ["21", "$1,186"]),
            .init("Loyalty, back", .value(15_792), fill: .soft, value: "$15,792", cells: ["21", "$752"]),
            .init("Together", .value(71_400), kind: .total, fill: .medium, value: "$71,400", cells: ["34", "$2,100"]),
        ])

    static let waterfalls: [Example] = [
        Example("waterfall-ordinary", 376, 160, grossWaterfall, finding: "$71,400 gross, $2,100 a sale"),
        Example(
            "waterfall-awkward", 245, 190,
            WaterfallPlate(
                subject: "Parts that take away", columns: ["Sales"],
                rows: [
                    .init(longName, .value(-900), fill: .strong, value: "−$900", cells: ["1"]),
                    .init("Back", .value(400), value: "$400", cells: ["1"]),
                    .init("So far", .value(-500), kind: .total, fill: .medium, value: "−$500", cells: ["1"]),
                    .init("Nothing", .value(0), value: "$0", cells: ["0"]),
                    .init("Trade-in written down later on", .value(-12_345), value: "−$12,345", cells: ["12,000"]),
                    .init("Finance", .missing("not exported"), value: "–", cells: ["–"]),
                    .init("All", .value(-12_845), kind: .total, fill: .medium, value: "−$12,845", cells: ["12,002"]),
                ])),
        Example("waterfall-too-little", 310, 70, WaterfallPlate(subject: "Gross", rows: [])),
    ]
}
