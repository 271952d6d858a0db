public import Basis

// What the owner says about answering beside targets: who is there when, what an audit found, what is worth a look.

/// Who is there to answer, by each store's own clock.
public struct StaffingSettings: Hashable, Sendable {
    /// So many people on a stretch of a weekday.
    public struct Shift: Hashable, Sendable {
        /// Monday is 0.
        public var weekday: Int
        public var interval: ClockInterval
        public var people: Int
        public init(weekday: Int, interval: ClockInterval, people: Int) {
            self.weekday = weekday
            self.interval = interval
            self.people = people
        }
    }

    /// By department. Shifts of one weekday add up where they overlap.
    public let shifts: [String: [Shift]]
    /// By department: people on duty in thousandths, hour by hour from Monday midnight on, 168 of them.
    private let permille: [String: [Int]]

    public init(shifts: [String: [Shift]]) {
        self.shifts = shifts
        permille = shifts.mapValues { shifts in
            var hours = [Int](repeating: 0, count: 168)
            for shift in shifts {
                let midnight = shift.weekday * 86_400
                var second = midnight + shift.interval.start
                let end = midnight + shift.interval.end
                while second < end {
                    let next = min((second / 3_600 + 1) * 3_600, end)
                    // What reaches over Sunday's midnight is Monday's.
                    hours[second / 3_600 % 168] += (next - second) * shift.people
                    second = next
                }
            }
            return hours.map { ($0 * 1_000 + 1_800) / 3_600 }
        }
    }

    /// In order of their names.
    public var departments: [String] { shifts.keys.sorted() }

    /// People of a department on duty in an hour of the week (Monday is 0, the hour 0 to 23), in thousandths: two people for
    /// half of it are 1000. Nil: nothing is said of the department, or there is no such hour.
    public func peoplePermille(department: String, weekday: Int, hour: Int) -> Int? {
        guard (0..<7).contains(weekday), (0..<24).contains(hour) else { return nil }
        return permille[department]?[weekday * 24 + hour]
    }

    /// The same of all departments that something is said of.
    public func peoplePermille(weekday: Int, hour: Int) -> Int? {
        guard (0..<7).contains(weekday), (0..<24).contains(hour), !permille.isEmpty else { return nil }
        return permille.values.reduce(0) { $0 + $1[weekday * 24 + hour] }
    }
}

/// A sample of customers' contacts that somebody looked through by hand, and how many had gone past the dealership's channels.
public struct OffChannelAudit: Hashable, Sendable {
    public var lookedAt: Int
    /// At most `lookedAt`.
    public var offChannel: Int
    public init(lookedAt: Int, offChannel: Int) {
        self.lookedAt = lookedAt
        self.offChannel = offChannel
    }
}

/// Which replies look as if they were made to stop the clock. They are listed for a look, never scored.
public struct StoppedClockSettings: Hashable, Sendable {
    /// One person's first replies with the same text, of all of theirs, above which they are listed; in thousandths.
    public var sharePermille: Int
    /// Wall seconds under which nobody can have read and answered.
    public var seconds: Int64
    /// First replies of a person below which a share says nothing.
    public var minimum: Int
    public init(sharePermille: Int, seconds: Int64, minimum: Int) {
        self.sharePermille = sharePermille
        self.seconds = seconds
        self.minimum = minimum
    }
}
