import Drawing

extension Gallery {
    /// Invented waiting times in seconds, more short ones than long ones, the same every time.
    static func waits(_ count: Int, scale: Double, seed: UInt64) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let share = (Double(state >> 33) + 1) / 2_147_483_650
            // Shares to the power of five, so that some wait for days.
            return scale * (1 / (1.001 - share) - 0.9) * (0.4 + share)
        }
    }

    static let waitCurves = ECDFPlate(
        subject: "Open time until the first answer, % answered",
        curves: [
            .init(
                "Text", waits(512, scale: 1100, seed: 7), total: 552, value: "72 % within 1 h",
                note: "half within 17 min", margin: 5, atMarks: [.bad("72 %")]),
            .init(
                "E-mail", waits(486, scale: 330, seed: 11), total: 492, value: "91 %", note: "half within 5 min",
                look: .other, atMarks: ["91 %"]),
        ], axis: Axis(doublingSeconds: [60, 172_800]), doubling: true, marks: [.init(at: 3_600, "target 1 h")],
        xTitle: "open time, each step several times the one before")

    static let ecdfs: [Example] = [
        Example("ecdf-ordinary", 376, 210, waitCurves, finding: "Three of ten texts wait more than an hour"),
        Example(
            "ecdf-linear", 310, 180,
            ECDFPlate(
                subject: "Days until parts came",
                curves: [
                    .init(
                        "Parts", [0.5, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 8, 13].map { $0 * 86_400 }, value: "",
                        note: "half within 3 days")
                ], axis: Axis(holdingSeconds: [0, 14 * 86_400]))),
        Example(
            "ecdf-awkward", 245, 190,
            ECDFPlate(
                subject: "All alike, one beyond everything, some never",
                curves: [
                    .init(
                        longName, Array(repeating: 60, count: 999) + [6e7, .nan, .infinity, -5], total: 2_000,
                        value: "50 %", note: "half within a minute or never, as it happens", margin: .nan,
                        atMarks: ["50 %", .bad("50 %"), "50 %"]),
                    .init("two", [3_600], value: "100 %", look: .other, atMarks: ["0 %", "100 %"]),
                    .init("three", [], look: .background),
                ], axis: Axis(doublingSeconds: [1, 6e7]), doubling: true,
                marks: [.init(at: 60, "a minute"), .init(at: 3_600, "an hour"), .init(at: .nan, "never")],
                xTitle: longName + " " + longName)),
        Example(
            "ecdf-too-little", 245, 120,
            ECDFPlate(
                subject: "Open time until the first answer", curves: [.init("Chat", [], value: "")],
                axis: Axis(holdingSeconds: []), absence: .tooFew("too few: 6 of 20 needed"))),
    ]

    static func october(_ signals: Set<Int>) -> CalendarPlate.Month {
        let days = (1...31).map { day -> CalendarPlate.Day in
            if (day + 2) % 7 == 6 { return .closed }
            if day > 28 { return .ahead }
            if day == 14 || day == 15 { return .missing }
            return .value(tone: [0, 1, 2, 2, 1, 0, 3][(day * 5) % 7], signal: signals.contains(day))
        }
        return .init("October 2026", short: "Oct", firstColumn: 3, days: days)
    }

    static let year: [CalendarPlate.Month] = {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var column = 3
        return zip(names, lengths).enumerated().map { month, item in
            let first = column
            column = (column + item.1) % 7
            let days = (0..<item.1).map { day -> CalendarPlate.Day in
                if (first + day) % 7 == 6 { return .closed }
                if month > 9 { return .ahead }
                return .value(tone: (day * 7 + month * 3) % 11 / 3, signal: month == 8 && day == 16)
            }
            return .init("\(item.0) 2026", short: item.0, firstColumn: first, days: days)
        }
    }()

    static let leaves: CalendarPlate = {
        var plate = CalendarPlate(
            subject: "Conversations by day", weekdays: weekdays, months: year, toneTitle: "Conversations",
            tones: ["under 20", "20 to 40", "40 to 60", "60 and more"])
        plate.asLeaves = true
        return plate
    }()

    static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

    static let calendars: [Example] = [
        Example(
            "calendar-ordinary", 245, 190,
            CalendarPlate(
                subject: "Answered in time by day", weekdays: weekdays, months: [october([10, 17])],
                toneTitle: "In time", tones: ["over 95 %", "90 %", "80 %", "less"], remarks: ["Sat 17 Oct 48 %"]),
            finding: "Two Saturdays are far below"),
        Example(
            "calendar-year", 507, 150,
            CalendarPlate(
                subject: "Conversations by day", weekdays: weekdays, months: year, toneTitle: "Conversations",
                tones: ["under 20", "20 to 40", "40 to 60", "60 and more"])),
        Example(
            "calendar-leaves", 376, 460, leaves),
        Example(
            "calendar-awkward", 179, 240,
            CalendarPlate(
                subject: "Forty years", weekdays: ["Montag", "Di", "Mi", "Do", "Fr", "Sa", "So"],
                months: (0..<480).map { index in
                    .init(
                        "\(longName) \(index)", short: "Month \(index)", firstColumn: index % 9 - 1,
                        days: (0..<31).map { .value(tone: $0 - 4, signal: $0 == 30) })
                }, toneTitle: longName, tones: ["one", "two", longName])),
        Example(
            "calendar-too-little", 245, 60,
            CalendarPlate(
                subject: "Answered in time by day", weekdays: weekdays, months: [],
                absence: .missing("no export for October"))),
    ]
}
