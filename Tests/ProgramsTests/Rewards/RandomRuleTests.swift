import Basis
import Dealership
import Measures
import Programs
import Testing

/// 10,000 random rules over random months: what may never happen does not.
@Suite("Random reward rules")
struct RandomRuleTests {
    private static let month = MadeReward.month

    /// Eight people; P7 came on the 12th, P8 left on the 20th.
    private static let world: (header: JournalHeader, calendars: OpenCalendars) = {
        var people: [String: Person] = [:]
        for number in 1...8 {
            people["P\(number)"] = Person(
                identifier: "P\(number)", store: Int32(number % 2), name: "Person \(number)",
                department: number % 3 == 0 ? "sales" : "service", role: "advisor", isRemote: nil,
                payrollIdentifier: "00\(number)", activeFrom: number == 7 ? month.firstDay + 11 : nil,
                activeTo: number == 8 ? month.firstDay + 19 : nil)
        }
        let header = JournalHeader(
            settings: Made.settings,
            stores: ["S1", "S2"].map { Store(identifier: $0, name: $0, zone: 0, group: 0) }, zones: [.utc],
            groups: ["all"], names: ["service", "sales", "email"], people: people, outages: [], audits: [],
            asOf: ZoneRules.utc.startOfDay(month.lastDay + 10), asOfDay: month.lastDay + 9)
        let calendars = OpenCalendars(header: header, from: month.firstDay + -7, through: month.lastDay + 30)
        return (header, calendars)
    }()

    private static func rule(_ random: inout RandomNumbers) throws -> RewardRule {
        func tiers(_ random: inout RandomNumbers) -> String {
            var from = 10 * random.below(60)
            var pays = random.below(5_000)
            var list: [String] = []
            for _ in 0..<(1 + random.below(4)) where from <= 1_000 {
                list.append("{ from: \(from / 10).\(from % 10) %, pays: \(pays / 100).\(pays % 100 / 10)\(pays % 10) }")
                from += 1 + random.below(250)
                pays += random.below(9_000)
            }
            return "[\(list.joined(separator: ", "))]"
        }
        var lines: [String] = []
        let hasPool = random.below(2) == 0
        switch random.below(4) {
        case 0:
            let (inTime, unanswered) = (1 + random.below(5), random.below(9))
            lines.append("points: { in-time: \(inTime), unanswered: -\(unanswered), pays: 0.\(10 + random.below(90)) }")
        case 1 where hasPool:
            lines.append("points: { in-time: 3, late: \(random.below(3)), unanswered: -2, pays: pool }")
        case 2:
            let (unit, division) = (random.pick(["all", "store", "department"]), random.pick(["days", "equally"]))
            lines.append("team: { of: \(unit), divide: \(division), tiers: \(tiers(&random)) }")
        default:
            lines.append("tiers: \(tiers(&random))")
            if random.below(3) == 0 { lines.append("team: { tiers: \(tiers(&random)) }") }
        }
        // Large enough for one of the best tier, too small for all of them.
        if hasPool { lines.append("pool: \(410 + random.below(500)).\(10 + random.below(90))") }
        let isPoints = lines[0].hasPrefix("points")
        if random.below(3) == 0 { lines.append("cap: \((isPoints ? 5 : 410) + random.below(50)).05") }
        let (unit, mode) = (random.pick(["0.01", "0.05", "1"]), random.pick(["half-up", "half-even", "down"]))
        lines.append("rounding: { to: \(unit), mode: \(mode) }")
        lines.append("pro-rata: \(random.pick(["yes", "no"]))")
        let (least, days) = (1 + random.below(6), random.below(12))
        let eligible = "eligible: { minimum-n: \(least), days-present: \(days), assigned: 0 % }"
        return try MadeReward.rule(MadeReward.text(scheme: lines.joined(separator: "\n"), eligible: eligible))
    }

    private static func rows(_ random: inout RandomNumbers) -> [RewardRow] {
        let people = (1...8).map { "P\($0)" } + [""]
        let standings = RewardRow.Standing.allCases
        return (0..<random.below(90)).map { number in
            let standing = random.pick(standings + [.inTime, .inTime, .inTime])
            return RewardRow(
                number: "C-\(number)", store: "S1", channel: "email", person: random.pick(people),
                day: month.firstDay + random.below(31), arrived: "2026-10-01 09:\(10 + number % 50):00", due: "",
                answered: "", rawSeconds: 0, outageSeconds: 0, absenceSeconds: 0, seconds: 0, targetSeconds: 60,
                standing: standing, rawStanding: random.pick(standings),
                reason: standing == .leftOut ? "Withdrawn" : "",
                source: "messages.csv:\(number)")
        }
    }

    @Test("never above pool or cap, never below 0, to the cent, in any order of rows", arguments: 0..<20)
    func bounds(part: Int) throws {
        let (header, calendars) = Self.world
        for seed in (part * 500)..<(part * 500 + 500) {
            var random = RandomNumbers(UInt64(seed))
            let rule = try Self.rule(&random)
            let rows = Self.rows(&random)
            let calculation = RewardCalculation(rule, header, calendars)
            let result = calculation.result(Self.month, rows: rows, assigned: 1, total: 1)
            let shuffled = rows.shuffled(using: &random)
            #expect(calculation.result(Self.month, rows: shuffled, assigned: 1, total: 1) == result)
            let sum = result.people.reduce(Money.zero) { $0 + $1.amount }
            #expect(result.total == sum)
            if let pool = rule.pool {
                #expect(sum <= pool, "seed \(seed)")
                #expect(sum + (result.leftInPool ?? .zero) == pool, "seed \(seed)")
            }
            for one in result.people {
                #expect(one.amount >= .zero && one.earned >= .zero && one.teamPart >= .zero)
                if let cap = rule.cap { #expect(one.amount <= cap, "seed \(seed)") }
                #expect(one.count.assigned == one.count.counted + one.count.leftOutCount + one.count.stillWithin)
                if one.outcome != .scored { #expect(one.earned == .zero) }
            }
            let parts = result.people.reduce(Money.zero) { $0 + $1.teamPart }
            let undivided = result.teams.reduce(Money.zero) { $0 + $1.undivided }
            #expect(result.teams.reduce(Money.zero) { $0 + $1.pays } == parts + undivided, "seed \(seed)")
            alike(result, seed)
        }
    }

    /// Who did the same in the same days gets the same.
    private func alike(_ result: RewardResult, _ seed: Int) {
        for (index, one) in result.people.enumerated() {
            for other in result.people[(index + 1)...] where one.outcome == other.outcome {
                let isAlike = one.count.inTime == other.count.inTime && one.count.late == other.count.late
                    && one.count.unanswered == other.count.unanswered && one.eligibleDays == other.eligibleDays
                    && one.presentDays == other.presentDays && one.teamPart == other.teamPart
                if isAlike { #expect(one.amount == other.amount, "seed \(seed): \(one.person) \(other.person)") }
            }
        }
    }
}
