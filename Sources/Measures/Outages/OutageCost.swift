import Basis
public import Dealership
import Statistics

/// What an outage cost, as a range, each part with how it was got. DEFINITIONS 4.
public struct OutageCost: Measure {
    public var answerOn: ConversationSettings.AnswerOn
    public var windowDays: Int
    public var minimumN: Int
    public init(answerOn: ConversationSettings.AnswerOn, windowDays: Int, minimumN: Int) {
        self.answerOn = answerOn
        self.windowDays = windowDays
        self.minimumN = minimumN
    }
    public init?(_ parameters: inout some ParameterReading) {
        let settings = parameters.settings
        self.init(
            answerOn: parameters.answerOn(), windowDays: parameters.days("window") ?? settings.conversion.windowDays,
            minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [("answer-on", answerOn.rawValue), ("window", "\(windowDays) days"), ("minimum-n", String(minimumN))]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.answerOn = answerOn
        own.windowDays = windowDays
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    /// Money in minor units. Of lost gross the estimate and its limits; counts of missing in thousandths.
    enum Counter: Int, CaseIterable {
        case outages, windows, valued, missing, lostLow, lost, lostHigh
        /// What the valued windows' enquiries brought in finished months; of windows alike counted as often.
        case enquiries, sales, withGross, grossOfSales
        case staffSeconds, staffCost, knowsStaffHour
        case remedies, knowsRemedies, credits, knowsClaims, knowsSales
    }

    public static let entry = MeasureEntry(
        name: "outage-cost", code: "COST", title: "Cost of outages",
        summary: "What outages cost: gross that did not come, staff time, remedies, less credits; as a range.",
        definition: """
            Lost gross: missing conversations and leads (missing-volume, with its limits) times the store's own share of \
            such enquiries that bought within the window (finished months, a sale counts for the customer's latest enquiry; \
            Wilson 95 %) times the mean gross of these sales (95 %, Student's t). The limits of a product and of a sum are \
            the square root of the sum of the squares that each part's limit takes away alone (MOVER; Zou, Donner 2008, \
            doi:10.1002/sim.3095); nothing is lost below 0. Missing visits and appointments are not valued: they come of \
            customers we have. Staff time: open seconds down, overlaps on one system and store once, times the people at \
            work on it in each store and the hour's cost in the settings. Remedies and credits: the amounts given and \
            received by the as-of instant, of rows that name the outage; by store those that a row or its outage names. A \
            part that is not known is not 0 and not in the sum; what was found for it is said. The month is that of the \
            outage's start.
            """,
        dimensions: OutageLabels.dimensions,
        columns: [
            .init("outages", "recorded outages"),
            .init("missing_enquiries", "missing conversations and leads that could be valued"),
            .init("lost_gross_low", "95 % lower limit"),
            .init("lost_gross", "missing enquiries x share that buys x gross of a sale"),
            .init("lost_gross_high", "95 % upper limit"),
            .init("buying_share", "share of such enquiries that bought, finished months"),
            .init("gross_of_sale", "mean gross of these sales"),
            .init("lost_gross_how", "how it was got, or why it is not known"),
            .init("staff_seconds", "open seconds down, a store and system, overlaps once"),
            .init("staff_cost", "staff_seconds x people x cost of an hour"),
            .init("staff_how", "how it was got, or why it is not known"),
            .init("remedies_given", "amounts given to customers"),
            .init("remedies_how", "how it was got, or why it is not known"),
            .init("credits_received", "amounts received from vendors"),
            .init("credits_how", "how it was got, or why it is not known"),
            .init("together_low", "the known parts together, lower limit"),
            .init("together", "the known parts together"),
            .init("together_high", "the known parts together, upper limit"),
        ],
        parameters: [.answerOn, .window, .minimumN],
        needs: ["outages"])

    /// Outages and staff time are of the header, not of a sharing group.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        let labels = OutageLabels(spec, header)
        var spans: [StaffKey: [Range<Instant>]] = [:]
        var outages: [[String]: Set<String>] = [:]
        for outage in header.outages where !outage.isPlanned {
            for store in outage.storesHit(header) {
                guard let cell = labels.labels(outage, store: store) else { continue }
                outages[cell, default: []].insert(outage.identifier)
                spans[StaffKey(labels: cell, system: outage.systemKey, store: store), default: []]
                    += outage.down(store: store, header).intervals
            }
        }
        let impact = header.settings.outages.impact
        var table = TallyTable(
            cells: outages.mapValues { identifiers in
                var counts = [Int64](repeating: 0, count: Counter.allCases.count)
                counts[Counter.outages.rawValue] = Int64(identifiers.count)
                counts[Counter.knowsStaffHour.rawValue] = impact.staffHour == nil ? 0 : 1
                counts[Counter.knowsRemedies.rawValue] = header.knows(.remedies) ? 1 : 0
                counts[Counter.knowsClaims.rawValue] = header.knows(.claims) ? 1 : 0
                counts[Counter.knowsSales.rawValue] = header.knows(.sales) ? 1 : 0
                return Tally(counts: counts, histograms: [])
            })
        for (key, ranges) in spans {
            let calendar = context.calendars.tables[context.calendars.index(store: key.store, department: -1)]
            let seconds = calendar.openSeconds(in: IntervalSet(ranges)) ?? 0
            table.cells[key.labels]?.counts[Counter.staffSeconds.rawValue] += seconds
        }
        addLedger(header, labels, spec, &table)
        if let hour = impact.staffHour {
            for labels in table.cells.keys {
                let seconds = table.cells[labels]?.counts[Counter.staffSeconds.rawValue] ?? 0
                let cost = Double(seconds) / 3_600 * Double(impact.staffPeople) * Double(hour.minorUnits)
                table.cells[labels]?.counts[Counter.staffCost.rawValue] = Int64(cost.rounded())
            }
        }
        return table
    }

    /// Amounts that changed hands. Whose store no row and no outage names is in no store's cell.
    private func addLedger(_ header: JournalHeader, _ labels: OutageLabels, _ spec: TableSpec, _ table: inout TallyTable) {
        func add(_ amount: Money?, _ counter: Counter, _ outage: Outage, _ store: Int32, _ at: Moment) {
            guard let amount, at.isMissing || at.instant < header.asOf else { return }
            let isOfStores = spec.store != nil || spec.by.contains(.store)
            let named = store >= 0 ? store : outage.store
            guard let store = named >= 0 || isOfStores ? named : outage.storesHit(header).first,
                let cell = labels.labels(outage, store: store)
            else { return }
            table.cells[cell]?.counts[counter.rawValue] += amount.minorUnits
        }
        for remedy in header.ledger.remedies {
            add(remedy.amount, .remedies, header.outages[remedy.outage], remedy.store, remedy.givenAt)
        }
        for claim in header.ledger.claims {
            guard let outage = claim.outage else { continue }
            add(claim.amountReceived, .credits, header.outages[outage], -1, claim.answeredAt)
        }
    }

    private struct StaffKey: Hashable {
        var labels: [String]
        var system: String
        var store: Int32
    }

    /// Rows of windows as missing-volume has them, and beside each what its enquiries bring.
    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var table = VolumeTallies.of(facts, spec)
        let own = Set(facts.stores)
        var counting = EnquiryCounting(facts)
        guard facts.header.knows(.sales) else { return table }
        for window in VolumeWindow.all(facts.header, spec, stores: own) {
            guard let count = counting.count(window.kind, store: window.store) else { continue }
            let labels = window.labels + [window.identifier, "value", ""]
            table.merge(TallyTable(cells: [labels: Tally(counts: count.values, histograms: [])]))
        }
        return table
    }

