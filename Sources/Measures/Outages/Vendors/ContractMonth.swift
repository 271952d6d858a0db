public import Basis
public import Dealership

/// One contract in one calendar month: what was promised, what was reached, and what that is worth. Exact throughout.
public struct ContractMonth: Hashable, Sendable {
    public enum Standing: Hashable, Sendable {
        case kept, missed
        /// The month is not over, and the promise not yet broken.
        case running
        /// By the contract's clock there was no time in which to keep it.
        case noTime
    }
    /// An outage's part of the month that counts against the promise, as far as no earlier one covers it.
    public struct Piece: Hashable, Sendable {
        /// Position in the header's outages.
        public var outage: Int
        public var store: Int32
        public var span: Range<Instant>
        /// By the contract's clock, what other outages or maintenance cover left out.
        public var seconds: Int64
    }

    public var contract: VendorContract
    public var month: Month
    /// The days of the month on which it is in force.
    public var days: ClosedRange<Day>
    /// Seconds of the covered stores by the contract's clock, added up; the whole month, also where it is not over.
    public var total: Int64
    public var down: Int64
    /// In order of start, outage and store.
    public var pieces: [Piece]
    public var standing: Standing
    /// Whole local days up to it have passed.
    public var isOver: Bool
    public var tier: VendorContract.Tier?
    /// The month's fee, by days where the contract is in force for part of it.
    public var fee: Money?
    /// Nil: no fee or no tiers are on file.
    public var creditDue: Money?
    /// From when on the days to claim in count; nil: nothing to claim, or the outage is not over.
    public var claimFrom: Day?
    /// The last day to claim.
    public var claimBy: Day?
    /// In order of asking.
    public var claims: [OutageLedger.Claim]

    /// Reached, or at best where the month is not over; nil: no time was covered.
    public var availability: Double? { total > 0 ? 1 - Double(down) / Double(total) : nil }
    public var allowance: Int64 { contract.availability.allowance(total: total) }
    public var isCreditDue: Bool { (creditDue?.minorUnits ?? 0) > 0 }
    /// Claims asked by the deadline; all of them where there is none.
    public func isAskedInTime(_ zone: ZoneRules) -> Bool {
        claims.contains { claim in
            guard !claim.askedAt.isMissing else { return false }
            return claimBy.map { zone.day(at: claim.askedAt.instant) <= $0 } ?? true
        }
    }
    public var received: Money { claims.reduce(.zero) { $0 + ($1.amountReceived ?? .zero) } }
    public var asked: Money { claims.reduce(.zero) { $0 + ($1.amountAsked ?? .zero) } }
}

/// Every contract's months, from the beginning of the outage log to the as-of instant.
public struct ContractMonths: Sendable {
    public let months: [ContractMonth]
    public let zone: ZoneRules

    public init(_ context: LinkingContext, vendor: String? = nil, only: ClosedRange<Month>? = nil) {
        let header = context.header
        zone = header.zones[0]
        guard let known = ContractMonths.known(header) else {
            months = []
            return
        }
        var months: [ContractMonth] = []
        for contract in header.settings.contracts where vendor == nil || contract.vendor == vendor {
            let first = max(known.lowerBound, contract.from ?? known.lowerBound)
            let last = min(known.upperBound, contract.until ?? known.upperBound)
            guard first <= last else { continue }
            let covered = CoveredOutages(contract, header)
            for number in first.month.number...last.month.number {
                let month = Month(number: number)
                if let only, !only.contains(month) { continue }
                let from = max(month.firstDay, contract.from ?? month.firstDay)
                let until = min(month.lastDay, contract.until ?? month.lastDay)
                months.append(covered.judge(month, from...until, context))
            }
        }
        self.months = months
    }

    /// Days that the outage log says something of: from the month of its beginning to the as-of day. A month without a row
    /// is one without an outage.
    static func known(_ header: JournalHeader) -> ClosedRange<Day>? {
        let logs = header.audits.filter { $0.table.tells(of: .outages) }
        guard header.knows(.outages), let first = logs.compactMap({ $0.statedFrom ?? $0.firstDay }).min() else {
            return nil
        }
        return first.month.firstDay <= header.asOfDay ? first.month.firstDay...header.asOfDay : nil
    }
}

/// The outages that count against a contract, by store, and its maintenance.
private struct CoveredOutages {
    private struct Down {
        /// Position in the header's outages.
        var outage: Int
        var span: Range<Instant>
    }
    private let contract: VendorContract
    private let stores: [Int32]
    /// By store of the contract: in order of the outages, which is that of their starts.
    private let downs: [[Down]]
    /// Maintenance that breaks no promise, by store of the contract.
    private let spared: [IntervalSet]

    init(_ contract: VendorContract, _ header: JournalHeader) {
        self.contract = contract
        let stores = header.stores.indices
            .filter { contract.stores.isEmpty || contract.stores.contains(header.stores[$0].identifier) }.map { Int32($0) }
        let systems = contract.coveredSystems(header.settings.outages)
        var downs = [[Down]](repeating: [], count: stores.count)
        var spared = [[Range<Instant>]](repeating: [], count: stores.count)
        var position = [Int](repeating: -1, count: header.stores.count)
        for (index, store) in stores.enumerated() { position[Int(store)] = index }
        for (index, outage) in header.outages.enumerated() where CoveredOutages.isCovered(outage, contract, systems) {
            for store in outage.storesHit(header) where position[Int(store)] >= 0 {
                let spans = outage.down(store: store, header).intervals
                if outage.isPlanned, contract.maintenance == .excluded {
                    spared[position[Int(store)]] += spans
                } else if outage.isExternal != false {
                    downs[position[Int(store)]] += spans.map { Down(outage: index, span: $0) }
                }
            }
        }
        self.stores = stores
        self.downs = downs
        self.spared = spared.map { IntervalSet($0) }
    }

