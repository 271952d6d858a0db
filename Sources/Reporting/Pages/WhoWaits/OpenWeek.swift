import Basis
import Dealership

/// Which hours of the week the stores of a report are open, all together.
struct OpenWeek {
    /// By weekday, Monday first: seconds of the day; nil: no hours are given.
    let days: [[Range<Int>]]?
    /// The hours in words, where all stores and departments have the same.
    let words: String?

    init(_ context: ReportContext) {
        let stores = context.request.store.map { [$0] } ?? context.header.stores.map(\.identifier)
        let all = context.settings.hours.inUse(stores: stores)
        guard let first = all.first else {
            (days, words) = (nil, nil)
            return
        }
        words = all.allSatisfy { $0.week == first.week } ? Words.hours(first) : nil
        var united = [[Range<Int>]](repeating: [], count: 7)
        for hours in all {
            for day in 0..<7 {
                for interval in hours.week[day] {
                    united[day].append(interval.start..<min(interval.end, 86_400))
                    // What passes midnight belongs to the next weekday's early hours.
                    if interval.end > 86_400 { united[(day + 1) % 7].append(0..<(interval.end - 86_400)) }
                }
            }
        }
        days = united
    }

    /// Some of the hour is open.
    func isOpen(weekday: Int, hour: Int) -> Bool {
        guard let days else { return true }
        return days[weekday].contains { $0.overlaps(hour * 3_600..<(hour + 1) * 3_600) }
    }

    /// Hours of which some weekday is open; all of the day without opening hours.
    var hours: ClosedRange<Int>? {
        guard let days else { return 0...23 }
        let open = (0..<24).filter { hour in days.indices.contains { isOpen(weekday: $0, hour: hour) } }
        guard let first = open.first, let last = open.last else { return nil }
        return first...last
    }

    /// The next weekday with open hours.
    func nextOpenDay(after weekday: Int) -> Int? {
        guard let days else { return nil }
        return (1...7).map { (weekday + $0) % 7 }.first { !days[$0].isEmpty }
    }
}