    public func storesBeside(_ store: Int32, _ header: JournalHeader) -> [Int32] {
        VolumeTallies.controls(of: store, header)
    }

    public func completed(_ table: TallyTable, _ spec: TableSpec) -> TallyTable {
        var cells = table.cells.filter { $0.key.count == spec.by.count }
        var sums: [[String]: LostGross] = [:]
        for (labels, window, estimate) in VolumeTallies.windows(table, spec) {
            guard let found = table.cells[labels + [window, "value", ""]] else { continue }
            let count = EnquiryCount(values: found.counts)
            sums[labels, default: LostGross()].add(estimate, EnquiryValue(count, minimumN: minimumN), count)
        }
        for (labels, lost) in sums where cells[labels] != nil {
            func set(_ counter: Counter, _ value: Double) {
                cells[labels]?.counts[counter.rawValue] = Int64(value.rounded())
            }
            set(.windows, Double(lost.windows))
            set(.valued, Double(lost.valued))
            set(.missing, lost.missing * 1_000)
            set(.enquiries, Double(lost.brought[.enquiries]))
            set(.sales, Double(lost.brought[.sales]))
            set(.withGross, Double(lost.brought[.withGross]))
            set(.grossOfSales, Double(lost.brought[.gross]))
            set(.lostLow, max(0, lost.gross - lost.below.squareRoot()))
            set(.lost, max(0, lost.gross))
            set(.lostHigh, max(0, lost.gross + lost.above.squareRoot()))
        }
        return TallyTable(cells: cells)
    }

