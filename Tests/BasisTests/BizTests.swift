import Basis
import Testing

/// Every case of zendesk/biz's own tests, answered by our rules.
struct BizTests {
    static let cases = PublishedCase.all(of: "business_time_biz")

    @Test func allCasesAreThere() {
        #expect(BizTests.cases.count == 149)
        #expect(Set(BizTests.differences.map(\.id)).isSubset(of: BizTests.cases.map(\.id)))
    }

    @Test(arguments: cases)
    func agreesOrDiffersByRule(_ published: PublishedCase) throws {
        let expected = published.json["expected"]
        let ours = try BizTests.answer(published)
        if let difference = BizTests.differences.first(where: { $0.id == published.id }) {
            #expect(expected == difference.theirs)
            #expect(ours == difference.ours, "\(difference.reason)")
            #expect(difference.ours != difference.theirs)
        } else {
            #expect(ours == expected)
        }
    }

    static let differences = [
        Difference(
            "biz-003", theirs: .text("2006-01-15T11:00:00Z"), ours: .text("2006-01-08T12:00:00Z"),
            "what ends exactly at closing ends at closing, not at the next opening"),
        Difference(
            "biz-018", theirs: .int(0), ours: .null, "an end before the start is a fault of the data, not 0"),
        Difference(
            "biz-126", theirs: .int(0), ours: .null, "an end before the start is a fault of the data, not 0"),
    ]
        + ["biz-025", "biz-029", "biz-033"].map {
            Difference(
                $0, theirs: .text("2006-01-03T10:00:00Z"), ours: .text("2006-01-03T00:00:00Z"),
                "no open time at all ends where it began: t itself is the least t with open time(a, t) >= 0")
        }
        + ["biz-023", "biz-027", "biz-031"].map {
            Difference(
                $0, theirs: .text("2006-01-02T17:00:00Z"), ours: .text("2006-01-03T00:00:00Z"),
                "no open time at all begins where it ends")
        }

    /// What we say to the question of a case, in the fixture's own form.
    static func answer(_ published: PublishedCase) throws -> JSON {
        let json = published.json
        switch published.op {
        case "segment_intersection", "segment_difference", "segment_contains", "segment_duration":
            return segment(published.op, json)
        case "instant_to_local":
            let zone = try ZoneRules.installed(json["time_zone"].text)
            let shown = Instant(seconds: zone.localSeconds(at: json["at"].instant))
            return .text(String(shown.description.dropLast()))
        case "local_to_instant":
            let zone = try ZoneRules.installed(json["time_zone"].text)
            return JSON(zone.instant(day: json["date"].day, secondOfDay: json["wall"].clockSeconds).instant)
        case "week_time_to_instant":
            let zone = try ZoneRules.installed(json["time_zone"].text)
            let minute = Int(json["week_minute"].int)
            let day = json["week_start"].day + minute / 1_440
            return JSON(zone.instant(day: day, secondOfDay: minute % 1_440 * 60).instant)
        default:
            return try schedule(published.op, json, PublishedSchedule(json["schedule"]))
        }
    }

    private static func segment(_ op: String, _ json: JSON) -> JSON {
        if op == "segment_duration" {
            // A segment that ends before it starts cannot be written here; an always open table can be asked for one.
            let (start, end) = (json["a"].list[0], json["a"].list[1])
            let hours = OpeningHours(week: Array(repeating: [.wholeDay], count: 7)) ?? OpeningHours()
            let table = OpenTime(hours: hours, zone: .utc, from: start.day + -30, through: start.day + 30)
            return table.openSeconds(from: start.instant, to: end.instant).map { .int($0) } ?? .null
        }
        let a = IntervalSet([json["a"].range])
        switch op {
        case "segment_contains": return .bool(a.contains(json["at"].instant))
        case "segment_difference":
            return .list(a.subtracting(IntervalSet([json["b"].range])).intervals.map { JSON($0) })
        default:
            let both = a.intersection(IntervalSet([json["b"].range]))
            return both.intervals.first.map { JSON($0) } ?? .null
        }
    }

    private static func schedule(_ op: String, _ json: JSON, _ schedule: PublishedSchedule) -> JSON {
        let first = ["at", "from", "date"].map { json[$0] }.first { $0 != .null } ?? .null
        let table = schedule.table(around: first.day)
        let at = json["at"] == .null ? table.covered.lowerBound : json["at"].instant
        switch op {
        case "is_open": return table.isOpen(at: at).map { .bool($0) } ?? .null
        case "on_break": return .bool(schedule.breaks.contains(at))
        case "on_holiday": return .bool(schedule.hours.exceptions[schedule.zone.day(at: at)] == [])
        case "business_seconds_between":
            return table.openSeconds(from: json["from"].instant, to: json["to"].instant).map { .int($0) } ?? .null
        case "add", "subtract":
            return add(json, op == "add", at, schedule, table)
        case "periods_after", "periods_before":
            return periods(json, op == "periods_after", at, table)
        case "periods_on_date":
            let day = json["date"].day
            let open = table.intervals(from: schedule.zone.startOfDay(day), to: schedule.zone.startOfDay(day + 1))
            return .list((open ?? []).map { JSON($0) })
        case "is_business_date":
            return .bool(!schedule.hours.stretches(on: json["date"].day).isEmpty)
        case "dates_after":
            let open = openDates(from: json["date"].day, step: 1, count: Int(json["take"].int), schedule.hours)
            return .list(open.map { .text($0.description) })
        default:
            return .text("unknown question")
        }
    }

    private static func periods(_ json: JSON, _ isAfter: Bool, _ at: Instant, _ table: OpenTime) -> JSON {
        let limit = json["limit"]["until"]
        let edge = limit == .null ? (isAfter ? table.covered.upperBound : table.covered.lowerBound) : limit.instant
        let open = (isAfter ? table.intervals(from: at, to: edge) : table.intervals(from: edge, to: at)) ?? []
        let ordered = isAfter ? open : open.reversed()
        return .list(ordered.prefix(json["take"] == .null ? .max : Int(json["take"].int)).map { JSON($0) })
    }

    private static func add(
        _ json: JSON, _ isForward: Bool, _ at: Instant, _ schedule: PublishedSchedule, _ table: OpenTime
    ) -> JSON {
        let amount = json["amount"].int
        if json["unit"].text == "day" {
            // We have no days of opening hours; from our parts it is the nth open date at the same wall clock.
            let day = schedule.zone.day(at: at)
            let dates = openDates(from: day, step: isForward ? 1 : -1, count: Int(amount), schedule.hours)
            let clock = Int(schedule.zone.localSeconds(at: at) - Int64(day.number) * 86_400)
            let landed = schedule.zone.instant(day: dates.last ?? day, secondOfDay: clock).instant
            return JSON(isForward ? table.firstOpen(from: landed) : table.lastOpen(through: landed))
        }
        let seconds = amount * (["second": 1, "minute": 60, "hour": 3_600][json["unit"].text] ?? 0)
        return JSON(isForward ? table.deadline(from: at, open: seconds) : table.latestStart(to: at, open: seconds))
    }

    /// The next dates on which it opens, the first one left out.
    private static func openDates(from day: Day, step: Int, count: Int, _ hours: OpeningHours) -> [Day] {
        var found: [Day] = []
        var date = day
        while found.count < count {
            date = date + step
            if !hours.stretches(on: date).isEmpty { found.append(date) }
        }
        return found
    }
}
