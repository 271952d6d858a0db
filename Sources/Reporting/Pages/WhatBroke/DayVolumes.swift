import Basis
import Dealership
import Measures
import Statistics

/// Conversations by day, with what is usual on that weekday.
struct DayVolumes {
    struct Usual {
        /// Mean of the clean weeks.
        var level: Double
        /// Limits of one further day.
        var lower: Double
        var upper: Double
        var weeks: Int
    }

    let context: ReportContext
    /// Days that the exports cover; nil: no conversations are exported.
    let known: ClosedRange<Day>?
    private let counts: [Day: Int]
    private let unclean: Set<Day>
    private let hours: [OpeningHours]
    /// How many clean weeks are looked up, by the owner's setting.
    var weeks: Int { context.settings.outages.impact.weeks }
    /// Fewer say nothing of what is usual.
    private static let weeksAtLeast = 4
    /// On a weekday that has this many, a day without any is a hole in the export.
    private static let manyADay = 8

    init(_ context: ReportContext) {
        self.context = context
        let settings = context.settings.hours
        let stores = context.request.store.map { [$0] } ?? context.header.stores.map(\.identifier)
        // A store without hours is open as far as anybody knows.
        let isUnknown = stores.contains { settings.hours(store: $0, department: nil) == nil }
        hours = isUnknown ? [] : settings.inUse(stores: stores)
        var counts: [Day: Int] = [:]
        for text in context.labels(.volumesByDay, .day) {
            guard let day = DayVolumes.day(text) else { continue }
            counts[day] = context.count(.volumesByDay, "conversations", [.day: text])
        }
        self.counts = counts.filter { $0.value > 0 }
        let tables: [StandardTable] = [.messages, .conversations].filter { context.header.has($0) }
        let ends = tables.flatMap { context.audits($0) }
        if !self.counts.isEmpty, let first = ends.compactMap(\.firstDay).min(),
            let last = ends.compactMap(\.lastDay).max(), first <= last
        {
            known = first...min(max(last, first), max(context.header.asOfDay, first))
        } else {
            known = nil
        }
        unclean = DayVolumes.daysWithOutage(context)
    }

    private static func day(_ text: String) -> Day? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? Day(year: parts[0], month: parts[1], day: parts[2]) : nil
    }

    /// Days on which something was down for at least a tenth of the report's stores.
    private static func daysWithOutage(_ context: ReportContext) -> Set<Day> {
        var days: Set<Day> = []
        let stores = context.request.store == nil ? context.header.stores.count : 1
        for outage in context.header.outages {
            if outage.store >= 0 {
                if let store = context.request.store, context.header.stores[Int(outage.store)].identifier != store {
                    continue
                }
                if stores > 10 { continue }
            }
            let zone = outage.store >= 0 ? context.header.zone(ofStore: Int(outage.store)) : context.header.zones[0]
            let end = min(outage.end ?? context.header.asOf, context.header.asOf)
            guard outage.start <= end else { continue }
            let last = zone.day(at: max(outage.start, end + -1))
            var day = max(zone.day(at: outage.start), (context.month + -3).firstDay)
            while day <= last {
                days.insert(day)
                day = day + 1
            }
        }
        return days
    }

    /// No hour of it is open; false where hours are not given.
    func isClosed(_ day: Day) -> Bool { !hours.isEmpty && hours.allSatisfy { $0.stretches(on: day).isEmpty } }
    /// Its hours differ from the weekday's: a holiday, an inventory day.
    private func isException(_ day: Day) -> Bool { hours.contains { $0.exceptions[day] != nil } }

    func hadOutage(_ day: Day) -> Bool { unclean.contains(day) }

    /// Nil: not covered, or a hole in the export.
    func count(_ day: Day) -> Int? {
        guard let known, known.contains(day) else { return nil }
        if let count = counts[day] { return count }
        let others = counts.filter { $0.key.weekday == day.weekday }.map(\.value).sorted()
        return others.isEmpty || others[others.count / 2] < DayVolumes.manyADay || isException(day) ? 0 : nil
    }

    /// Mean of the same weekday's last clean weeks, with the limits of one further day by Student's t.
    func usual(_ day: Day) -> Usual? {
        if isException(day) { return nil }
        var values: [Double] = []
        var before = day + -7
        while let known, before >= known.lowerBound, day - before <= 7 * 13, values.count < weeks {
            if !hadOutage(before), !isException(before), let count = count(before) { values.append(Double(count)) }
            before = before + -7
        }
        guard values.count >= DayVolumes.weeksAtLeast, let mean = Moments.mean(values),
            let deviation = Moments.standardDeviation(values)
        else { return nil }
        let n = Double(values.count)
        let reach =
            StudentDistribution(degreesOfFreedom: n - 1).twoSided(level: 0.95) * deviation * (1 + 1 / n).squareRoot()
        return Usual(level: mean, lower: mean - reach, upper: mean + reach, weeks: values.count)
    }

    /// Days of the report's month with an outage and clearly fewer conversations than usual.
    var quietDays: [Day] {
        days.filter { day in
            guard hadOutage(day), !isClosed(day), let count = count(day), let usual = usual(day) else { return false }
            return Double(count) < usual.lower
        }
    }

    var days: [Day] { (0..<(context.month.lastDay - context.month.firstDay + 1)).map { context.month.firstDay + $0 } }
}
