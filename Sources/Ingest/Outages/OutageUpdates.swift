import Basis
import Dealership

/// One row of a status page's export.
private struct OutageUpdate {
    var identifier: String
    var place: OutagePlace
    var stage: Outage.Stage
    var isDay: Bool
    var isExternal: Bool?
    var isPlanned: Bool
    var table: Int
}

extension StagedExports {
    /// Reports of one number are one outage at each store that they name. Where the log has the outage, its times hold
    /// and the reports fill in what it leaves open.
    mutating func readOutageUpdates() {
        var updates: [OutageUpdate] = []
        for index in tables.indices where tables[index].export.table == .outageUpdates {
            forEachRow(of: index) { row, staged in
                if let update = staged.update(row, index) { updates.append(update) }
            }
        }
        let logged = Dictionary(
            header.outages.indices.map { (header.outages[$0].identifier, $0) }, uniquingKeysWith: { first, _ in first })
        let byNumber = Dictionary(grouping: updates, by: \.identifier)
        for (number, rows) in byNumber.sorted(by: { $0.key < $1.key }) {
            if let index = logged[number] {
                attach(rows, to: index)
                continue
            }
            let stores = Set(rows.map(\.place.store)).filter { $0 >= 0 }.sorted()
            for store in stores.isEmpty ? [-1] : stores {
                let suffix = stores.count > 1 ? "-\(header.stores[Int(store)].identifier)" : ""
                let own = rows.filter { $0.place.store == store || $0.place.store < 0 }
                // What is wrong with a row that holds for several stores is said once.
                addOutage(number + suffix, own, store: store, isFirst: store == stores.first ?? -1)
            }
        }
    }

    private mutating func update(_ row: UnsafeRawPointer, _ table: Int) -> OutageUpdate? {
        var cursor = RowCursor(row)
        let identifier = cursor.text()
        let place = outagePlace(&cursor, store: RowCursor.store(row))
        let at = cursor.moment()
        let kinds = Outage.Stage.Kind.allCases
        let kind = kinds[min(Int(cursor.choice()), kinds.count - 1)]
        let isDay = cursor.choice() == 1
        let isExternal = cursor.flag()
        let isPlanned = cursor.flag() == true || [.scheduled, .inProgress, .completed].contains(kind)
        let source = RowCursor.source(row)
        if !isPlanned, isAhead(at, table: table, store: place.store) {
            setAside(.dateAhead, table: table, column: "at", source: source)
            return nil
        }
        return OutageUpdate(
            identifier: identifier, place: place, stage: .init(kind: kind, at: at, source: source), isDay: isDay,
            isExternal: isExternal, isPlanned: isPlanned, table: table)
    }

    private mutating func addOutage(_ identifier: String, _ rows: [OutageUpdate], store: Int32, isFirst: Bool) {
        let ordered = Outage.Stage.inOrder(rows.map(\.stage))
        let bySource = Dictionary(rows.map { ($0.stage.source, $0) }, uniquingKeysWith: { first, _ in first })
        let inOrder = ordered.compactMap { bySource[$0.source] }
        guard let first = inOrder.first else { return }
        func named(_ name: (OutagePlace) -> String) -> String {
            inOrder.map { name($0.place) }.first { !$0.isEmpty } ?? ""
        }
        let place = outagePlace(store: store, vendor: named(\.vendor), system: named(\.system), channel: named(\.channel))
        let told = StageSpans(ordered)
        let faulty = (told.spans.isEmpty ? ordered : told.unpaired).filter { stage in
            isFirst || (bySource[stage.source]?.place.store ?? -1) >= 0
        }
        for stage in faulty { setAside(told.isReversed ? .endsBeforeStart : .unpairedEvent, stage, bySource) }
        let spans = told.spans.map { from, to in
            span(from: from, to: to, isDay: inOrder.contains { $0.isDay }, place, table: first.table)
        }
        guard !spans.isEmpty else { return }
        let isExternal = inOrder.compactMap(\.isExternal).first
        var outage = outage(
            identifier, place, spans, isExternal: isExternal, source: rows.map(\.stage.source).min() ?? first.stage.source)
        outage.origin = .outageUpdates
        outage.isPlanned = inOrder.contains(where: \.isPlanned)
        outage.stages = ordered
        outage.takeReports()
        if told.isReversed { header.reversedOutages.append(outage) } else { header.outages.append(outage) }
    }

    private mutating func setAside(_ reason: SetAside, _ stage: Outage.Stage, _ rows: [RowSource: OutageUpdate]) {
        guard let row = rows[stage.source] else { return }
        setAside(reason, table: row.table, column: reason == .endsBeforeStart ? "at" : "stage", source: stage.source)
    }

