import Basis

/// Where and when a store works: its zone, hours and the days of the exports.
struct StoreFrame: Sendable {
    let index: Int
    let identifier: String
    let name: String
    let zoneName: String
    let sharingGroup: String
    let zone: ZoneRules
    let hours: OpeningHours
    /// Open time from before the exports to well behind them.
    let open: IntervalSet
    let firstDay: Day
    let lastDay: Day
    /// The end of the last day: the exports know nothing later.
    let end: Instant
    let isSeasonal: Bool
    /// Open stretches by day, from `knownFrom` on; what a month's days weigh together, with closed days and without.
    private let known: [[Range<Int>]]
    private let knownFrom: Day
    private var monthWeights: [Month: (withClosed: Double, openOnly: Double)] = [:]

    static let zoneNames = [
        "America/Chicago", "America/New_York", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    ]
    private static let names = [
        "Riverside Motors", "Lakeside Motors", "Hillcrest Autos", "Prairie Auto Center", "Harbor Street Motors",
        "Northgate Autos", "Cedar Park Motors", "Millbrook Autos", "Stonebridge Motors", "Eastfield Auto Center",
    ]

    init(_ options: SampleOptions, index: Int, zones: (String) -> ZoneRules) {
        self.index = index
        identifier = "S\(index + 1)"
        let round = index / Self.names.count
        name = Self.names[index % Self.names.count] + (round > 0 ? " \(round + 1)" : "")
        zoneName = Self.zoneNames[index % Self.zoneNames.count]
        // The fourth store and the fifth share their customers; the others keep their own.
        sharingGroup = index == 4 ? "S4" : identifier
        zone = zones(zoneName)
        hours = StoreFrame.hours(options)
        firstDay = options.firstDay
        lastDay = options.lastDay
        end = zone.startOfDay(lastDay + 1)
        isSeasonal = options.has(.seasonality)
        let time = OpenTime(hours: hours, zone: zone, from: firstDay + -60, through: lastDay + 120)
        open = IntervalSet(time.intervals(from: time.covered.lowerBound, to: time.covered.upperBound) ?? [])
        let (hours, from) = (hours, firstDay + -60)
        knownFrom = from
        known = (0..<(lastDay - from + 120)).map { hours.stretches(on: from + $0) }
        for months in 0..<options.months {
            let month = options.lastMonth + -months
            let days = (0...(month.lastDay - month.firstDay)).map { month.firstDay + $0 }
            monthWeights[month] = (
                days.reduce(0) { $0 + weight($1, closedShare: 1) }, days.reduce(0) { $0 + weight($1, closedShare: 0) }
            )
        }
    }

    /// Monday to Friday 07:30–19:00, Saturday 08:00–17:00, American holidays.
    static func hours(_ options: SampleOptions) -> OpeningHours {
        var hours = OpeningHours()
        let weekday = ClockInterval(start: 27_000, end: 68_400)
        let saturday = ClockInterval(start: 28_800, end: 61_200)
        hours.set(weekday.map { [$0] } ?? [], on: 0...4)
        hours.set(saturday.map { [$0] } ?? [], on: [5])
        for (day, isClosed) in Holidays.all(options) {
            hours.exceptions[day] = isClosed ? [] : ClockInterval(start: 28_800, end: 43_200).map { [$0] } ?? []
        }
        return hours
    }

    /// In seconds of the day by the wall clock.
    func stretches(on day: Day) -> [Range<Int>] {
        let index = day - knownFrom
        return known.indices.contains(index) ? known[index] : hours.stretches(on: day)
    }

    func isOpen(on day: Day) -> Bool { !stretches(on: day).isEmpty }

    /// The day itself or the next one that is open.
    func openDay(from day: Day) -> Day {
        var day = day
        for _ in 0..<14 where !isOpen(on: day) { day = day + 1 }
        return day
    }

    /// By the wall clock.
    func instant(_ day: Day, _ second: Int) -> Instant { zone.instant(day: day, secondOfDay: second).instant }

    /// An instant whose wall clock reads back as the same instant: an hour that the clock repeats is left out.
    func readable(_ instant: Instant) -> Instant {
        let local = zone.localSeconds(at: instant)
        let day = Day(number: Int32(local.floorDivided(by: 86_400)))
        let back = zone.instant(day: day, secondOfDay: Int(local - Int64(day.number) * 86_400)).instant
        return back == instant ? instant : instant + 3_600
    }
}

// MARK: - Busy and quiet times

extension StoreFrame {
    /// Against the year's mean, January first: a quiet winter, a busy summer and October.
    private static let months = [0.90, 0.91, 0.99, 1.0, 1.03, 1.05, 1.03, 1.03, 1.0, 1.06, 1.0, 0.96]
    private static let weekdays = [1.16, 1.1, 1.0, 1.02, 1.04, 0.88, 0.16]
    /// From 07:00 on.
    private static let hourly = [0.7, 1.05, 1.3, 1.35, 1.2, 0.95, 0.9, 1.0, 1.1, 1.2, 1.05, 0.7]

    private func weight(_ day: Day, closedShare: Double) -> Double {
        guard isOpen(on: day) else { return isSeasonal ? Self.weekdays[6] * closedShare : closedShare * 0.16 }
        return isSeasonal ? Self.weekdays[min(day.weekday, 5)] : 1
    }

    /// What falls on a day, of so many a month, on closed days too or not.
    func mean(on day: Day, monthly: Double, withClosed: Bool) -> Double {
        guard let sums = monthWeights[day.month] else { return 0 }
        let sum = withClosed ? sums.withClosed : sums.openOnly
        let season = isSeasonal ? Self.months[day.month.monthOfYear - 1] : 1
        return sum > 0 ? monthly * season * weight(day, closedShare: withClosed ? 1 : 0) / sum : 0
    }

    /// A second of the day by the wall clock while open; nil on a closed day.
    func openSecond(on day: Day, _ random: inout RandomStream) -> Int? {
        let stretches = self.stretches(on: day)
        guard let first = stretches.first, let last = stretches.last else { return nil }
        for _ in 0..<40 {
            let second = random.within(first.lowerBound...(last.upperBound - 1))
            let hour = max(0, min(Self.hourly.count - 1, second / 3_600 - 7))
            let isWanted = !isSeasonal || random.chance(Self.hourly[hour] / 1.4)
            if isWanted, stretches.contains(where: { $0.contains(second) }) { return second }
        }
        return first.lowerBound
    }

    /// A second of the day by the wall clock while closed: mostly in the evening.
    func closedSecond(on day: Day, _ random: inout RandomStream) -> Int {
        let stretches = self.stretches(on: day)
        let closing = stretches.last?.upperBound ?? 32_400
        for _ in 0..<40 {
            let kind = random.share()
            let second: Int
            if !isSeasonal || kind < 0.1 {
                second = random.below(86_400)
            } else if kind < 0.32, let opening = stretches.first?.lowerBound {
                second = random.within(min(19_800, opening - 1)...(opening - 1))
            } else {
                second = random.within(closing...max(closing, 83_000))
            }
            // Between 1 and 3 in the night the clock may be put forward or back.
            if !(3_600..<10_800).contains(second), !stretches.contains(where: { $0.contains(second) }) { return second }
        }
        return 84_000
    }
}
