import Basis
import Dealership
import Foundation
import Measures
import Statistics

/// A dealership of which only arrivals and outages are known, in memory: what comes in, how busy it is, and what an
/// outage takes away, delays and gives back.
struct MadeArrivals {
    enum Kind: String, CaseIterable { case email, phone, leads }

    var seed: UInt64
    var kind = Kind.email
    var stores = 1
    /// Stores hit; nil: all.
    var hit: [Int32]? = [0]
    var perDay = 30.0
    var growthAYear = 1.0
    /// Standard deviation of a day's own factor, as its logarithm.
    var dayScatter = 0.0
    /// Monday first.
    var week = [1.16, 1.1, 1.0, 1.02, 1.04, 0.88, 0.16]
    /// A step of the level at a month's end, in turn up and down.
    var monthStep = 0.06
    var length: Int64 = 4 * 3_600
    /// Of those who come while it is down: lost, or back within three days.
    var lost = 0.0
    var back = 0.0
    var weeksBefore = 14
    var weeksAfter = 2
    /// Seconds of the week's Tuesday at which it begins.
    var begins: Int64 = 10 * 3_600
    /// Replies wait for the end of the outage.
    var delays = false
    var outageIsRecorded = true

    static let hourly = [0.7, 1.05, 1.3, 1.35, 1.2, 0.95, 0.9, 1.0, 1.1, 1.2, 1.05, 0.7]

    struct Made {
        var header: JournalHeader
        var journals: [GroupJournal]
        /// Who would have come, and never did.
        var lost = 0
        /// Seconds that replies came later, in all.
        var delay: Int64 = 0
        /// How many replies did.
        var delayed = 0
    }

    func make() -> Made {
        let first = Day(number: 20_640)  // 2026-07-06, a Monday
        let days = (weeksBefore + weeksAfter + 1) * 7 + Int((length + 86_399) / 86_400)
        let start = Instant(seconds: Int64(first.number + Int32(weeksBefore * 7 + 1)) * 86_400 + begins)
        let end = start + length
        let asOfDay = first + (days - 1)
        var made = Made(header: header(first, asOfDay, start, end), journals: [])
        for store in 0..<stores {
            var random = SplitMix64(seed: seed, stream: UInt64(store) + 1)
            var journal = GroupJournal(group: store)
            let isHit = hit?.contains(Int32(store)) ?? true
            for offset in 0..<days {
                let day = first + offset
                let level = level(day, offset, &random)
                for hour in 0..<12 {
                    for _ in 0..<poisson(level * Self.hourly[hour] / 12.5, &random) {
                        let second = Int64((7 + hour) * 3_600) + Int64(random.below(3_600))
                        arrive(
                            Instant(seconds: Int64(day.number) * 86_400 + second), isHit ? start..<end : nil, store,
                            &journal, &made, &random)
                    }
                }
            }
            made.journals.append(journal)
        }
        return made
    }

    private func level(_ day: Day, _ offset: Int, _ random: inout SplitMix64) -> Double {
        let grown = Double(offset) / 365 * (growthAYear - 1) + 1
        let month = day.month.monthOfYear % 2 == 0 ? 1 + monthStep : 1 - monthStep
        let own = dayScatter > 0 ? exp(dayScatter * random.normal() - dayScatter * dayScatter / 2) : 1
        return perDay * week[day.weekday] * grown * month * own
    }

    private func arrive(
        _ at: Instant, _ outage: Range<Instant>?, _ store: Int, _ journal: inout GroupJournal, _ made: inout Made,
        _ random: inout SplitMix64
    ) {
        let fate = random.uniform()
        let wait = Int64(1_200 * exp(0.9 * random.normal()))
        let isSilent = random.uniform() < 0.02
        let later = Int64(-18_000 * log(random.uniform()))
        var at = at
        if let outage, outage.contains(at) {
            if fate < lost {
                made.lost += 1
                return
            }
            if fate < lost + back { at = outage.upperBound + min(later, 250_000) }
        }
        var reply = at + wait
        if delays, let outage, outage.overlaps(at..<reply), !isSilent {
            // Nothing goes on while it is down.
            reply = reply + (outage.upperBound - max(at, outage.lowerBound))
            made.delay += reply - (at + wait)
            made.delayed += 1
        }
        add(at, isSilent ? nil : reply, store, &journal)
    }

