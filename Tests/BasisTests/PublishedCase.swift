import Basis
import Foundation
import Testing

/// One value of a JSON fixture.
enum JSON: Hashable, Sendable, Decodable {
    case null
    case bool(Bool)
    case int(Int64)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    subscript(key: String) -> JSON {
        if case .object(let members) = self { members[key] ?? .null } else { .null }
    }
    var text: String { if case .text(let value) = self { value } else { "" } }
    var int: Int64 { if case .int(let value) = self { value } else { 0 } }
    var list: [JSON] { if case .list(let value) = self { value } else { [] } }
    var members: [String: JSON] { if case .object(let value) = self { value } else { [:] } }

    /// A file under `Tests/Fixtures`.
    static func fixture(_ path: String) throws -> JSON {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(JSON.self, from: Data(contentsOf: tests.appending(path: "Fixtures/\(path)")))
    }
}

extension JSON {
    /// `2010-04-12T09:50:00-04:00` or `…Z`; `inf` and `-inf` are the last and first instant there is.
    var instant: Instant {
        if text == "inf" { return Instant(seconds: .max) }
        if text == "-inf" { return Instant(seconds: .min) }
        let zone = text.dropFirst(19)
        let east = zone == "Z" ? 0 : JSON.text(String(zone.dropFirst())).clockSeconds * (zone.first == "-" ? -1 : 1)
        let clock = JSON.text(String(text.dropFirst(11).prefix(8))).clockSeconds
        return Instant(seconds: Int64(day.number) * 86_400 + Int64(clock - east))
    }

    /// `2010-04-12`, also as the beginning of an instant.
    var day: Day {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        return Day(year: parts[0], month: parts[1], day: parts[2])!
    }

    /// `09:50` or `09:50:30` in seconds.
    var clockSeconds: Int {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        return parts[0] * 3_600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
    }

    var range: Range<Instant> { list[0].instant..<list[1].instant }

    init(_ instant: Instant?) { self = instant.map { .text($0.description) } ?? .null }

    init(_ range: Range<Instant>) { self = .list([JSON(range.lowerBound), JSON(range.upperBound)]) }

    /// The same instants written as ours are, in UTC.
    var inUTC: JSON { text.count >= 20 ? JSON(instant) : self }
}

/// A case of another project's test suite.
struct PublishedCase: Sendable, CustomTestStringConvertible {
    var json: JSON
    var id: String { json["id"].text }
    var op: String { json["op"].text }
    var testDescription: String { "\(id) \(op)" }

    static func all(of suite: String, ops: Set<String>? = nil) -> [PublishedCase] {
        // A missing fixture gives no cases; the tests compare their number.
        let cases = (try? JSON.fixture("published/\(suite).json"))?["cases"].list ?? []
        return cases.map { PublishedCase(json: $0) }.filter { ops?.contains($0.op) ?? true }
    }
}

/// Where we differ by our own rule.
struct Difference: Sendable {
    var id: String
    /// What the other project expects.
    var theirs: JSON
    var ours: JSON
    var reason: String

    init(_ id: String, theirs: JSON, ours: JSON, _ reason: String) {
        (self.id, self.theirs, self.ours, self.reason) = (id, theirs, ours, reason)
    }
}

extension ZoneRules {
    /// From the machine's zone files (package `tzdata`).
    static func installed(_ name: String) throws -> ZoneRules {
        let file = URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)")
        return try ZoneRules(identifier: name, tzif: Array(Data(contentsOf: file)))
    }
}

/// A schedule of the published suites: a week, shifts that replace a date, breaks taken out of it, closed holidays.
struct PublishedSchedule {
    var hours: OpeningHours
    var zone: ZoneRules
    var breaks: IntervalSet
    var holidays: Set<Day>

    init(_ json: JSON) throws {
        zone = try ZoneRules.installed(json["time_zone"].text)
        hours = OpeningHours()
        for (name, intervals) in json["weekly"].members {
            hours.set(PublishedSchedule.intervals(intervals), on: try Weekdays.list(name))
        }
        for (date, intervals) in json["shifts"].members {
            hours.exceptions[JSON.text(date).day] = PublishedSchedule.intervals(intervals)
        }
        var broken: [Range<Instant>] = []
        for (date, intervals) in json["breaks"].members {
            let day = JSON.text(date).day
            let pauses = PublishedSchedule.intervals(intervals)
            let rest = PublishedSchedule.clock(hours.intervals(beginningOn: day))
                .subtracting(PublishedSchedule.clock(pauses))
            hours.exceptions[day] = rest.intervals.compactMap {
                ClockInterval(start: Int($0.lowerBound.seconds), end: Int($0.upperBound.seconds))
            }
            for pause in pauses {
                let start = zone.instant(day: day, secondOfDay: pause.start).instant
                broken.append(start..<zone.instant(day: day, secondOfDay: pause.end).instant)
            }
        }
        breaks = IntervalSet(broken)
        holidays = Set(json["holidays"].list.map(\.day))
        for day in holidays { hours.exceptions[day] = [] }
    }

    /// A table from two months before the day to a year after it.
    func table(around day: Day) -> OpenTime { OpenTime(hours: hours, zone: zone, from: day + -60, through: day + 366) }

    private static func intervals(_ json: JSON) -> [ClockInterval] {
        json.list.compactMap { ClockInterval(start: $0.list[0].clockSeconds, end: $0.list[1].clockSeconds) }
    }

    /// Seconds of a day's wall clock, so that sets can be subtracted before there is a date.
    private static func clock(_ intervals: [ClockInterval]) -> IntervalSet {
        IntervalSet(intervals.map { Instant(seconds: Int64($0.start))..<Instant(seconds: Int64($0.end)) })
    }
}

extension OpenTime {
    /// The instant itself while open or closing, otherwise the last closing: where a clock running backwards starts.
    func lastOpen(through instant: Instant) -> Instant? {
        intervals(from: covered.lowerBound, to: instant)?.last?.upperBound
    }
}
