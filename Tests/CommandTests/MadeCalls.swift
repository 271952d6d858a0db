import Foundation

/// A dealership whose calls are made so that what is true is known: weeks of stores, so many of a week's calls
/// answered.
struct MadeCalls {
    static let weeksBefore = 40
    static let weeks = 57

    var stores = ["S1"]
    /// Calls of a store in a week; nil where the export has none.
    var calls: @Sendable (_ store: Int, _ week: Int) -> Int? = { _, _ in 30 }
    /// The share answered, in percent; chance is added by the seed.
    var answered: @Sendable (_ store: Int, _ week: Int) -> Double = { _, _ in 75 }
    /// Points that a store's week is off by, at most.
    var scatter = 4.0
    var more = ""
    var outages: String?

    static let effort = """
        name: Scripts for the phone
        what: Whoever takes calls has a page with the ten questions that come most.
        why: CALL-01@2026-05, three in ten calls are missed
        owner: Ellis
        asked: [{ who: BDC, said: Good. }]
        start: 2026-07-06
        goal: { measure: calls.answered_share, direction: up, change: 8 points, by: 2026-10-31 }
        period: week
        looks: 2
        dip: { days: 14 }

        """

    /// A number in −1…1 that depends on seed and place alone.
    static func chance(_ place: Int) -> Double {
        var x = UInt64(bitPattern: Int64(place)) &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((x ^ (x >> 31)) >> 11) / Double(1 << 52) - 1
    }

    /// Monday 2025-09-29 is the first of 40 weeks before Monday 2026-07-06.
    private static func day(_ week: Int, _ weekday: Int) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC") ?? .gmt
        let first = DateComponents(calendar: calendar, year: 2025, month: 9, day: 29).date ?? .distantPast
        let day = calendar.date(byAdding: .day, value: week * 7 + weekday, to: first) ?? first
        let parts = calendar.dateComponents([.year, .month, .day], from: day)
        func two(_ number: Int?) -> String { String(format: "%02d", number ?? 0) }
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
    }

    /// Writes settings, stores and calls; efforts are the test's.
    func write(to folder: borrowing ScratchFolder) throws {
        try folder.write(
            "name: Riverside Motors\ntime-zone: UTC\nhours: { mon-fri: \"08:00-18:00\" }\n"
                + "channels: { phone: managed, email: managed }\n\(more)", "dealership.yaml")
        let rows = stores.map { "\($0),\($0) Motors,UTC,G\n" }.joined()
        try folder.write("store_id,name,time_zone,sharing_group\n\(rows)", "exports/stores.csv")
        if let outages { try folder.write(outages, "exports/outages.csv") }
        var text = "message_id,conversation_id,store_id,customer_id,channel,direction,outcome,sent_at\n"
        var number = 0
        for week in 0..<Self.weeks {
            let days = (0..<5).map { Self.day(week, $0) }
            for store in stores.indices {
                guard let calls = calls(store, week) else { continue }
                let share = answered(store, week) + scatter * Self.chance(week * 100 + store)
                let taken = Int((share / 100 * Double(calls)).rounded())
                for call in 0..<calls {
                    number += 1
                    let outcome = call < taken ? "answered" : "missed"
                    let time = "T\(String(format: "%02d", 9 + call % 8)):15:00"
                    text += "C\(number),T\(number),\(stores[store]),K\(number),phone,inbound,"
                    text += "\(outcome),\(days[call % 5])\(time)\n"
                }
            }
        }
        try folder.write(text, "exports/messages.csv")
    }
}