    private func add(_ at: Instant, _ reply: Instant?, _ store: Int, _ journal: inout GroupJournal) {
        let source = RowSource(raw: UInt64(store) << 40 | UInt64(journal.conversations.count + journal.leads.count))
        if kind == .leads {
            _ = journal.leads.identifiers.intern("L\(journal.leads.count)")
            journal.leads.source.append(source)
            journal.leads.store.append(Int32(store))
            journal.leads.customer.append(journal.customers.intern("crm·\(journal.leads.count)"))
            journal.leads.createdAt.append(Moment(at))
            journal.leads.origin.append(-1)
            journal.leads.owner.append(-1)
            return
        }
        let number = journal.conversations.count
        journal.conversations.source.append(source)
        journal.conversations.thread.append(journal.threads.intern("T\(number)"))
        journal.conversations.store.append(Int32(store))
        journal.conversations.customer.append(journal.customers.intern("crm·\(number)"))
        journal.conversations.channel.append(0)
        journal.conversations.department.append(-1)
        journal.conversations.openedAt.append(Moment(at))
        journal.conversations.answeredAt.append(reply.map { Moment($0) } ?? .missing)
        journal.conversations.assignee.append(-1)
        journal.conversations.assignedAt.append(.missing)
        journal.conversations.status.append(nil)
        journal.conversations.dueAt.append(.missing)
        journal.conversations.resolvedAt.append(.missing)
    }

    private func header(_ first: Day, _ last: Day, _ start: Instant, _ end: Instant) -> JournalHeader {
        let settings = DealershipSettings(
            name: "Riverside Motors", currency: "USD", timeZone: nil, hours: HoursSettings(standard: nil),
            channels: [], targets: TargetSettings(),
            conversion: ConversionSettings(windowDays: 60, credit: .lastTouch, denominator: .visits, minimumN: 20),
            conversations: ConversationSettings(answerOn: .same, gapSeconds: 259_200),
            outages: OutageSettings(recoverySeconds: 0, systems: []), exports: [], owners: [:], dueInDays: [:],
            stoppedClocks: StoppedClockSettings(sharePermille: 300, seconds: 20, minimum: 10))
        let audits = [StandardTable.conversations, .leads, .outages].map { table -> ExportAudit in
            var audit = ExportAudit(table: table, label: table.rawValue, system: "crm", files: [table.rawValue])
            audit.rowsByDay = [first: 1, last: 1]
            return audit
        }
        let outages = (hit ?? [-1]).enumerated().map { index, store in
            Outage(
                identifier: "OUT-\(index + 1)", store: store, vendor: "Northmail", system: "", channel: kind.rawValue,
                start: start, end: end, detected: nil, acknowledged: nil, notified: nil, isExternal: true,
                vendorStart: nil, vendorEnd: nil, source: RowSource(raw: UInt64(index)))
        }
        return JournalHeader(
            settings: settings,
            stores: (0..<stores).map { Store(identifier: "S\($0 + 1)", name: "S\($0 + 1)", zone: 0, group: $0) },
            zones: [.utc], groups: (0..<stores).map { "S\($0 + 1)" },
            names: [kind == .leads ? "web" : kind.rawValue, "Northmail"],
            people: [:], outages: outageIsRecorded ? outages : [], audits: audits,
            asOf: Instant(seconds: Int64(last.number + 1) * 86_400), asOfDay: last)
    }

    /// Knuth's products, in parts so small that none underflows.
    private func poisson(_ mean: Double, _ random: inout SplitMix64) -> Int {
        var count = 0
        var left = mean
        while left > 0 {
            let part = min(left, 20)
            left -= part
            let floor = exp(-part)
            var product = random.uniform()
            while product > floor {
                count += 1
                product *= random.uniform()
            }
        }
        return count
    }
}

extension MadeArrivals.Made {
    /// The one cell of a measure over everything.
    func cell(_ measure: some Measure, by: [Measures.Dimension] = []) -> (Tally, TableSpec)? {
        let spec = TableSpec(
            name: "t", request: MeasureRequest(measure), by: by, columns: type(of: measure).entry.columns.map(\.name))
        return table(spec).rows.first.map { ($0.tally, spec) }
    }

    func table(_ spec: TableSpec) -> TallyTable {
        let tabulation = Tabulation(header: header, specs: [spec])
        var table = tabulation.common()[0]
        for journal in journals { table.merge(tabulation.tally(journal).tables[0]) }
        return tabulation.completed([table])[0]
    }

    func number(_ column: String, _ cell: (Tally, TableSpec)) -> Double? {
        switch Tabulation.value(column, of: cell.0, in: cell.1) {
        case .mean(let value), .share(let value): value
        case .count(let value), .seconds(let value): Double(value)
        default: nil
        }
    }
}
