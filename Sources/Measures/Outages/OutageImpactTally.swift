import Basis
public import Dealership
public import Statistics

extension OutageImpact {
    enum Counter: Int, CaseIterable {
        case outages, openDown, wallDown, summedDown, open, conversations, answered, exposed
        /// Not 0 where conversations are known at all.
        case watched
        /// Begun in it and waiting when the system came back; of these, answered since. Who had waited before it, perhaps
        /// for good, is not its backlog.
        case backlog, backlogAnswered
        case own, external, utility, stillDown, dayPrecise, planned, plannedOpen, plannedWall, reversed
        case failures, detected, detectSeconds, acknowledged, acknowledgeSeconds, notified, notifySeconds, restored
        case restoreSeconds, gaps, gapSeconds
        case vendorOutages, vendorDown, vendorOurs
    }
    /// Open seconds: of those that began in the outage; of the backlog, from restoration on.
    enum Histogram: Int, CaseIterable { case answered, waiting, cleared, stillBacklog }

    /// Conversations that began in an outage, or whose clock ran during it, by the outage.
    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let header = facts.header
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, header)
        var byPlace: [UInt64: [Hit]] = [:]
        let stores = Set(facts.conversations.store)
        var names = [Names](repeating: Names(vendor: -1, system: -1, channel: -1), count: header.outages.count)
        for (index, outage) in header.outages.enumerated() where !outage.isPlanned && outage.start < header.asOf {
            // Of many stores' outages few hit these: names are looked up for them alone.
            let hitStores = stores.filter { outage.hits(store: $0) }
            if hitStores.isEmpty { continue }
            let codes = outage.activities(header.settings.outages).map { header.code(ofName: $0) }.filter { $0 >= 0 }
            if codes.isEmpty { continue }
            names[index] = Names(
                vendor: header.code(ofName: outage.vendor), system: header.code(ofName: outage.system),
                channel: header.code(ofName: outage.channel))
            for store in hitStores {
                let hit = Hit(index, outage, store: store, header)
                // What an outage did belongs to the month in which it began.
                guard hit.month.map({ filter.admits(store: store, day: $0.firstDay) }) ?? false else { continue }
                for code in codes {
                    byPlace[UInt64(UInt32(bitPattern: store)) << 32 | UInt64(UInt32(bitPattern: code)), default: []]
                        .append(hit)
                }
            }
        }
        if byPlace.isEmpty { return TallyTable() }
        let conversations = facts.conversations
        for fact in 0..<conversations.count where conversations.leftOut[fact] == .counted {
            let place = UInt64(UInt32(bitPattern: conversations.store[fact])) << 32
                | UInt64(UInt32(bitPattern: conversations.channel[fact]))
            guard let outages = byPlace[place] else { continue }
            let start = conversations.start[fact]
            let isAnswered = conversations.isAnswered(fact)
            let stop = isAnswered ? conversations.reply[fact] : facts.messagesAsOf.seconds
            var cells: [(exposed: Int, began: Bool, restored: Int64?)] = []
            for hit in outages {
                let index = hit.outage
                let spans = hit.spans.filter { $0.from < max(stop, start + 1) && $0.to > start }
                guard let last = spans.last else { continue }
                let cell = builder.cell(
                    key(spec, index, names[index], store: conversations.store[fact], month: hit.month?.number ?? 0))
                let began = spans.contains { $0.from <= start && start < $0.to }
                let restored = last.isOver ? min(last.to, facts.messagesAsOf.seconds) : nil
                // Two outages at once are one exposure, wherever they are not told apart.
                if let known = cells.firstIndex(where: { $0.exposed == cell }) {
                    cells[known].began = cells[known].began || began
                    cells[known].restored = cells[known].restored.flatMap { one in restored.map { max(one, $0) } }
                } else {
                    cells.append((cell, began, restored))
                }
            }
            for (cell, began, restored) in cells {
                builder.add(to: Counter.exposed.rawValue, of: cell)
                guard began else { continue }
                if let restored, stop >= restored {
                    builder.add(to: Counter.backlog.rawValue, of: cell)
                    if isAnswered { builder.add(to: Counter.backlogAnswered.rawValue, of: cell) }
                    let table = facts.calendars.tables[
                        facts.calendars.index(
                            store: conversations.store[fact], department: conversations.department[fact])]
                    let since = table.openSeconds(from: Instant(seconds: restored), to: Instant(seconds: stop)) ?? 0
                    let histogram = isAnswered ? Histogram.cleared : .stillBacklog
                    builder.record(Int32(clamping: since), in: histogram.rawValue, of: cell)
                }
                builder.add(to: Counter.conversations.rawValue, of: cell)
                if isAnswered { builder.add(to: Counter.answered.rawValue, of: cell) }
                builder.record(
                    conversations.openWait[fact], in: isAnswered ? Histogram.answered.rawValue : Histogram.waiting.rawValue,
                    of: cell)
            }
        }
        return builder.finish { key in
            spec.by.enumerated().map { position, dimension in
                let code = key[position]
                switch dimension {
                case .outage: return header.outages[Int(code)].identifier
                case .store: return header.stores[Int(code)].identifier
                case .month: return Month(number: code).description
                default: return header.name(code)
                }
            }
        }
    }

    /// An outage at one store.
    private struct Hit {
        var outage: Int
        /// In which it began; nil: it did not last at all, and so hit nobody.
        var month: Month?
        var spans: [(from: Int64, to: Int64, isOver: Bool)]
        init(_ index: Int, _ outage: Outage, store: Int32, _ header: JournalHeader) {
            let zone = header.zone(ofStore: Int(store))
            self.outage = index
            let ranges = outage.spans.map { ($0, $0.range(in: zone, asOf: header.asOf)) }.filter { !$0.1.isEmpty }
            month = ranges.isEmpty ? nil : zone.month(at: outage.start)
            spans = ranges.map { span, range in
                (
                    range.lowerBound.seconds, range.upperBound.seconds,
                    span.end(in: zone).map { $0 <= header.asOf } ?? false
                )
            }
        }
    }

    /// Codes of an outage's names.
    private struct Names {
        var vendor: Int32
        var system: Int32
        var channel: Int32
    }

    private func key(_ spec: TableSpec, _ outage: Int, _ names: Names, store: Int32, month: Int32) -> CellKey {
        let codes = spec.by.map { dimension -> Int32 in
            switch dimension {
            case .outage: Int32(truncatingIfNeeded: outage)
            case .vendor: names.vendor
            case .system: names.system
            case .channel: names.channel
            case .store: store
            case .month: month
            default: -1
            }
        }
        func code(_ position: Int) -> Int32 { position < codes.count ? codes[position] : 0 }
        return CellKey(code(0), code(1), code(2), code(3))
    }
}

extension OutageImpact {
    /// Open seconds waited by those who began in an outage: the answered, and the ones still waiting.
    public static func waits(_ tally: Tally) -> (answered: SparseHistogram, waiting: SparseHistogram) {
        guard tally.histograms.count == Histogram.allCases.count else { return (.init(), .init()) }
        return (tally.histograms[Histogram.answered.rawValue], tally.histograms[Histogram.waiting.rawValue])
    }
}
