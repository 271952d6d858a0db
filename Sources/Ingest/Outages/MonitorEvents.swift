import Basis
import Dealership

private struct MonitorEvent {
    var place: OutagePlace
    var at: Instant
    var isUp: Bool
    var source: RowSource
    var table: Int
}

extension StagedExports {
    /// A down and the next up of one system (of one store, vendor and channel where the monitor tells them apart) are an
    /// outage. A down that no up follows is still open. An up without a down, and a second down, are named and not counted.
    mutating func readMonitorEvents() {
        var events: [OutagePlace: [MonitorEvent]] = [:]
        for index in tables.indices where tables[index].export.table == .monitorEvents {
            forEachRow(of: index) { row, staged in
                var cursor = RowCursor(row)
                let system = staged.header.name(cursor.name(staged.nameCodes))
                let vendor = staged.header.name(cursor.name(staged.nameCodes))
                let channel = staged.header.name(cursor.name(staged.nameCodes))
                let place = staged.outagePlace(
                    store: RowCursor.store(row), vendor: vendor, system: system, channel: channel)
                let at = cursor.moment()
                let event = MonitorEvent(
                    place: place, at: at.instant, isUp: cursor.choice() == 0, source: RowCursor.source(row), table: index)
                if staged.isAhead(at, table: index, store: place.store) {
                    staged.setAside(.dateAhead, table: index, column: "at", source: event.source)
                } else {
                    events[place, default: []].append(event)
                }
            }
        }
        for (place, events) in events { pair(events, place) }
    }

    private mutating func pair(_ events: [MonitorEvent], _ place: OutagePlace) {
        // Rows of one second: what ends the state before comes first, else a flap would seem to last.
        var rest = events.sorted { ($0.at, $0.isUp ? 0 : 1, $0.source) < ($1.at, $1.isUp ? 0 : 1, $1.source) }[...]
        var down: MonitorEvent?
        while let next = rest.first {
            var moment = Array(rest.prefix { $0.at == next.at })
            rest = rest.dropFirst(moment.count)
            if down == nil { moment.reverse() }
            for event in moment {
                switch (down, event.isUp) {
                case (nil, false): down = event
                case (let began?, true):
                    add(began, place, end: event.at)
                    down = nil
                case (nil, true), (.some, false):
                    setAside(.unpairedEvent, table: event.table, column: "state", source: event.source)
                }
            }
        }
        if let down { add(down, place, end: nil) }
    }

    private mutating func add(_ began: MonitorEvent, _ place: OutagePlace, end: Instant?) {
        var outage = outage(
            "", place, [Outage.Span(start: began.at, end: end)], isExternal: nil, source: began.source)
        outage.origin = .monitorEvents
        header.outages.append(outage)
    }
}