    /// Times that lie between being back in part and breaking again are taken out of a logged outage's span.
    private mutating func attach(_ rows: [OutageUpdate], to index: Int) {
        var outage = header.outages[index]
        let ordered = Outage.Stage.inOrder(rows.map(\.stage))
        let bySource = Dictionary(rows.map { ($0.stage.source, $0) }, uniquingKeysWith: { first, _ in first })
        let told = StageSpans(ordered)
        for stage in told.unpaired { setAside(.unpairedEvent, stage, bySource) }
        outage.stages = Outage.Stage.inOrder(outage.stages + ordered)
        outage.takeReports()
        if outage.isPlanned || rows.contains(where: \.isPlanned) { outage.isPlanned = true }
        if outage.end == nil, let back = told.spans.last?.to, !back.isMissing, back.instant >= outage.start {
            let place = OutagePlace(
                store: outage.store, vendor: outage.vendor, system: outage.system, channel: outage.channel)
            let last = span(from: back, to: back, isDay: false, place, table: rows[0].table)
            outage.end = last.end
            outage.spans[outage.spans.count - 1].end = last.end
            outage.spans[outage.spans.count - 1].lastDay = last.lastDay
            if last.lastDay != nil { outage.precision = .day }
        }
        if outage.precision == .instant, told.spans.count > 1, outage.spans.count == 1 {
            outage.spans = told.cut(outage.spans[0])
        }
        header.outages[index] = outage
    }
}

extension Outage {
    /// Our own steps, where they stand among the reports and nowhere else.
    fileprivate mutating func takeReports() {
        func first(_ kind: Stage.Kind) -> Instant? { stages.first { $0.kind == kind }.map(\.at.instant) }
        detected = detected ?? first(.detected)
        acknowledged = acknowledged ?? first(.acknowledged)
        notified = notified ?? first(.notified)
    }
}

/// When something was down, by the stages that were reported of it.
///
/// The first report begins it. It is over with `resolved` (or `completed`). Back in part it still counts as down; where it
/// then breaks again (`restarted`, or `started` once more), the span before ended with the last partial restoration.
struct StageSpans {
    /// To is missing: still down.
    private(set) var spans: [(from: Moment, to: Moment)] = []
    /// Reports that do not follow from those before.
    private(set) var unpaired: [Outage.Stage] = []
    /// It was over before it began, and never again.
    private(set) var isReversed = false

    private var began: Moment?
    private var isStartStated = false
    private var partial: Moment?

    /// `stages` in order.
    init(_ stages: [Outage.Stage]) {
        for stage in stages { take(stage) }
        if let began { spans.append((began, .missing)) }
        let over = unpaired.filter { $0.kind == .resolved || $0.kind == .completed }
        if let only = spans.first, spans.count == 1, only.to.isMissing, !over.isEmpty {
            isReversed = over.allSatisfy { $0.at.instant < only.from.instant }
            if isReversed { unpaired = over }
        }
    }

    private mutating func take(_ stage: Outage.Stage) {
        switch stage.kind {
        case .detected, .acknowledged, .notified, .scheduled, .postmortem: break
        case .started, .restarted: start(stage)
        case .investigating, .identified, .inProgress:
            if began == nil { began = stage.at }
        case .update, .monitoring:
            if began == nil, spans.isEmpty { began = stage.at }
        case .partial:
            if began == nil { unpaired.append(stage) } else { partial = stage.at }
        case .resolved, .completed:
            if let from = began { close(from, stage.at) } else { unpaired.append(stage) }
        }
    }

    private mutating func start(_ stage: Outage.Stage) {
        if let from = began {
            if let back = partial {
                close(from, back)
            } else if isStartStated {
                return unpaired.append(stage)
            } else {
                isStartStated = true
                return
            }
        }
        began = stage.at
        isStartStated = true
    }

    private mutating func close(_ from: Moment, _ to: Moment) {
        spans.append((from, to))
        began = nil
        partial = nil
        isStartStated = false
    }

    /// A span less what lies between two of these.
    func cut(_ span: Outage.Span) -> [Outage.Span] {
        var pieces = [span]
        for (before, after) in zip(spans, spans.dropFirst()) where !before.to.isMissing {
            let (back, again) = (before.to.instant, after.from.instant)
            guard let last = pieces.last, last.start < back, back < again, last.end.map({ again < $0 }) ?? true else { continue }
            pieces[pieces.count - 1].end = back
            pieces.append(Outage.Span(start: again, end: last.end))
        }
        return pieces
    }
}
