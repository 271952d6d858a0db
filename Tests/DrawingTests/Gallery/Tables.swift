import Drawing

extension Gallery {
    static let owedTable = TablePlate(
        subject: "Customers owed",
        columns: [
            .init("Customer"), .init("Waited", align: .right), .init("What it cost the customer", flexible: true),
            .init("Told", align: .right),
        ],
        rows: [
            .group(number: "3", title: "A call from the manager"),
            .row(["R. Alvarez", Label("26 h", .ink), "lost loan car", Label("no", .quiet)]),
            .row(["T. Brandt", Label("22 h", .ink), "price quote late", Label("no", .quiet)]),
            .row(["L. Nguyen", Label("9 h", .ink), "test drive missed", Label("no", .quiet)]),
            .group(number: "4", title: "Discount or free item"),
            .row(["K. Osei", "8 h", "visit moved a day", Label("no", .quiet)]),
            .row(["M. Ferrari", "8 h", "visit moved a day", Label("no", .quiet)]),
            .row(["D. Walsh", "7 h", "parts not held", Label("no", .quiet)]),
            .group(number: "5", title: "Small credit and an apology"),
            .row(["P. Lindqvist", "4 h", "answer late", Label("14 Oct", .ink)]),
        ], rowHeight: 13.2)

    static let grossTable = TablePlate(
        columns: [
            .init(""), .init("Sales", align: .right), .init("Gross", align: .right),
            .init("Per visit, of 938", align: .right),
        ],
        rows: [
            .row(["Conquest", "13", "$30,700", "$33"]), .row(["Loyalty", "21", "$40,700", "$43"]),
            .total(["Together", "34", "$71,400", "$76"]),
        ], rowHeight: 15)

    static let tables: [Example] = [
        Example("table-ordinary", 310, 200, owedTable), Example("table-total", 245, 100, grossTable),
        Example(
            "table-awkward", 245, 200,
            TablePlate(
                columns: [
                    .init("Customer with a long header", flexible: true), .init("Waited for an answer", align: .right),
                    .init("What it cost", align: .right),
                ],
                rows: (0..<60).map {
                    .row([Label(longName), .bad("\($0 * 100_000_000)"), Label("$\($0),000,000,000")])
                })),
        Example(
            "table-too-little", 310, 80,
            TablePlate(
                columns: [.init("Customer"), .init("Waited", align: .right)], rows: [],
                emptyText: "nobody is owed a remedy")),
    ]

    static func heatRow(
        _ label: String, _ volumes: [Double], _ tones: [Int], signals: Set<Int> = [], closed: Set<Int> = [],
        totals: [Label], bold: Bool = false
    ) -> HeatPlate.Row {
        .init(
            label,
            cells: volumes.indices.map {
                closed.contains($0)
                    ? .closed : .value(volume: volumes[$0], tone: tones[$0], signal: signals.contains($0))
            }, totals: totals, emphasised: bold)
    }

    static let weekHeat: HeatPlate = {
        let volumes: [Double] = [10, 28, 40, 40, 38, 33, 28, 30, 28, 38, 34, 20]
        let tones = [1, 2, 2, 1, 1, 1, 1, 0, 0, 1, 1, 1]
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri"]
        var rows = names.map { heatRow($0, volumes, tones, totals: ["402", Label("31", .quiet), Label("92 %", .ink)]) }
        rows.append(
            heatRow(
                "Sat", [0, 30, 40, 42, 38, 34, 30, 34, 36, 40, 0, 0], [0, 2, 2, 1, 1, 1, 1, 1, 1, 2, 0, 0],
                signals: [3, 4, 5, 6, 7, 8], closed: [0, 10, 11], totals: ["342", Label("22", .quiet), .bad("69 %")],
                bold: true))
        rows.append(
            .init(
                "Sun", cells: Array(repeating: .closed, count: 12), closedNote: "closed: Sunday’s 54 are due on Monday",
                totals: ["54", Label("54", .quiet), Label("93 %", .ink)]))
        return HeatPlate(
            subject: "Conversations by hour and weekday",
            hours: ["8:00", "", "10:00", "", "12:00", "", "14:00", "", "16:00", "", "18:00", ""],
            rows: rows, columns: ["All", "Closed", "In time"],
            sizes: [.init(5, "5"), .init(20, "20"), .init(40, "40 conversations")],
            toneTitle: "Half within", tones: ["10 min", "20 min", "40 min"])
    }()

    static let heats: [Example] = [
        Example("heat-ordinary", 442, 225, weekHeat),
        Example(
            "heat-awkward", 310, 170,
            HeatPlate(
                subject: "Around the clock", hours: (0..<24).map { "\($0):00" },
                rows: (0..<7).map { day in
                    .init(
                        "Weekday number \(day) \(longName)",
                        cells: (0..<24).map { .value(volume: Double($0 * day) * 1e6, tone: $0 % 5, signal: $0 == 5) },
                        totals: ["1,000,000,000", .bad("69 %")])
                }, columns: ["All", "In time"],
                sizes: [.init(1e6, "1,000,000"), .init(1e8, "100,000,000 conversations")], toneTitle: "Half within",
                tones: ["10 min", "20 min", "40 min", "80 min"])),
        Example(
            "heat-too-little", 310, 170,
            HeatPlate(
                subject: "Nothing", hours: (8..<18).map { "\($0):00" },
                rows: ["Mon", "Tue", "Wed"].map { .init($0, cells: Array(repeating: .empty, count: 10)) },
                absence: .missing("no export for October"))),
    ]
}
