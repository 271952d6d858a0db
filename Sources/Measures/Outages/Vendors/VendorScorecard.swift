import Basis
public import Dealership
import Statistics

/// Whether to stay with a vendor: its months, outages and claims over the rule's span, and the owner's verdict.
/// DEFINITIONS 4, Vendor.
public struct VendorScorecard: Measure {
    /// Nil: the owner has no rule, and there is no verdict.
    public var rule: VendorRule?
    /// Months looked at, up to the last whole one.
    public var months: Int
    public init(rule: VendorRule?, months: Int? = nil) {
        self.rule = rule
        self.months = months ?? rule?.months ?? VendorScorecard.usualMonths
    }
    public init?(_ parameters: inout some ParameterReading) {
        self.init(rule: parameters.settings.vendorRule, months: parameters.count("months", in: 1...60))
    }
    /// Where nobody has a rule: a year.
    public static let usualMonths = 12
    /// Fewer outages have no mean.
    static let leastOutages: Int64 = 3

    public var inForce: [(parameter: String, value: String)] {
        [("months", String(months))]
            + (rule.map { rule in
                [
                    ("switch", rule.switchClauses.map(\.words).joined(separator: " or ")),
                    ("watch", rule.watchClauses.map(\.words).joined(separator: " or ")),
                ].filter { !$0.1.isEmpty }
            } ?? [])
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    public static let entry = MeasureEntry(
        name: "vendor-scorecard", code: "SCORE", title: "Vendor scorecard",
        summary:
            "A year with each vendor: months kept and missed, outages, claims, and stay, watch or switch by your rule.",
        definition: """
            Over the rule's months up to the last whole one. Months of the contract kept and missed as in vendor-contracts; \
            outages that began in them and were not recorded as our own fault or as maintenance; wall-clock seconds down, \
            overlaps on one system and store once; the mean seconds down of those that ended (none below 3). The verdict is \
            switch when a clause of the owner's `switch:` holds, else watch when one of `watch:` does, else stay; what is not \
            on record fulfils no clause. With fewer contract months than the rule's span, or outages of fewer months, there \
            is no stay: too few months.
            """,
        dimensions: [.vendor],
        columns: [
            .init("months", "whole months on record, of those looked at"),
            .init("contract_months", "of these, under contract"),
            .init("kept", "contract months with the availability promised"),
            .init("missed", "contract months below it"),
            .init("outages", "outages that began in the months"),
            .init("wall_seconds_down", "wall-clock seconds down"),
            .init("mean_seconds_to_restore", "mean from start to end; none below 3 outages"),
            .init("claims_asked", "claims for these months"),
            .init("claims_answered", "of these, answered"),
            .init("answered_share", "claims_answered / claims_asked"),
            .init("credit_due", "credit by the contract"),
            .init("credit_received", "credit received"),
            .init("credit_lost", "credit that nobody asked for before its deadline"),
            .init("promises", "claims answered with a promise"),
            .init("promises_kept", "of these, kept by the claims export"),
            .init("promises_broken", "of these, not kept"),
            .init("verdict", "stay, watch or switch by the owner's rule"),
            .init("clause", "the rule's clause that decided"),
            .init("renewal", "when the contract renews"),
            .init("notice_by", "the last day to give notice"),
            .init("days_to_notice", "days from the as-of day to notice_by"),
        ],
        parameters: [.init("months", "whole months looked at; else the rule's, else 12")],
        needs: ["outages"])

    enum Counter: Int, CaseIterable {
        case months, contractMonths, kept, missed, outages, down, restored, restoreSeconds, knowsClaims, asked, answered
        case hasCredit, due, received, lost, promises, promisesKept, promisesBroken, renewal, noticeBy, daysToNotice
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable { TallyTable() }

    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        guard isKnown(context.header), spec.by.allSatisfy({ $0 == .vendor }), spec.by.count < 2 else {
            return TallyTable()
        }
        let scores = VendorScores(context, months: months, until: spec.months?.upperBound)
        if spec.by.isEmpty { return TallyTable() }
        return TallyTable(cells: Dictionary(uniqueKeysWithValues: scores.vendors.map { ([$0], scores.tally($0)) }))
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        func day(_ counter: Counter) -> Cell {
            count(counter) == VendorContracts.none
                ? .none : .exact(Day(number: Int32(truncatingIfNeeded: count(counter))).description)
        }
        let hasContract = count(.contractMonths) > 0
        let knowsClaims = count(.knowsClaims) > 0
        switch column {
        case "months": return .count(count(.months))
        case "contract_months": return hasContract ? .count(count(.contractMonths)) : .none
        case "kept": return hasContract ? .count(count(.kept)) : .none
        case "missed": return hasContract ? .count(count(.missed)) : .none
        case "outages": return .count(count(.outages))
        case "wall_seconds_down": return .count(count(.down))
        case "mean_seconds_to_restore":
            return meanRestore(tally).map(Cell.mean)
                ?? .tooFew(TooFew(had: Int(count(.restored)), needed: Int(VendorScorecard.leastOutages)))
        case "claims_asked": return knowsClaims ? .count(count(.asked)) : .none
        case "claims_answered": return knowsClaims ? .count(count(.answered)) : .none
        case "answered_share":
            return count(.asked) > 0 ? .share(Double(count(.answered)) / Double(count(.asked))) : .none
        case "credit_due": return count(.hasCredit) > 0 ? .money(Money(minorUnits: count(.due))) : .none
        case "credit_received": return knowsClaims ? .money(Money(minorUnits: count(.received))) : .none
        case "credit_lost":
            return count(.hasCredit) > 0 && knowsClaims ? .money(Money(minorUnits: count(.lost))) : .none
        case "promises": return knowsClaims ? .count(count(.promises)) : .none
        case "promises_kept": return knowsClaims ? .count(count(.promisesKept)) : .none
        case "promises_broken": return knowsClaims ? .count(count(.promisesBroken)) : .none
        case "verdict": return verdict(tally)
        case "clause": return decided(tally).flatMap(\.clause).map { .exact($0.words) } ?? .none
        case "renewal": return day(.renewal)
        case "notice_by": return day(.noticeBy)
        case "days_to_notice":
            return count(.daysToNotice) == VendorContracts.none ? .none : .count(count(.daysToNotice))
        default: return .none
        }
    }

    private func meanRestore(_ tally: Tally) -> Double? {
        let restored = tally.counts[Counter.restored.rawValue]
        guard restored >= VendorScorecard.leastOutages else { return nil }
        return Double(tally.counts[Counter.restoreSeconds.rawValue]) / Double(restored)
    }

    private func verdict(_ tally: Tally) -> Cell {
        guard rule != nil else { return .none }
        if let decided = decided(tally) { return .exact(decided.verdict.word) }
        return .tooFew(TooFew(had: Int(tally.counts[Counter.months.rawValue]), needed: months))
    }

    /// The verdict and the clause that decided; nil: no rule, or too few months for "stay".
    public func decided(_ tally: Tally) -> (verdict: VendorRule.Verdict, clause: VendorRule.Clause?)? {
        guard let rule else { return nil }
        if let clause = rule.switchClauses.first(where: { holds($0, tally) }) { return (.switch, clause) }
        if let clause = rule.watchClauses.first(where: { holds($0, tally) }) { return (.watch, clause) }
        return tally.counts[Counter.months.rawValue] >= Int64(months) ? (.stay, nil) : nil
    }

    private func holds(_ clause: VendorRule.Clause, _ tally: Tally) -> Bool {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        return clause.conditions.allSatisfy { condition in
            switch condition {
            case .monthsMissed(let least): count(.missed) >= Int64(least)
            case .outages(let least): count(.outages) >= Int64(least)
            case .downOver(let seconds): count(.down) > seconds
            case .claimsAnsweredBelow(let permille):
                count(.asked) > 0 && count(.answered) * 1_000 < Int64(permille) * count(.asked)
            case .restoreOver(let seconds): meanRestore(tally).map { $0 > Double(seconds) } ?? false
            case .promisesBroken(let least): count(.promisesBroken) >= Int64(least)
            }
        }
    }
}

/// What is on record of every vendor over some whole months.
struct VendorScores {
    /// In order of the alphabet.
    let vendors: [String]
    private let window: ClosedRange<Month>?
    private let contracts: [ContractMonth]
    private let zone: ZoneRules
    private let header: JournalHeader

