import Drawing

/// Charts of one event, of the steps it asked for and of what a vendor promised. All figures are invented.
extension Gallery {
    private static func hour(_ index: Int) -> EventPlate.Column {
        let usual = [2.0, 6, 9, 11, 10, 8, 9, 10, 9, 7, 4][index % 11]
        let isDown = (13..<18).contains(index)
        let came = isDown ? 1.0 : index == 19 ? 15 : usual + Double(index % 3) - 1
        return EventPlate.Column(
            .value(came), expected: usual, band: LikelyRange(max(usual - 4, 0), usual + 5),
            waiting: isDown ? Double(index - 12) * 7 : index > 17 ? max(35 - Double(index - 17) * 9, 2) : 3,
            signal: isDown)
    }

    static let mailDown = EventPlate(
        subject: "E-mail, 12 to 14 October by open hour",
        lanes: [
            .init(
                "E-mail", [.init(from: 13, to: 16.2, .down, label: "4 h 28"), .init(from: 16.2, to: 17.4, .partial),
                    .init(from: 17.4, to: 20, .recovery)]),
            .init("Vendor says", [.init(from: 13.8, to: 16, .down, label: "3 h 10")]), .init("We", []),
        ],
        marks: [
            .init(at: 13.3, "seen 10:18"), .init(at: 13.6, "vendor told 10:31"),
            .init(at: 15.1, "customers told 12:05"),
            .init(at: 17.4, "restored 14:28"),
        ],
        columns: (0..<33).map(hour), volumeTitle: "E-mails an hour", waitingTitle: "Waiting at the hour’s end",
        ticks: [.init(0, "Mon 12, 8:00"), .init(11, "Tue 13"), .init(22, "Wed 14"), .init(33, "end of Wed")])

    private static func day(_ index: Int) -> EventPlate.Column {
        let volume = Reading.value(Double(index) * 1e6)
        return EventPlate.Column(
            index == 4 ? .missing("no export") : volume, expected: index == 7 ? nil : 1e7,
            band: index == 8 ? LikelyRange(9, 3) : LikelyRange(-4e6, 2.4e7),
            waiting: index == 3 ? .infinity : Double(index) * 1e5, closed: index % 7 == 6, signal: index < 6)
    }
    private static func awkwardLane(_ index: Int) -> EventPlate.Lane {
        EventPlate.Lane(
            index == 1 ? longName : "System \(index)",
            [
                .init(from: -3, to: 9, .down, label: "9 days and more"),
                .init(from: 9, to: 9.01, .planned, label: "a moment"),
                .init(from: 12, to: 80, .partial, label: "partly down to the end of the year"),
            ])
    }
    private static let threeWeeks: EventPlate = {
        var marks = (0..<9).map { EventPlate.Mark(at: Double($0) * 0.7, "somebody did something at \($0):00") }
        marks.append(.init(at: .nan, "never"))
        marks.append(.init(at: 20.9, "at the very end of all of it"))
        return EventPlate(
            subject: "Three weeks with two starts and a name too long", lanes: (0..<5).map(awkwardLane), marks: marks,
            columns: (0..<21).map(day), volumeTitle: "Conversations a day on every channel",
            waitingTitle: "Waiting at the day’s end", ticks: (0..<21).map { .init(Double($0), "Day \($0) of June") })
    }()

    static let events: [Example] = [
        Example("event-ordinary", 770, 260, mailDown, finding: "Tuesday 13 October: 5 e-mails instead of 48"),
        Example("event-awkward", 376, 330, threeWeeks),
        Example(
            "event-too-little", 507, 150,
            EventPlate(
                subject: "Scheduler, 13 October",
                lanes: [
                    .init("Scheduler", [.init(from: 6, to: 7, .down, label: "52 min")]),
                    .init("Vendor says", [], remark: "published nothing"),
                ],
                columns: (0..<24).map { _ in EventPlate.Column(.missing("no export")) },
                volumeTitle: "Appointments an hour", ticks: [.init(0, "0:00"), .init(12, "12:00"), .init(24, "24:00")],
                absence: .missing("no export of appointments"))),
    ]

