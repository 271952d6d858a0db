public import Basis
public import Dealership

/// One step of an outage's protocol: when it was due, and what is on record.
public struct ProtocolRecord: Hashable, Sendable {
    public enum Standing: Int, Hashable, Sendable, CaseIterable {
        case kept, late, missed
        /// Nothing that is exported says whether it was done.
        case notRecorded
        /// Its deadline has not come.
        case running
        /// The outage was over before it was due.
        case notNeeded
        public var words: String {
            switch self {
            case .kept: "kept"
            case .late: "late"
            case .missed: "missed"
            case .notRecorded: "not recorded"
            case .running: "still running"
            case .notNeeded: "over before it was due"
            }
        }
    }
    /// Position in the header's outages.
    public var outage: Int
    public var step: OutageProtocol.Step
    /// Nil: what the deadline counts from is not on record.
    public var dueAt: Instant?
    public var doneAt: Instant?
    /// Who did it; empty: nobody said.
    public var by: String
    public var standing: Standing
}

/// Every outage against the protocol of its system. DEFINITIONS 4, Readiness.
public struct ProtocolRecords: Sendable {
    /// In order of outage, then as the protocol has the steps.
    public let records: [ProtocolRecord]
    /// Outages whose system has no protocol, or whose protocol has no steps on file.
    public let withoutProtocol: [Int]
    public let withoutSteps: [Int]

    /// - Parameter store: leaves outages of other stores out; nil: none.
    public init(_ context: LinkingContext, store: String? = nil) {
        let header = context.header
        var records: [ProtocolRecord] = []
        var (withoutProtocol, withoutSteps): ([Int], [Int]) = ([], [])
        let log = StepLog(header)
        for (index, outage) in header.outages.enumerated() where outage.start < header.asOf && !outage.isPlanned {
            if let store, outage.store >= 0, header.stores[Int(outage.store)].identifier != store { continue }
            guard let steps = header.settings.outages.steps(ofSystem: outage.system) else {
                withoutProtocol.append(index)
                continue
            }
            if steps.isEmpty { withoutSteps.append(index) }
            let table = context.calendars.tables[context.calendars.index(store: outage.firstStore, department: -1)]
            for step in steps {
                let found = log.found(step.name, of: index)
                var record = ProtocolRecord(
                    outage: index, step: step, dueAt: ProtocolRecords.due(step, outage, table), doneAt: found?.doneAt,
                    by: found?.by ?? "", standing: .notRecorded)
                record.standing = log.standing(record, outage, found != nil)
                records.append(record)
            }
        }
        self.records = records
        self.withoutProtocol = withoutProtocol
        self.withoutSteps = withoutSteps
    }

    private static func due(_ step: OutageProtocol.Step, _ outage: Outage, _ table: OpenTime) -> Instant? {
        let from: Instant? =
            switch step.from {
            case .start: outage.start
            case .detection: outage.detected
            case .end: outage.end
            }
        guard let from else { return nil }
        return step.clock == .wall ? from + step.withinSeconds : table.deadline(from: from, open: step.withinSeconds)
    }
}

/// What the outage log and the table of steps say was done.
private struct StepLog {
    private let header: JournalHeader
    /// By outage.
    private var steps: [Int: [OutageLedger.DoneStep]] = [:]
    /// Steps that somebody keeps a record of: where it then says nothing, the step was not done.
    private var kept: Set<String> = []

    init(_ header: JournalHeader) {
        self.header = header
        for step in header.ledger.steps {
            steps[step.outage, default: []].append(step)
            kept.insert(step.step)
        }
        for outage in header.outages {
            for name in [
                OutageProtocol.Step.detect, OutageProtocol.Step.acknowledge, OutageProtocol.Step.tellCustomers,
            ]
            where StepLog.logged(name, outage) != nil { kept.insert(name) }
        }
    }

    private static func logged(_ step: String, _ outage: Outage) -> Instant? {
        switch step {
        case OutageProtocol.Step.detect: outage.detected
        case OutageProtocol.Step.acknowledge: outage.acknowledged
        case OutageProtocol.Step.tellCustomers: outage.notified
        default: nil
        }
    }

    /// The table's row, else the outage log's own time; nil: neither.
    func found(_ step: String, of outage: Int) -> (doneAt: Instant?, by: String)? {
        if let row = steps[outage]?.first(where: { $0.step == step }) { return (row.doneAt, row.by) }
        return StepLog.logged(step, header.outages[outage]).map { ($0, "") }
    }

    func standing(_ record: ProtocolRecord, _ outage: Outage, _ isRecorded: Bool) -> ProtocolRecord.Standing {
        if let done = record.doneAt, done < header.asOf {
            // Done, though nobody knows since when it was due.
            return record.dueAt.map { done <= $0 ? .kept : .late } ?? .notRecorded
        }
        guard let due = record.dueAt else {
            return record.step.from == .end && outage.end == nil ? .running : .notRecorded
        }
        if isRecorded, record.doneAt == nil { return .missed }
        if record.step.from != .end, let end = outage.end, end <= due { return .notNeeded }
        if due >= header.asOf { return .running }
        return kept.contains(record.step.name) ? .missed : .notRecorded
    }
}
