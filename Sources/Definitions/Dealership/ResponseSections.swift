import Basis
import Dealership

// `staffing`, `off-channel-audit` and `stopped-clocks` of dealership.yaml.

extension Reader {
    /// `sales: { mon-fri: "09:00-12:00 x2, 13:00-18:00 x3", sat: "09:00-13:00" }` by department.
    mutating func staffing(_ field: Field) -> StaffingSettings? {
        guard let entries = entries(field, of: quoted("staffing")) else { return nil }
        var shifts: [String: [StaffingSettings.Shift]] = [:]
        for entry in entries { shifts[entry.key] = self.shifts(entry) }
        return StaffingSettings(shifts: shifts)
    }

    private mutating func shifts(_ field: Field) -> [StaffingSettings.Shift]? {
        var shifts: [StaffingSettings.Shift] = []
        let isRead = eachDays(field) { reader, entry, days in
            guard let staffed = reader.staffed(entry) else { return false }
            for day in days {
                shifts += staffed.map { .init(weekday: day, interval: $0.interval, people: $0.people) }
            }
            return true
        }
        return isRead == true ? shifts : nil
    }

    /// One value or a list of intervals, each with the number of people behind it.
    private mutating func staffed(_ field: Field) -> [(interval: ClockInterval, people: Int)]? {
        guard let items = items(field, of: "the hours") else { return nil }
        var staffed: [(interval: ClockInterval, people: Int)] = []
        for item in items {
            guard let text = raw(item, "hours such as \"09:00-18:00 x2\"") else { return nil }
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let people = people(part, item) else { return nil }
                do {
                    staffed += try ClockInterval.list(people.hours).map { ($0, people.count) }
                } catch {
                    fault(.badHours, item, error.message, [error.remedy])
                    return nil
                }
            }
        }
        return staffed
    }

    /// The number behind the last x or ×; one person without it.
    private mutating func people(_ text: Substring, _ field: Field) -> (hours: Substring, count: Int)? {
        guard let mark = text.lastIndex(where: { "xX×".contains($0) }) else { return (text, 1) }
        let digits = text[text.index(after: mark)...].filter { !$0.isWhitespace }
        guard let count = Int(digits), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            fault(
                .badNumber, field, "\(quoted(digits)) is not a number of people",
                ["write how many people are there behind the hours: 09:00-18:00 x2"])
            return nil
        }
        guard (1...1_000).contains(count) else {
            outOfRange(field, digits, "1", "1000")
            return nil
        }
        return (text[..<mark], count)
    }

    /// `{ looked-at: 200, off-channel: 31 }`: both or nothing.
    mutating func offChannelAudit(_ field: Field) -> OffChannelAudit? {
        guard let fields = fields(field, .offChannelAudit, of: quoted("off-channel-audit")) else { return nil }
        let looked = required(fields, "looked-at", "write `looked-at:` and how many contacts somebody looked at")
            .flatMap { integer($0, in: 1...10_000_000) }
        let found = required(fields, "off-channel", "write `off-channel:` and how many of them were off channel")
        guard let found, let count = integer(found, in: 0...10_000_000), let looked else { return nil }
        guard count <= looked else {
            outOfRange(found, "\(count)", "0", "\(looked), which were looked at")
            return nil
        }
        return OffChannelAudit(lookedAt: looked, offChannel: count)
    }

    mutating func stoppedClocks(_ field: Field?) -> StoppedClockSettings {
        let fields = field.flatMap { self.fields($0, .stoppedClocks, of: quoted("stopped-clocks")) }
        return StoppedClockSettings(
            sharePermille: fields?["share"].flatMap { share($0) } ?? Defaults.stoppedClockPermille,
            seconds: fields?["seconds"].flatMap { integer($0, in: 0...3_600) }.map(Int64.init)
                ?? Defaults.stoppedClockSeconds,
            minimum: fields?["minimum"].flatMap { integer($0, in: 1...10_000) } ?? Defaults.stoppedClockMinimum)
    }
}