    init(_ context: LinkingContext, months: Int, until: Month?) {
        header = context.header
        zone = header.zones[0]
        let settings = header.settings
        let named =
            settings.outages.systems.compactMap(\.vendor) + settings.contracts.map(\.vendor)
            + header.outages.map { VendorScores.vendor(of: $0, settings) }
        vendors = Set(named.filter { !$0.isEmpty }).sorted()
        let day = header.asOfDay
        let whole = day == day.month.lastDay ? day.month : day.month + -1
        let last = min(until ?? whole, whole)
        let first = ContractMonths.known(header).map { max($0.lowerBound.month, last + -(months - 1)) }
        window = first.flatMap { $0 <= last ? $0...last : nil }
        contracts = window.map { ContractMonths(context, only: $0).months } ?? []
    }

    static func vendor(of outage: Outage, _ settings: DealershipSettings) -> String {
        outage.vendor.isEmpty
            ? settings.outages.systems.first { $0.name == outage.system }?.vendor ?? "" : outage.vendor
    }

    func tally(_ vendor: String) -> Tally {
        var counts = [Int64](repeating: 0, count: VendorScorecard.Counter.allCases.count)
        func add(_ value: Int64, _ counter: VendorScorecard.Counter) { counts[counter.rawValue] += value }
        for counter in [VendorScorecard.Counter.renewal, .noticeBy, .daysToNotice] {
            counts[counter.rawValue] = VendorContracts.none
        }
        if let window { add(Int64(window.upperBound - window.lowerBound + 1), .months) }
        for month in contracts where month.contract.vendor == vendor {
            add(1, .contractMonths)
            add(month.standing == .kept ? 1 : 0, .kept)
            add(month.standing == .missed ? 1 : 0, .missed)
            add(month.creditDue == nil ? 0 : 1, .hasCredit)
            add(month.creditDue?.minorUnits ?? 0, .due)
            let isLate = month.claimBy.map { $0 < header.asOfDay } ?? false
            let isLost = month.isCreditDue && isLate && !month.isAskedInTime(zone) && month.received == .zero
            add(isLost ? month.creditDue?.minorUnits ?? 0 : 0, .lost)
        }
        addClaims(vendor, &counts)
        addOutages(vendor, &counts)
        if let contract = header.settings.contracts.last(where: { $0.vendor == vendor && $0.isInForce(header.asOfDay) })
        {
            counts[VendorScorecard.Counter.renewal.rawValue] =
                contract.renewal.map { Int64($0.number) } ?? VendorContracts.none
            counts[VendorScorecard.Counter.noticeBy.rawValue] =
                contract.noticeDay.map { Int64($0.number) } ?? VendorContracts.none
            counts[VendorScorecard.Counter.daysToNotice.rawValue] =
                contract.noticeDay.map { Int64($0 - header.asOfDay) }
                ?? VendorContracts.none
        }
        return Tally(counts: counts, histograms: [])
    }

