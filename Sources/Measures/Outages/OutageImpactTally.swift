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
    }
    /// Open seconds: of those that began in the outage; of the backlog, from restoration on.
    enum Histogram: Int, CaseIterable { case answered, waiting, cleared, stillBacklog }

    /// Downtime is of the header, not of a sharing group: an outage of every store counts once. Overlaps on one system
    /// (vendor and channel where no system is named) and store count once; different systems add up.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        var spans: [DownKey: [Range<Instant>]] = [:]
        var outages: [[String]: Set<String>] = [:]
        var summed: [[String]: Int64] = [:]
        for outage in header.outages where outage.start < header.asOf {
            let end = min(outage.end ?? header.asOf, header.asOf)
            for piece in pieces(outage, end, spec, header) {
                spans[DownKey(labels: piece.labels, system: outage.systemKey, stores: piece.stores), default: []]
                    .append(piece.span)
                outages[piece.labels, default: []].insert(outage.identifier)
                summed[piece.labels, default: 0] += piece.span.upperBound - piece.span.lowerBound
            }
        }
        let knowsConversations = header.knows(.messages) || header.knows(.conversations)
        var table = TallyTable()
        for (key, ranges) in spans {
            let set = IntervalSet(ranges)
            var counts = [Int64](repeating: 0, count: Counter.allCases.count)
            counts[Counter.wallDown.rawValue] = set.seconds
            counts[Counter.watched.rawValue] = knowsConversations ? 1 : 0
            counts[Counter.openDown.rawValue] = openSeconds(set, key.stores, context)
            if spec.by.contains(.month), let month = spec.by.firstIndex(of: .month).flatMap({ Month(key.labels[$0]) }) {
                let zone = header.zones[0]
                let start = zone.startOfDay(month.firstDay)
                // Of a month that is not over, so much as has passed.
                let end = min(zone.startOfDay((month + 1).firstDay), header.asOf)
                let whole = IntervalSet([start..<max(start, end)])
                counts[Counter.open.rawValue] = openSeconds(whole, key.stores, context)
            }
            table.merge(TallyTable(cells: [key.labels: Tally(
                counts: counts, histograms: [SparseHistogram](repeating: .init(), count: Histogram.allCases.count))]))
        }
        for (labels, identifiers) in outages {
            table.cells[labels]?.counts[Counter.outages.rawValue] = Int64(identifiers.count)
            table.cells[labels]?.counts[Counter.summedDown.rawValue] = summed[labels] ?? 0
        }
        return table
    }

    private struct DownKey: Hashable {
        var labels: [String]
        var system: String
        var stores: [Int32]
    }

    /// One piece a store (where split by store) and month (where split by month), cut at local month ends.
    private func pieces(
        _ outage: Outage, _ end: Instant, _ spec: TableSpec, _ header: JournalHeader
    ) -> [(labels: [String], stores: [Int32], span: Range<Instant>)] {
        let filter = FactFilter(spec, header)
        let all = outage.storesHit(header).filter { filter.admits(store: $0) }
        if all.isEmpty { return [] }
        let storeSets = spec.by.contains(.store) ? all.map { [$0] } : [all]
        var result: [(labels: [String], stores: [Int32], span: Range<Instant>)] = []
        for stores in storeSets {
            let zone = stores.first.map { header.zone(ofStore: Int($0)) } ?? header.zones[0]
            var spans: [(Month?, Range<Instant>)] = [(nil, outage.start..<end)]
            if spec.by.contains(.month) {
                spans = []
                var month = zone.month(at: outage.start)
                while zone.startOfDay(month.firstDay) < end || spans.isEmpty {
                    let from = max(outage.start, zone.startOfDay(month.firstDay))
                    let to = min(end, zone.startOfDay((month + 1).firstDay))
                    spans.append((month, from..<max(from, to)))
                    month = month + 1
                }
            }
            if let months = spec.months {
                let window = zone.startOfDay(months.lowerBound.firstDay)..<zone.startOfDay((months.upperBound + 1).firstDay)
                spans = spans.compactMap { month, span in span.part(in: window).map { (month, $0) } }
            }
            for (month, span) in spans {
                let labels = spec.by.map { dimension -> String in
                    switch dimension {
                    case .outage: outage.identifier
                    case .vendor: outage.vendor
                    case .system: outage.system
                    case .channel: outage.channel
                    case .store: stores.first.map { header.stores[Int($0)].identifier } ?? ""
                    case .month: month?.description ?? ""
                    default: ""
                    }
                }
                result.append((labels, stores, span))
            }
        }
        return result
    }

    /// Seconds of the set in which at least one of the stores is open.
    private func openSeconds(_ set: IntervalSet, _ stores: [Int32], _ context: LinkingContext) -> Int64 {
        let tables = Set(stores.map { context.calendars.index(store: $0, department: -1) }).sorted()
        if tables.count == 1 { return context.calendars.tables[tables[0]].openSeconds(in: set) ?? 0 }
        var open = IntervalSet.empty
        for table in tables {
            for span in set.intervals {
                open = open.union(
                    IntervalSet(context.calendars.tables[table].intervals(from: span.lowerBound, to: span.upperBound) ?? []))
            }
        }
        return open.seconds
    }

    /// Conversations that began in an outage, or whose clock ran during it, by the outage.
    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let header = facts.header
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        var byPlace: [UInt64: [Int]] = [:]
        let stores = Set(facts.conversations.store)
        for (index, outage) in header.outages.enumerated() where outage.start < header.asOf {
            for activity in outage.activities(header.settings.outages) {
                let code = header.code(ofName: activity)
                if code < 0 { continue }
                for store in stores where outage.hits(store: store) {
                    byPlace[UInt64(UInt32(bitPattern: store)) << 32 | UInt64(UInt32(bitPattern: code)), default: []]
                        .append(index)
                }
            }
        }
        if byPlace.isEmpty { return TallyTable() }
        let names = header.outages.map { outage in
            Names(
                vendor: header.code(ofName: outage.vendor), system: header.code(ofName: outage.system),
                channel: header.code(ofName: outage.channel))
        }
        let conversations = facts.conversations
        let filter = FactFilter(spec, header)
        for fact in 0..<conversations.count
        where conversations.leftOut[fact] == .counted
            && filter.admits(store: conversations.store[fact], day: conversations.day[fact]) {
            let place = UInt64(UInt32(bitPattern: conversations.store[fact])) << 32
                | UInt64(UInt32(bitPattern: conversations.channel[fact]))
            guard let outages = byPlace[place] else { continue }
            let start = conversations.start[fact]
            let isAnswered = conversations.isAnswered(fact)
            let stop = isAnswered ? conversations.reply[fact] : facts.messagesAsOf.seconds
            var cells: [(exposed: Int, began: Bool, restored: Int64?)] = []
            for index in outages {
                let outage = header.outages[index]
                let end = outage.end ?? header.asOf
                if outage.start.seconds >= max(stop, start + 1) || end.seconds <= start { continue }
                let month = conversations.day[fact].month.number
                let cell = builder.cell(
                    key(spec, index, names[index], store: conversations.store[fact], month: month))
                let began = outage.start.seconds <= start && start < end.seconds
                let restored = outage.end.map { min($0, facts.messagesAsOf).seconds }
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

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        switch column {
        case "outages": return .count(count(.outages))
        case "open_seconds_down": return .count(count(.openDown))
        case "wall_seconds_down": return .count(count(.wallDown))
        case "summed_seconds_down": return .count(count(.summedDown))
        case "open_seconds": return count(.open) > 0 ? .count(count(.open)) : .none
        case "availability":
            return count(.open) > 0 ? .share(1 - Double(count(.openDown)) / Double(count(.open))) : .none
        case "conversations", "answered", "exposed":
            let found = column == "exposed" ? count(.exposed) : count(column == "answered" ? .answered : .conversations)
            return count(.exposed) == 0 && count(.watched) == 0 ? .none : .count(found)
        case "backlog", "backlog_answered":
            let found = count(column == "backlog" ? .backlog : .backlogAnswered)
            return count(.exposed) == 0 && count(.watched) == 0 ? .none : .count(found)
        case "backlog_p50", "backlog_p90":
            guard tally.histograms.count == Histogram.allCases.count else { return .none }
            let curve = KaplanMeier(
                events: tally.histograms[Histogram.cleared.rawValue],
                censored: tally.histograms[Histogram.stillBacklog.rawValue])
            return Cell(curve.quantile(column == "backlog_p50" ? .median : .p90))
        case "p50":
            return Cell(OutageImpact.waits(tally).answered.quantile(.median).map(TimeQuantile.at))
        default: return .none
        }
    }
}

extension Range<Instant> {
    /// What of it lies in a window; nil: nothing. An outage that began and ended in the same second lies in one, too.
    func part(in window: Range<Instant>) -> Range<Instant>? {
        if isEmpty { return window.contains(lowerBound) ? self : nil }
        let part = clamped(to: window)
        return part.isEmpty ? nil : part
    }
}

extension Outage {
    /// Overlaps on it count once.
    var systemKey: String { system.isEmpty ? "\(vendor)·\(channel)" : system }
}

extension OutageImpact {
    /// Open seconds waited by those who began in an outage: the answered, and the ones still waiting.
    public static func waits(_ tally: Tally) -> (answered: SparseHistogram, waiting: SparseHistogram) {
        guard tally.histograms.count == Histogram.allCases.count else { return (.init(), .init()) }
        return (tally.histograms[Histogram.answered.rawValue], tally.histograms[Histogram.waiting.rawValue])
    }
}
