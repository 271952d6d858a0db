import Basis
public import Dealership

/// How each outage kept the protocol of its system, and which systems have none. DEFINITIONS 4, Readiness.
public struct ProtocolKeeping: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) { self.init() }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.outages) }

    public static let entry = MeasureEntry(
        name: "outage-protocol", code: "PROT", title: "Incident protocol",
        summary: "Which steps of the protocol were kept, late or missed in each outage, and which systems have none.",
        definition: """
            A step is due so long after the outage's start, detection or end, by wall clock or open time, as the protocol \
            says. It was kept when done by then, late when done after; missed when it was not done though such a step is \
            recorded of some outage, or is recorded without a time; not recorded where nothing exported would say so. A step \
            that was not done because the outage was over before it was due was not needed. detect, acknowledge and \
            tell-customers are the outage log's detected_at, acknowledged_at and notified_at unless outage_steps says \
            otherwise. Maintenance has no protocol to keep.
            """,
        dimensions: [.outage, .system, .vendor, .store, .month, .step],
        columns: [
            .init("outages", "outages that had steps to keep"),
            .init("outages_without_protocol", "outages of systems without a protocol"),
            .init("outages_without_steps", "outages of systems whose protocol has no steps on file"),
            .init("due", "steps whose deadline came: kept, late, missed and not recorded"),
            .init("kept", "steps done by their deadline"),
            .init("late", "steps done after it"),
            .init("missed", "steps not done"),
            .init("not_recorded", "steps of which nothing is known"),
            .init("running", "steps whose deadline has not come"),
            .init("not_needed", "steps not done because the outage was over before"),
            .init("kept_share", "kept / (kept + late + missed)"),
        ],
        needs: ["outages"])

    enum Counter: Int, CaseIterable {
        case outages, withoutProtocol, withoutSteps
        case kept, late, missed, notRecorded, running, notNeeded
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable { TallyTable() }

    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        guard isKnown(header) else { return TallyTable() }
        let all = ProtocolRecords(context, store: spec.store)
        var cells: [[String]: Tally] = [:]
        var counted: [[String]: Set<Int>] = [:]
        func add(_ outage: Int, step: String, _ counter: Counter) {
            guard let labels = labels(outage, step: step, spec, header) else { return }
            cells[labels, default: Tally(counts: [Int64](repeating: 0, count: Counter.allCases.count), histograms: [])]
                .counts[counter.rawValue] += 1
        }
        for record in all.records {
            let counter: Counter =
                switch record.standing {
                case .kept: .kept
                case .late: .late
                case .missed: .missed
                case .notRecorded: .notRecorded
                case .running: .running
                case .notNeeded: .notNeeded
                }
            add(record.outage, step: record.step.name, counter)
            guard let labels = labels(record.outage, step: record.step.name, spec, header) else { continue }
            if counted[labels, default: []].insert(record.outage).inserted {
                add(record.outage, step: record.step.name, .outages)
            }
        }
        for outage in all.withoutProtocol { add(outage, step: "", .withoutProtocol) }
        for outage in all.withoutSteps { add(outage, step: "", .withoutSteps) }
        return TallyTable(cells: cells)
    }

    /// Nil: not of the table's store or months.
    private func labels(_ index: Int, step: String, _ spec: TableSpec, _ header: JournalHeader) -> [String]? {
        let outage = header.outages[index]
        if let store = spec.store, outage.store >= 0, header.stores[Int(outage.store)].identifier != store {
            return nil
        }
        let month = outage.month(header)
        if let months = spec.months, !months.contains(month) { return nil }
        return spec.by.map { dimension in
            switch dimension {
            case .outage: outage.identifier
            case .system: outage.system
            case .vendor: outage.vendor
            case .store: outage.store >= 0 ? header.stores[Int(outage.store)].identifier : ""
            case .month: month.description
            case .step: step
            default: ""
            }
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let judged = count(.kept) + count(.late) + count(.missed)
        let hasSteps = count(.outages) > 0
        switch column {
        case "outages": return .count(count(.outages))
        case "outages_without_protocol": return .count(count(.withoutProtocol))
        case "outages_without_steps": return .count(count(.withoutSteps))
        case "due": return hasSteps ? .count(judged + count(.notRecorded)) : .none
        case "kept": return hasSteps ? .count(count(.kept)) : .none
        case "late": return hasSteps ? .count(count(.late)) : .none
        case "missed": return hasSteps ? .count(count(.missed)) : .none
        case "not_recorded": return hasSteps ? .count(count(.notRecorded)) : .none
        case "running": return hasSteps ? .count(count(.running)) : .none
        case "not_needed": return hasSteps ? .count(count(.notNeeded)) : .none
        case "kept_share": return judged > 0 ? .share(Double(count(.kept)) / Double(judged)) : .none
        default: return .none
        }
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let header = facts.header
        let context = LinkingContext(header: header, parameters: facts.parameters)
        let all = facts.journal.group == 0 ? ProtocolRecords(context).records : []
        var rows: [Evidence.Row] = []
        for record in all {
            let outage = header.outages[record.outage]
            let labels: [Dimension: String] = [
                .outage: outage.identifier, .system: outage.system, .vendor: outage.vendor, .step: record.step.name,
                .store: outage.store >= 0 ? header.stores[Int(outage.store)].identifier : "",
                .month: outage.month(header).description,
            ]
            guard slice.holds(labels) else { continue }
            let store = outage.firstStore
            rows.append(
                Evidence.Row(
                    cells: [
                        outage.identifier, outage.system, record.step.name,
                        record.dueAt.map { facts.local($0.seconds, store: store) } ?? "",
                        record.doneAt.map { facts.local($0.seconds, store: store) } ?? "", record.by,
                    ], isCounted: record.standing != .running && record.standing != .notNeeded,
                    standing: record.standing.words, source: outage.source))
        }
        return Evidence(columns: ["outage_id", "system", "step", "due_at", "done_at", "by"], rows: rows)
    }
}

extension Outage {
    /// The local month of its start.
    func month(_ header: JournalHeader) -> Month {
        zone(header).month(at: start)
    }

    /// By whose hours its times are told.
    var firstStore: Int32 { store >= 0 ? store : stores.first ?? 0 }
}