    /// Claims for the months, whether a contract is on file or not.
    private func addClaims(_ vendor: String, _ counts: inout [Int64]) {
        counts[VendorScorecard.Counter.knowsClaims.rawValue] = header.has(.claims) ? 1 : 0
        guard let window else { return }
        func add(_ value: Int64, _ counter: VendorScorecard.Counter) { counts[counter.rawValue] += value }
        for claim in header.ledger.claims where claim.vendor == vendor {
            guard let month = claim.month, window.contains(month) else { continue }
            add(claim.amountReceived?.minorUnits ?? 0, .received)
            guard !claim.askedAt.isMissing else { continue }
            add(1, .asked)
            guard !claim.answeredAt.isMissing else { continue }
            add(1, .answered)
            guard !claim.promise.isEmpty else { continue }
            add(1, .promises)
            add(claim.isPromiseKept == true ? 1 : 0, .promisesKept)
            add(claim.isPromiseKept == false ? 1 : 0, .promisesBroken)
        }
    }

    /// An outage that is held against a vendor, and where in the months it was down.
    struct Counted {
        /// Position in the header's outages.
        var outage: Int
        /// Whether it began in the months: of one that did not, only the time counts.
        var beganWithin: Bool
        var parts: [Range<Instant>]
    }

    /// Not our own fault, not maintenance, and of the months.
    func outages(_ vendor: String) -> [Counted] {
        guard let window else { return [] }
        return header.outages.indices.compactMap { index in
            let outage = header.outages[index]
            guard VendorScores.vendor(of: outage, header.settings) == vendor else { return nil }
            if outage.isExternal == false || outage.isPlanned || outage.start >= header.asOf { return nil }
            let zone = outage.zone(header)
            let months = zone.startOfDay(window.lowerBound.firstDay)..<zone.startOfDay((window.upperBound + 1).firstDay)
            let counted = Counted(
                outage: index, beganWithin: months.contains(outage.start),
                parts: outage.down(header).intervals.compactMap { $0.part(in: months) })
            return counted.beganWithin || !counted.parts.isEmpty ? counted : nil
        }
    }