    /// Lost gross of a cell's windows, with the squares of what the limits take away and add.
    private struct LostGross {
        var windows = 0
        var valued = 0
        var missing = 0.0
        var gross = 0.0
        var below = 0.0
        var above = 0.0
        var brought = EnquiryCount()

        mutating func add(_ window: VolumeEstimate, _ value: EnquiryValue?, _ count: EnquiryCount) {
            windows += 1
            guard let value, !window.isTooFew else { return }
            valued += 1
            for field in EnquiryCount.Field.allCases { brought[field] += count[field] }
            let estimate = MissingEstimate(
                downObserved: Double(window.count[.downObserved]), down: window.down,
                wholeObserved: Double(window.count[.downObserved] + window.count[.afterObserved]), whole: window.whole)
            let limits = estimate.netLimits
            missing += estimate.net
            gross += estimate.net * value.mean
            let size = estimate.net.magnitude
            func square(_ number: Double) -> Double { number * number }
            below += square((estimate.net - limits.lowerBound) * value.mean)
                + square(size * (value.mean - value.limits.lowerBound))
            above += square((limits.upperBound - estimate.net) * value.mean)
                + square(size * (value.limits.upperBound - value.mean))
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        guard tally.counts.count == Counter.allCases.count else { return .none }
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let hasLost = count(.valued) > 0
        let hasStaff = count(.knowsStaffHour) > 0
        let hasRemedies = count(.knowsRemedies) > 0
        let hasCredits = count(.knowsClaims) > 0
        func lost(_ counter: Counter) -> Cell { hasLost ? .money(Money(minorUnits: count(counter))) : .none }
        func together(_ counter: Counter) -> Cell {
            let parts = (hasLost ? count(counter) : 0) + (hasStaff ? count(.staffCost) : 0)
                + (hasRemedies ? count(.remedies) : 0) - (hasCredits ? count(.credits) : 0)
            return hasLost || hasStaff || hasRemedies || hasCredits ? .money(Money(minorUnits: parts)) : .none
        }
        switch column {
        case "outages": return .count(count(.outages))
        case "missing_enquiries": return hasLost ? .mean(max(0, Double(count(.missing)) / 1_000)) : .none
        case "lost_gross_low": return lost(.lostLow)
        case "lost_gross": return lost(.lost)
        case "lost_gross_high": return lost(.lostHigh)
        case "buying_share":
            return hasLost ? .share(Double(count(.sales)) / Double(max(1, count(.enquiries)))) : .none
        case "gross_of_sale":
            return hasLost ? .money(Money(minorUnits: count(.grossOfSales) / max(1, count(.withGross)))) : .none
        case "lost_gross_how":
            if hasLost { return .exact("missing enquiries x share that buys x gross of a sale") }
            if count(.knowsSales) == 0 { return .exact("not known: no export of deals") }
            return .exact(count(.windows) == 0 ? "no conversations or leads hit" : "too few enquiries or sales to value")
        case "staff_seconds": return .count(count(.staffSeconds))
        case "staff_cost": return hasStaff ? .money(Money(minorUnits: count(.staffCost))) : .none
        case "staff_how":
            return .exact(hasStaff ? "open hours down x people x cost of an hour" : "not known: no staff-hour in the settings")
        case "remedies_given": return hasRemedies ? .money(Money(minorUnits: count(.remedies))) : .none
        case "remedies_how":
            return .exact(hasRemedies ? "amounts of the remedies' rows" : "not known: no export of remedies")
        case "credits_received": return hasCredits ? .money(Money(minorUnits: count(.credits))) : .none
        case "credits_how":
            return .exact(hasCredits ? "amounts received of the claims' rows" : "not known: no export of claims")
        case "together_low": return together(.lostLow)
        case "together": return together(.lost)
        case "together_high": return together(.lostHigh)
        default: return .none
        }
    }
}