    private static func isCovered(_ outage: Outage, _ contract: VendorContract, _ systems: [String]) -> Bool {
        if !outage.vendor.isEmpty, outage.vendor != contract.vendor { return false }
        return systems.contains(outage.system) || (contract.systems.isEmpty && outage.vendor == contract.vendor)
    }

    func judge(_ month: Month, _ days: ClosedRange<Day>, _ context: LinkingContext) -> ContractMonth {
        let header = context.header
        var result = ContractMonth(
            contract: contract, month: month, days: days, total: 0, down: 0, pieces: [], standing: .running,
            isOver: days.upperBound <= header.asOfDay, claims: [])
        for (position, store) in stores.enumerated() {
            let zone = header.zone(ofStore: Int(store))
            let window = zone.startOfDay(days.lowerBound)..<zone.startOfDay(days.upperBound + 1)
            let clock = ContractClock(contract.measured, context, store)
            result.total += clock.seconds(IntervalSet([window]))
            let pieces = pieces(position, window, clock)
            result.down += pieces.reduce(0) { $0 + $1.seconds }
            result.pieces += pieces
        }
        result.pieces.sort { ($0.span.lowerBound, $0.outage, $0.store) < ($1.span.lowerBound, $1.outage, $1.store) }
        let isMissed = result.total > 0 && contract.availability.isMissed(down: result.down, total: result.total)
        result.standing = isMissed ? .missed : !result.isOver ? .running : result.total > 0 ? .kept : .noTime
        result.fee = contract.fee.map { fee in
            let length = month.lastDay - month.firstDay + 1
            return part(fee, Int64(days.upperBound - days.lowerBound + 1), of: Int64(length))
        }
        if result.total > 0 { result.tier = contract.tier(down: result.down, total: result.total) }
        if let fee = result.fee, !contract.tiers.isEmpty {
            result.creditDue = result.tier.map { part(fee, Int64($0.creditPermille), of: 1_000) } ?? .zero
        }
        if isMissed { settleDeadline(&result, header) }
        result.claims = header.ledger.claims.filter { claim in
            claim.vendor == contract.vendor && claim.month == month && isOfPart(claim, header)
        }.sorted { ($0.askedAt.raw, $0.identifier) < ($1.askedAt.raw, $1.identifier) }
        return result
    }

    /// Where a vendor has several contracts, a claim belongs to the first that was in force when its outage began and covers
    /// the outage's system.
    private func isOfPart(_ claim: OutageLedger.Claim, _ header: JournalHeader) -> Bool {
        let rivals = header.settings.contracts.filter { $0.vendor == contract.vendor }
        guard rivals.count > 1, let month = claim.month else { return true }
        let outage = claim.outage.map { header.outages[$0] }
        let began = outage.map { header.zones[0].day(at: $0.start) } ?? month.firstDay
        let day = min(max(began, month.firstDay), month.lastDay)
        let first = rivals.first { rival in
            guard rival.isInForce(day) else { return false }
            guard let outage else { return true }
            let store = outage.store >= 0 ? header.stores[Int(outage.store)].identifier : nil
            return (rival.systems.isEmpty || rival.systems.contains(outage.system))
                && (rival.stores.isEmpty || store.map(rival.stores.contains) ?? true)
        }
        return first.map { $0 == contract } ?? (rivals[0] == contract)
    }

    /// Each second once, by the earliest outage that covers it.
    private func pieces(_ position: Int, _ window: Range<Instant>, _ clock: ContractClock) -> [ContractMonth.Piece] {
        var pieces: [ContractMonth.Piece] = []
        var taken = spared[position]
        for down in downs[position] {
            guard let part = down.span.part(in: window), !part.isEmpty else { continue }
            let own = IntervalSet([part]).subtracting(taken)
            taken = taken.union(IntervalSet([part]))
            pieces.append(.init(outage: down.outage, store: stores[position], span: part, seconds: clock.seconds(own)))
        }
        return pieces
    }

    /// From the outage with which the promise was broken, or from the month's end.
    private func settleDeadline(_ month: inout ContractMonth, _ header: JournalHeader) {
        switch contract.claimFrom {
        case .month: month.claimFrom = month.days.upperBound
        case .outage:
            var down: Int64 = 0
            for piece in month.pieces {
                down += piece.seconds
                guard down > month.allowance else { continue }
                let outage = header.outages[piece.outage]
                if outage.isOpen(header), piece.span.upperBound >= header.asOf { break }
                let zone = header.zone(ofStore: Int(piece.store))
                month.claimFrom = min(zone.day(at: piece.span.upperBound), month.days.upperBound)
                break
            }
        }
        month.claimBy = month.claimFrom.flatMap { from in contract.claimWithinDays.map { from + $0 } }
    }

    /// Half a cent and more is rounded up.
    private func part(_ amount: Money, _ share: Int64, of whole: Int64) -> Money {
        Money(minorUnits: (amount.minorUnits * share * 2 + whole).floorDivided(by: 2 * whole))
    }
}

/// Seconds by a contract's clock at one store.
private struct ContractClock {
    private let open: OpenTime?
    init(_ clock: VendorContract.Clock, _ context: LinkingContext, _ store: Int32) {
        open = clock == .open ? context.calendars.tables[context.calendars.index(store: store, department: -1)] : nil
    }
    func seconds(_ set: IntervalSet) -> Int64 { open.map { $0.openSeconds(in: set) ?? 0 } ?? set.seconds }
}
