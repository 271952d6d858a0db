import Basis
import Dealership

/// Where an outage was, as far as a row says it or the settings do.
struct OutagePlace: Hashable {
    var store: Int32
    var vendor: String
    var system: String
    var channel: String
}

extension StagedExports {
    /// Outages of the log, of status pages and of monitors. Of what several of them tell, each row stays: overlaps on one
    /// system count once where time is counted.
    mutating func readOutages() {
        for index in tables.indices where tables[index].export.table == .outages { readOutageLog(index) }
        readOutageUpdates()
        readMonitorEvents()
        nameOutages()
        let order: (Outage, Outage) -> Bool = { ($0.start, $0.identifier) < ($1.start, $1.identifier) }
        header.outages.sort(by: order)
        header.reversedOutages.sort(by: order)
        noteOutages()
    }

    private mutating func readOutageLog(_ index: Int) {
        var seen = Set(header.outages.map(\.identifier))
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let identifier = cursor.text()
            let place = staged.outagePlace(&cursor, store: RowCursor.store(row))
            let start = cursor.moment()
            let end = cursor.moment()
            let reports = [cursor.moment(), cursor.moment(), cursor.moment()]
            let isExternal = cursor.flag()
            let vendor = [cursor.moment(), cursor.moment()]
            let isPlanned = cursor.flag() == true
            let isDay = cursor.choice() == 1
            let source = RowCursor.source(row)
            let span = staged.span(from: start, to: end, isDay: isDay, place, table: index)
            var outage = staged.outage(identifier, place, [span], isExternal: isExternal, source: source)
            outage.isPlanned = isPlanned
            outage.stages = staged.stages([.investigating, .identified, .monitoring], &cursor, source)
            staged.fill(&outage, reports: reports, vendor: vendor, table: index)
            if let end = outage.end, end < outage.start || span.isReversed {
                staged.setAside(.endsBeforeStart, table: index, column: "ended_at", source: source)
                staged.header.reversedOutages.append(outage)
            } else if !isPlanned, staged.isAhead(start, table: index, store: place.store) {
                staged.setAside(.dateAhead, table: index, column: "started_at", source: source)
            } else if !isPlanned, staged.isAhead(end, table: index, store: place.store) {
                staged.setAside(.dateAhead, table: index, column: "ended_at", source: source)
            } else if !identifier.isEmpty, !seen.insert(identifier).inserted {
                staged.setAside(.duplicateIdentifier, table: index, column: "outage_id", source: source)
            } else {
                staged.header.outages.append(outage)
            }
        }
    }

    /// Vendor, system and channel stand in this order in every table of outages.
    func outagePlace(_ cursor: inout RowCursor, store: Int32) -> OutagePlace {
        let vendor = header.name(cursor.name(nameCodes))
        let system = header.name(cursor.name(nameCodes))
        let channel = header.name(cursor.name(nameCodes))
        return outagePlace(store: store, vendor: vendor, system: system, channel: channel)
    }

    func outagePlace(store: Int32, vendor: String, system: String, channel: String) -> OutagePlace {
        let known = header.settings.outages.system(named: system)?.vendor ?? ""
        return OutagePlace(store: store, vendor: vendor.isEmpty ? known : vendor, system: system, channel: channel)
    }

    /// An outage whose spans are known, in order; the row's word on whose fault it was goes before the system's kind.
    func outage(
        _ identifier: String, _ place: OutagePlace, _ spans: [Outage.Span], isExternal: Bool?, source: RowSource
    ) -> Outage {
        let system = header.settings.outages.system(named: place.system)
        var outage = Outage(
            identifier: identifier, store: place.store, vendor: place.vendor, system: place.system, channel: place.channel,
            start: spans.first?.start ?? Instant(seconds: 0), end: spans.last?.end, detected: nil, acknowledged: nil,
            notified: nil, isExternal: isExternal, vendorStart: nil, vendorEnd: nil, source: source,
            stores: stores(of: system), spans: spans,
            precision: spans.contains { $0.firstDay != nil || $0.lastDay != nil } ? .day : .instant)
        switch (isExternal, system?.kind) {
        case (true, .utility), (nil, .utility): outage.fault = .utility
        case (nil, .vendor): outage.fault = .external
        case (nil, .own): outage.fault = .own
        default: break
        }
        return outage
    }

    /// Codes of the stores that have the system; empty: all. One that is no store is −2, which is nowhere.
    private func stores(of system: OutageSettings.System?) -> [Int32] {
        guard let system, !system.stores.isEmpty else { return [] }
        return system.stores.map { name in Int32(header.stores.firstIndex { $0.identifier == name } ?? -2) }.sorted()
    }

    /// A date alone begins with its day, and as an end lasts through it: local days of the stores that it hit.
    func span(from: Moment, to: Moment, isDay: Bool, _ place: OutagePlace, table: Int) -> Outage.Span {
        let own = place.store >= 0 ? header.zone(ofStore: Int(place.store)) : header.zones[0]
        let clock = header.zones.first { $0.identifier == tables[table].export.timeZone } ?? own
        var span = Outage.Span(start: from.instant, end: to.isMissing ? nil : to.instant)
        if isDay || from.isDateOnly {
            let day = clock.day(at: from.instant)
            span.firstDay = day
            span.start = own.startOfDay(day)
        }
        if !to.isMissing, isDay || to.isDateOnly {
            let day = clock.day(at: to.instant)
            span.lastDay = day
            span.end = own.startOfDay(day + 1)
        }
        return span
    }

    private func stages(
        _ kinds: [Outage.Stage.Kind], _ cursor: inout RowCursor, _ source: RowSource
    ) -> [Outage.Stage] {
        var stages: [Outage.Stage] = []
        for kind in kinds {
            let at = cursor.moment()
            if !at.isMissing { stages.append(.init(kind: kind, at: at, source: source)) }
        }
        return Outage.Stage.inOrder(stages)
    }

    /// What was reported of it, in the order of the columns; what cannot be is left out and named.
    private mutating func fill(_ outage: inout Outage, reports: [Moment], vendor: [Moment], table: Int) {
        let columns = ["detected_at", "acknowledged_at", "notified_at", "vendor_started_at", "vendor_ended_at"]
        var kept: [Instant?] = []
        for (column, moment) in zip(columns, reports + vendor) {
            var fault: SetAside?
            if !moment.isMissing {
                if moment.isDateOnly, outage.precision == .instant {
                    fault = .timeNeeded
                } else if kept.count < reports.count, moment.instant < outage.start {
                    fault = .endsBeforeStart
                } else if kept.count == 4, let from = kept[3], moment.instant < from {
                    fault = .endsBeforeStart
                }
            }
            if let fault { setAsideCell(fault, table: table, column: column, source: outage.source) }
            kept.append(moment.isMissing || fault != nil ? nil : moment.instant)
        }
        outage.detected = kept[0]
        outage.acknowledged = kept[1]
        outage.notified = kept[2]
        outage.vendorStart = kept[3]
        outage.vendorEnd = kept[4]
    }

    /// Outages without a number are known by system (else vendor, else channel), store and start.
    private mutating func nameOutages() {
        var taken = Set((header.outages + header.reversedOutages).map(\.identifier))
        let unnamed = header.outages.indices.filter { header.outages[$0].identifier.isEmpty }
        for index in unnamed.sorted(by: { header.outages[$0].content.lexicographicallyPrecedes(header.outages[$1].content) }) {
            header.outages[index].identifier = madeName(header.outages[index], &taken)
        }
        let reversed = header.reversedOutages.indices.filter { header.reversedOutages[$0].identifier.isEmpty }
        for index in reversed.sorted(by: {
            header.reversedOutages[$0].content.lexicographicallyPrecedes(header.reversedOutages[$1].content)
        }) {
            header.reversedOutages[index].identifier = madeName(header.reversedOutages[index], &taken)
        }
    }

    private func madeName(_ outage: Outage, _ taken: inout Set<String>) -> String {
        let place = [outage.system, outage.vendor, outage.channel].first { !$0.isEmpty } ?? "outage"
        let store = outage.store >= 0 ? [header.stores[Int(outage.store)].identifier] : []
        let start = outage.spans[0].firstDay?.description ?? outage.start.description
        let name = ([place] + store + [start]).joined(separator: "-")
        var number = 1
        while !taken.insert(number == 1 ? name : "\(name)-\(number)").inserted { number += 1 }
        return number == 1 ? name : "\(name)-\(number)"
    }
}

extension Outage {
    /// What tells two of them apart that have no number, wherever their rows stand.
    fileprivate var content: [Int64] {
        func seconds(_ instant: Instant?) -> Int64 { instant?.seconds ?? .max }
        return [
            start.seconds, seconds(end), seconds(detected), seconds(acknowledged), seconds(notified),
            seconds(vendorStart), seconds(vendorEnd), Int64(store), isPlanned ? 1 : 0,
        ]
    }
}

extension Outage.Span {
    /// Its last day lies before its first.
    fileprivate var isReversed: Bool {
        guard let firstDay, let lastDay else { return false }
        return lastDay < firstDay
    }
}

extension Outage.Stage {
    static func inOrder(_ stages: [Outage.Stage]) -> [Outage.Stage] {
        stages.sorted {
            ($0.at.instant, $0.at.isDateOnly ? 0 : 1, $0.kind.rank, $0.source)
                < ($1.at.instant, $1.at.isDateOnly ? 0 : 1, $1.kind.rank, $1.source)
        }
    }
}
