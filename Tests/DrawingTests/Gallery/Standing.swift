import Drawing

extension Gallery {
    static let limits: [WhoStandsOutPlate.Limits] = (2...26).map { step in
        let n = Double(step * 10)
        let error = (0.91 * 0.09 / n).squareRoot() * 100
        return .init(
            n: n, lower500: 91 - 3.09 * error, lower20: 91 - 1.96 * error, upper20: min(91 + 1.96 * error, 100),
            upper500: min(91 + 3.09 * error, 100))
    }
    static let people = WhoStandsOutPlate(
        subject: "Answered in time by person",
        points: [
            .init(n: 23, share: 87), .init(n: 54, share: 90.8), .init(n: 72, share: 91.6), .init(n: 88, share: 89.8),
            .init(n: 110, share: 92), .init(n: 122, share: 91.9), .init(n: 131, share: 92.4),
            .init(n: 152, share: 92.1),
            .init(n: 164, share: 90.3), .init(n: 176, share: 91), .init(n: 203, share: 90.7),
            .init(n: 240, share: 91.3),
            .init(n: 96, share: 83.4, label: "J. Boyd 83 %", standing: .noted),
            .init(n: 188, share: 97.4, label: "M. Chen 97 %", standing: .noted),
            .init(n: 212, share: 98.1, label: "D. Ruiz 98 %", standing: .praised),
            .init(n: 141, share: 79.4, label: "T. Moss 79 %", note: "112 of 141", standing: .needsHelp),
        ], centre: .init(91, "average 91 %"), limits: limits, xTitle: "conversations assigned")

    static func awkwardPoint(_ index: Int) -> WhoStandsOutPlate.Point {
        let n = 100 + Double(index % 9)
        guard index < 8 else { return .init(n: n, share: 91) }
        return .init(
            n: n, share: 70 + Double(index) * 0.3, label: "\(longName) \(index)", note: "70 of 100",
            standing: index < 4 ? .needsHelp : .noted)
    }

    static let standing: [Example] = [
        Example("standing-ordinary", 376, 230, people),
        Example(
            "standing-awkward", 310, 200,
            WhoStandsOutPlate(
                subject: "Many outsiders close together",
                points: (0..<60).map(awkwardPoint), centre: .init(91, "average 91 %"), limits: limits,
                xTitle: "conversations assigned")),
        Example(
            "standing-too-little", 310, 150,
            WhoStandsOutPlate(
                subject: "Nobody yet", points: [], centre: .init(91, "average 91 %"), limits: [],
                xTitle: "conversations assigned", absence: .tooFew("too few: nobody has 20"))),
    ]

    static let handoffMatrix = MatrixPlate(
        subject: "Answered within 4 open hours", receivers: ["Service", "Sales", "Parts", "Finance"],
        rows: [
            .init(
                "Service",
                cells: [
                    .none, .value(rate: "82 %", of: "of 118", open: "14 open", bad: true),
                    .value(rate: "95 %", of: "of 86", open: "1 open"), .tooFew("too few", "12 of 20 needed"),
                ], total: "216", totalNote: "15 open"),
            .init(
                "Sales",
                cells: [
                    .value(rate: "91 %", of: "of 64", open: "3 open"), .none,
                    .value(rate: "94 %", of: "of 31", open: ""), .value(rate: "96 %", of: "of 73", open: "1 open"),
                ], total: "168", totalNote: "4 open"),
            .init(
                "Parts",
                cells: [
                    .value(rate: "93 %", of: "of 58", open: "2 open"), .tooFew("too few", "9 of 20 needed"), .none,
                    .tooFew("too few", "4 of 20 needed"),
                ], total: "71", totalNote: "2 open"),
            .init(
                "Finance",
                cells: [
                    .tooFew("too few", "6 of 20 needed"), .value(rate: "89 %", of: "of 47", open: "2 open"),
                    .tooFew("too few", "2 of 20 needed"), .none,
                ], total: "55", totalNote: "2 open"),
        ], totalTitle: "Sent")

    static func awkwardCell(_ column: Int, _ row: Int) -> MatrixPlate.Cell {
        if column == row { return .none }
        return .value(rate: "100.0 %", of: "of 123,456", open: "123,456 open", bad: column == 2)
    }

    static let matrices: [Example] = [
        Example("matrix-ordinary", 376, 215, handoffMatrix),
        Example(
            "matrix-awkward", 310, 200,
            MatrixPlate(
                subject: "Many departments", receivers: (0..<7).map { "Department \($0)" },
                rows: (0..<9).map { row in
                    .init(
                        "Department \(row)", cells: (0..<7).map { awkwardCell($0, row) }, total: "1,234,567",
                        totalNote: "15 open")
                }, totalTitle: "Sent")),
        Example(
            "matrix-too-little", 310, 120,
            MatrixPlate(
                subject: "Two departments", receivers: ["Service", "Sales"],
                rows: [
                    .init("Service", cells: [.none, .missing("no task log")]),
                    .init("Sales", cells: [.tooFew("too few", "0 of 20 needed"), .none]),
                ])),
    ]

    static func coverDay(_ day: Int, _ row: Int) -> CoveragePlate.Day {
        if day % 7 == 3, row < 3 { return .closed }
        if (day * 7 + row * 3) % 11 == 0 { return .more }
        return (day + row) % 23 == 0 ? .fewer : .usual
    }

    static let octoberCoverage = CoveragePlate(
        subject: "Days covered by each export",
        dayLabels: (0..<31).map { [0: "Thu 1", 4: "Mon 5", 11: "12", 18: "19", 25: "26", 30: "31"][$0] ?? "" },
        columns: ["Rows", "Covers to"],
        rows: ["DMS deals", "DMS repair orders", "CRM leads", "Phone log", "E-mail", "Text", "Web leads"].enumerated()
            .map { index, name in
                .init(name, days: (0..<31).map { coverDay($0, index) }, cells: ["2,104", Label("31 Oct", .ink)])
            } + [
                .init(
                    "Chat", days: (0..<31).map { $0 > 27 ? .missing : .usual }, cells: ["42", .bad("28 Oct")],
                    emphasised: true),
                .init(
                    "Outage log", days: (0..<31).map { [12, 18, 21].contains($0) ? .event : .quiet },
                    cells: ["3", Label("31 Oct", .ink)]),
            ])

    static let coverages: [Example] = [
        Example("coverage-ordinary", 507, 215, octoberCoverage),
        Example(
            "coverage-awkward", 310, 150,
            CoveragePlate(
                subject: "Many", dayLabels: (1...31).map { "\($0)" }, columns: ["Rows"],
                rows: (0..<30).map {
                    .init("\(longName) \($0)", days: Array(repeating: .missing, count: 31), cells: ["1,000,000,000"])
                })),
        Example(
            "coverage-too-little", 310, 90,
            CoveragePlate(subject: "None", dayLabels: (1...31).map { "\($0)" }, rows: [])),
    ]
}
