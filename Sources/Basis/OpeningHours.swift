/// A stretch of a local day by the wall clock: 07:30 to 12:00, or 22:00 to 06:00 of the next day.
public struct ClockInterval: Hashable, Sendable {
    /// Seconds of the local day by the wall clock, 0 to 86,399.
    public let start: Int
    /// Seconds after `start`'s midnight by the wall clock, more than `start`; what exceeds 86,400 lies in the next day.
    public let end: Int

    /// An end at or before the start, or beyond 86,400 seconds, is one of the next day: 22:00 to 06:00 (21,600 or
    /// 108,000). Nil when the start is no time of a day, or the interval would last more than 24 hours.
    public init?(start: Int, end: Int) {
        let end = end <= start ? end + 86_400 : end
        guard (0..<86_400).contains(start), end > start, end <= start + 86_400 else { return nil }
        self.start = start
        self.end = end
    }

    private init(wholeDay: Void) {
        start = 0
        end = 86_400
    }

    /// 00:00 to 24:00.
    public static let wholeDay = ClockInterval(wholeDay: ())
}

/// When a store or department is open, by its local wall clock: a week, and dates on which it is otherwise.
public struct OpeningHours: Hashable, Sendable {
    /// Seven days, Monday first. Intervals may overlap (they are united); none means closed.
    public private(set) var week: [[ClockInterval]]
    /// What holds on a date instead of the week. It replaces the whole local date, also the part of yesterday's
    /// interval that reaches into it; its own interval may reach into the next date. Empty means closed.
    public var exceptions: [Day: [ClockInterval]]

    /// Closed all week.
    public init() {
        week = Array(repeating: [], count: 7)
        exceptions = [:]
    }

    /// Nil unless the week has seven days.
    public init?(week: [[ClockInterval]], exceptions: [Day: [ClockInterval]] = [:]) {
        guard week.count == 7 else { return nil }
        self.week = week
        self.exceptions = exceptions
    }

    /// Sets the hours of some weekdays, Monday being 0; other numbers are passed over.
    public mutating func set(_ intervals: [ClockInterval], on weekdays: some Sequence<Int>) {
        for weekday in weekdays where week.indices.contains(weekday) { week[weekday] = intervals }
    }

    /// The intervals that begin on the date.
    public func intervals(beginningOn day: Day) -> [ClockInterval] { exceptions[day] ?? week[day.weekday] }

    /// The open stretches of a local date, cut at its midnights, in seconds of the wall clock: ascending, disjoint,
    /// within 0..<86,400. Yesterday's interval that passes midnight adds its tail unless the date is an exception.
    public func stretches(on day: Day) -> [Range<Int>] {
        var parts = intervals(beginningOn: day).map { $0.start..<min($0.end, 86_400) }
        if exceptions[day] == nil {
            parts += intervals(beginningOn: day + -1).filter { $0.end > 86_400 }.map { 0..<($0.end - 86_400) }
        }
        var united: [Range<Int>] = []
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = united.last, part.lowerBound <= last.upperBound {
                united[united.count - 1] = last.lowerBound..<max(last.upperBound, part.upperBound)
            } else {
                united.append(part)
            }
        }
        return united
    }
}

extension ClockInterval: CustomStringConvertible {
    /// `07:30-12:00`, `13:00-24:00`, `22:00-06:00`.
    public var description: String { "\(clock(start))-\(clock(end > 86_400 ? end - 86_400 : end))" }

    private func clock(_ seconds: Int) -> String {
        let minutes = "\(twoDigits(seconds / 3_600)):\(twoDigits(seconds / 60 % 60))"
        return seconds % 60 == 0 ? minutes : "\(minutes):\(twoDigits(seconds % 60))"
    }
}

extension OpeningHours: CustomStringConvertible {
    /// One line a weekday and one an exception, by date, in the text form that the parser reads: `mon: 08:00-18:00`.
    public var description: String {
        func text(_ intervals: [ClockInterval]) -> String {
            intervals.isEmpty ? "closed" : intervals.map(\.description).joined(separator: ", ")
        }
        let days = zip(Weekdays.names, week).map { "\($0): \(text($1))" }
        let dates = exceptions.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }
        return (days + dates).joined(separator: "\n")
    }
}