    static let checklists: [Example] = [
        Example(
            "checklist-ordinary", 376, 130,
            ChecklistPlate(
                subject: "Steps of the protocol",
                rows: [
                    .init("Tell the vendor", due: "10:45", done: "10:31", .kept, words: "kept, 14 min to spare"),
                    .init("Tell customers", due: "11:00", done: "12:05", .late, words: "late by 1 h 05"),
                    .init("Take calls instead", due: "11:30", .missed),
                    .init("Call who waited over 4 h", due: "Wed 14, 10:00", .notRecorded),
                    .init("Ask for the credit", due: "Fri 13 Nov", .notYetDue),
                ]), finding: "1 of 4 steps kept, 1 late, 1 missed"),
        Example(
            "checklist-awkward", 179, 150,
            ChecklistPlate(
                subject: "Awkward",
                rows: (0..<24).map {
                    .init(
                        "\(longName) must be told by telephone", due: "Wednesday 14 October, 10:00",
                        done: $0 % 2 == 0 ? "" : "Thursday 15 October", ChecklistPlate.Standing.allCases[$0 % 5],
                        words: $0 % 3 == 0 ? "late by 1,000 days and 3 hours" : "")
                })),
        Example(
            "checklist-too-little", 245, 70,
            ChecklistPlate(subject: "Steps", rows: [], emptyText: "no protocol is written for e-mail")),
    ]

    static let promises: [Example] = [
        Example(
            "promise-ordinary", 507, 160,
            PromisePlate(
                subject: "Availability by month against the contract", periods: months13.suffix(12).map { $0 },
                rows: [
                    .init(
                        "Northmail, e-mail", note: "99.5 % promised",
                        cells: [
                            .kept, .kept, .missed(0.9, "98.6"), .kept, .kept, .unknown, .kept, .kept,
                            .missed(2.1, "97.4"), .kept, .kept, .ahead,
                        ], totals: ["2 of 10", .bad("$412")]),
                    .init(
                        "Bookwell, scheduler", note: "99.0 % promised",
                        cells: [.none, .none, .none, .none, .kept, .kept, .kept, .kept, .kept, .kept, .kept, .kept],
                        totals: ["0 of 8", "$0"]),
                ], columns: ["Missed", "Credit due"]), finding: "Northmail missed 2 of 10 months"),
        Example(
            "promise-awkward", 245, 160,
            PromisePlate(
                subject: "Awkward", periods: (0..<24).map { "Month \($0)" },
                rows: (0..<12).map { row in
                    .init(
                        longName, note: "99.9995 % promised of all hours",
                        cells: (0..<24).map { month in
                            month == row ? .missed(.infinity, "0.000") : .missed(Double(month), "99.9\(month)")
                        },
                        totals: ["1,000,000 of 1,000,000", .bad("$1,000,000,000")])
                }, columns: ["Missed months", "Credit due"])),
        Example("promise-too-little", 310, 70, PromisePlate(subject: "Availability", periods: [], rows: [])),
    ]

    static let costWaterfall = WaterfallPlate(
        subject: "What the outage cost", columns: ["likely"],
        rows: [
            .init(
                "Gross not earned", .value(2_390, likely: LikelyRange(650, 4_120)), fill: .medium, value: "$2,390",
                cells: ["$650 to $4,120"]),
            .init("Staff time", .value(280), value: "$280", cells: [""]),
            .init("Remedies given", .value(120), value: "$120", cells: [""]),
            .init("Credit received", .value(-412), value: "−$412", cells: [""]),
            .init(
                "Together", .value(2_378, likely: LikelyRange(640, 4_110)), kind: .total, fill: .strong,
                value: "$2,378", cells: ["$640 to $4,110"]),
        ])

    static let costs: [Example] = [
        Example("waterfall-ranges", 376, 160, costWaterfall, finding: "About $2,400, likely $640 to $4,110")
    ]
}