    private func addOutages(_ vendor: String, _ counts: inout [Int64]) {
        struct Place: Hashable {
            var system: String
            var store: Int32
        }
        var spans: [Place: [Range<Instant>]] = [:]
        for counted in outages(vendor) {
            let outage = header.outages[counted.outage]
            spans[Place(system: outage.systemKey, store: outage.store), default: []] += counted.parts
            guard counted.beganWithin else { continue }
            counts[VendorScorecard.Counter.outages.rawValue] += 1
            if outage.isOpen(header) { continue }
            counts[VendorScorecard.Counter.restored.rawValue] += 1
            counts[VendorScorecard.Counter.restoreSeconds.rawValue] += outage.down(header).seconds
        }
        counts[VendorScorecard.Counter.down.rawValue] = spans.values.reduce(0) { $0 + IntervalSet($1).seconds }
    }
}

extension VendorScorecard {
    /// The outages held against the vendors, a row each; told with the first group, since they are of all.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let header = facts.header
        var rows: [Evidence.Row] = []
        let context = LinkingContext(header: header, parameters: facts.parameters)
        let scores = facts.journal.group == 0 && isKnown(header)
            ? VendorScores(context, months: months, until: slice.months?.upperBound) : nil
        for vendor in scores?.vendors ?? [] where slice.labels.allSatisfy({ $0.key == .vendor && $0.value == vendor }) {
            for counted in scores?.outages(vendor) ?? [] {
                let outage = header.outages[counted.outage]
                let isOpen = outage.isOpen(header)
                rows.append(
                    Evidence.Row(
                        cells: [
                            vendor, outage.identifier, outage.store < 0 ? "" : header.stores[Int(outage.store)].identifier,
                            outage.system, facts.local(outage.start.seconds, store: max(0, outage.store)),
                            isOpen ? "" : String(outage.down(header).seconds),
                            String(IntervalSet(counted.parts).seconds),
                        ], isCounted: counted.beganWithin,
                        standing: counted.beganWithin ? "counted" : "began before the months; its time in them counts",
                        source: outage.source))
            }
        }
        return Evidence(
            columns: [
                "vendor", "outage_id", "store_id", "system", "started_at", "seconds_to_restore", "wall_seconds_down",
            ], rows: rows)
    }
}
