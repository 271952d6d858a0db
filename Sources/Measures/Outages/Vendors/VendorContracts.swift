import Basis
public import Dealership

/// What vendors promised by contract, what they kept, and what they owe. DEFINITIONS 4, Vendor.
public struct VendorContracts: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) { self.init() }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    public static let entry = MeasureEntry(
        name: "vendor-contracts", code: "VEND", title: "Vendors' contracts",
        summary: "Which months kept the availability promised, what credit is due, and until when to ask for it.",
        definition: """
            A contract month's availability is 1 - seconds down / seconds of the month, over the covered systems and stores, \
            by the contract's clock (all time, or open time); seconds that several outages cover count once, an outage over \
            a month's end is split, one still open counts to the as-of instant, one recorded as our own fault does not \
            count, nor does maintenance unless the contract says so. Seconds of several stores add up. The month is missed \
            when its availability is below the promise, in exact integers. Credit due is the tier's share of the month's \
            fee, half a cent rounded up; for part of a month the fee counts by days. The days to claim in count from the \
            local day on which the outage that broke the promise ended, or from the month's last day, as the contract says.
            """,
        dimensions: [.vendor, .month],
        columns: [
            .init("contract_months", "months of contracts that are over"),
            .init("kept", "of these, with the availability promised"),
            .init("missed", "months below the promise; a month that is not over counts once the promise is broken"),
            .init("promised", "availability promised, where it is one and the same"),
            .init("availability", "1 - down_seconds / seconds; of a month that is not over, at best"),
            .init("down_seconds", "seconds down by the contract's clock"),
            .init("allowed_seconds", "seconds that may be down by the promise"),
            .init("seconds", "seconds of the months by the contract's clock"),
            .init("credit_share", "share of the fee that the tier credits, of one contract month"),
            .init("credit_due", "credit by the contract"),
            .init("credit_open", "of it, not asked for yet, and the deadline is not over"),
            .init("credit_lost", "of it, lost: nobody asked before the deadline"),
            .init("claim_by", "last day to claim what is not asked for yet; of several the nearest"),
            .init("days_left", "days from the as-of day to claim_by"),
            .init("claims_asked", "claims asked"),
            .init("claims_answered", "of these, answered"),
            .init("amount_asked", "amounts asked"),
            .init("amount_received", "amounts received"),
            .init("promises", "claims answered with a promise"),
        ],
        needs: ["outages"])

    enum Counter: Int, CaseIterable {
        case months, over, kept, missed, promised, down, allowed, total, tier, hasCredit, due, open, lost, claimBy,
            daysLeft
        case knowsClaims, asked, answered, amountAsked, received, promises
    }
    /// No such value.
    static let none = Int64.min

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable { TallyTable() }

    /// Contracts are of the header, not of a sharing group.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        guard isKnown(context.header) else { return TallyTable() }
        let all = ContractMonths(context, only: spec.months)
        var cells: [[String]: [ContractMonth]] = [:]
        for month in all.months where covers(month, spec.store) {
            let labels = spec.by.map { dimension in
                switch dimension {
                case .vendor: month.contract.vendor
                case .month: month.month.description
                default: ""
                }
            }
            cells[labels, default: []].append(month)
        }
        return TallyTable(cells: cells.mapValues { VendorContracts.tally($0, all.zone, context.header) })
    }

    private func covers(_ month: ContractMonth, _ store: String?) -> Bool {
        guard let store else { return true }
        return month.contract.stores.isEmpty || month.contract.stores.contains(store)
    }

    private static func tally(_ months: [ContractMonth], _ zone: ZoneRules, _ header: JournalHeader) -> Tally {
        var counts = [Int64](repeating: 0, count: Counter.allCases.count)
        func add(_ value: Int64, _ counter: Counter) { counts[counter.rawValue] += value }
        func set(_ value: Int64?, _ counter: Counter) { counts[counter.rawValue] = value ?? none }
        let knowsClaims = header.has(.claims)
        var deadlines: [Day] = []
        for month in months {
            add(1, .months)
            add(month.isOver ? 1 : 0, .over)
            add(month.standing == .kept ? 1 : 0, .kept)
            add(month.standing == .missed ? 1 : 0, .missed)
            add(month.down, .down)
            add(month.allowance, .allowed)
            add(month.total, .total)
            add(month.creditDue == nil ? 0 : 1, .hasCredit)
            add(month.creditDue?.minorUnits ?? 0, .due)
            for claim in month.claims where !claim.askedAt.isMissing {
                add(1, .asked)
                add(claim.answeredAt.isMissing ? 0 : 1, .answered)
                add(claim.promise.isEmpty || claim.answeredAt.isMissing ? 0 : 1, .promises)
            }
            add(month.asked.minorUnits, .amountAsked)
            add(month.received.minorUnits, .received)
            guard month.isCreditDue, knowsClaims, !month.isAskedInTime(zone), let due = month.creditDue else {
                continue
            }
            if let by = month.claimBy, by < header.asOfDay {
                add(month.received.minorUnits > 0 ? 0 : due.minorUnits, .lost)
            } else {
                add(due.minorUnits, .open)
                if let by = month.claimBy { deadlines.append(by) }
            }
        }
        let promises = Set(months.map(\.contract.availability))
        set(promises.count == 1 ? months.first.map { Int64($0.contract.availability.milliPercent) } : nil, .promised)
        set(months.count == 1 ? months[0].tier.map { Int64($0.creditPermille) } ?? 0 : nil, .tier)
        set(deadlines.min().map { Int64($0.number) }, .claimBy)
        set(deadlines.min().map { Int64($0 - header.asOfDay) }, .daysLeft)
        set(knowsClaims ? 1 : 0, .knowsClaims)
        return Tally(counts: counts, histograms: [])
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        func ifKnown(_ counter: Counter) -> Cell { count(.knowsClaims) > 0 ? .count(count(counter)) : .none }
        func money(_ counter: Counter, _ isKnown: Bool) -> Cell {
            isKnown ? .money(Money(minorUnits: count(counter))) : .none
        }
        guard count(.months) > 0 else { return .none }
        let knowsCredit = count(.hasCredit) > 0
        let knowsClaims = count(.knowsClaims) > 0
        switch column {
        case "contract_months": return .count(count(.over))
        case "kept": return .count(count(.kept))
        case "missed": return .count(count(.missed))
        case "promised":
            return count(.promised) == VendorContracts.none ? .none : .share(Double(count(.promised)) / 100_000)
        case "availability":
            return count(.total) > 0 ? .share(1 - Double(count(.down)) / Double(count(.total))) : .none
        case "down_seconds": return .count(count(.down))
        case "allowed_seconds": return .count(count(.allowed))
        case "seconds": return .count(count(.total))
        case "credit_share":
            return !knowsCredit || count(.tier) == VendorContracts.none ? .none : .share(Double(count(.tier)) / 1_000)
        case "credit_due": return money(.due, knowsCredit)
        case "credit_open": return money(.open, knowsCredit && knowsClaims)
        case "credit_lost": return money(.lost, knowsCredit && knowsClaims)
        case "claim_by":
            return count(.claimBy) == VendorContracts.none
                ? .none : .exact(Day(number: Int32(truncatingIfNeeded: count(.claimBy))).description)
        case "days_left": return count(.daysLeft) == VendorContracts.none ? .none : .count(count(.daysLeft))
        case "claims_asked": return ifKnown(.asked)
        case "claims_answered": return ifKnown(.answered)
        case "amount_asked": return money(.amountAsked, knowsClaims)
        case "amount_received": return money(.received, knowsClaims)
        case "promises": return ifKnown(.promises)
        default: return .none
        }
    }
}

extension VendorContracts {
    /// The outages of the contract months, and how much of each counts.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        // Outages are of all groups: told once, with the first.
        let header = facts.header
        var rows: [Evidence.Row] = []
        let context = LinkingContext(header: header, parameters: facts.parameters)
        let months = facts.journal.group == 0 ? ContractMonths(context, only: slice.months).months : []
        for month in months {
            let labels: [Dimension: String] = [.vendor: month.contract.vendor, .month: month.month.description]
            guard slice.labels.allSatisfy({ labels[$0.key] == $0.value }) else { continue }
            for piece in month.pieces {
                let outage = header.outages[piece.outage]
                rows.append(
                    Evidence.Row(
                        cells: [
                            month.contract.vendor, month.month.description, outage.identifier,
                            header.stores[Int(piece.store)].identifier, outage.system,
                            facts.local(piece.span.lowerBound.seconds, store: piece.store),
                            facts.local(piece.span.upperBound.seconds, store: piece.store), String(piece.seconds),
                            outage.vendorStart.map { facts.local($0.seconds, store: piece.store) } ?? "",
                            outage.vendorEnd.map { facts.local($0.seconds, store: piece.store) } ?? "",
                        ], isCounted: piece.seconds > 0,
                        standing: piece.seconds > 0
                            ? "counted" : "covered by another outage, or outside the contract's clock",
                        source: outage.source))
            }
        }
        return Evidence(
            columns: [
                "vendor", "month", "outage_id", "store_id", "system", "from", "to", "counted_seconds", "vendor_from",
                "vendor_to",
            ], rows: rows)
    }
}
