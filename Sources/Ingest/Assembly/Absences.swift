import Basis
import Dealership

extension StagedExports {
    /// Absences by the clocks of the stores that people belong to. Dates alone are whole days, the last one included.
    mutating func readAbsences(_ index: Int) {
        let export = tables[index].export
        let times = export.timeReader
        let forms = ["from", "to"].map { column in export.dateForm(of: column).map { FormReader($0, times: times) } }
        let fileZone = header.zones.first { $0.identifier == export.columns["from"]?.timeZone ?? export.timeZone }
        forEachRow(of: index) { row, staged in
            var cursor = RowCursor(row)
            let person = cursor.text()
            let known = staged.header.people[person]
            let zone = fileZone ?? known.flatMap { $0.store >= 0 ? staged.header.zone(ofStore: Int($0.store)) : nil }
                ?? staged.header.zones[0]
            let source = RowCursor.source(row)
            let written = zip([cursor.bytes(), cursor.bytes()], forms).map { bytes, form in
                bytes.baseAddress.flatMap { base in
                    let text = FieldText(base, from: 0, to: bytes.count)
                    return form.map { $0.read(text) } ?? times.read(text)
                }
            }
            guard let from = written[0], let to = written[1] else {
                let column = written[0] == nil ? "from" : "to"
                return staged.setAside(.unreadableTime, table: index, column: column, source: source)
            }
            let start = staged.instant(from, zone, isEnd: false, table: index, column: "from", source)
            let end = staged.instant(to, zone, isEnd: true, table: index, column: "to", source)
            if end <= start {
                staged.setAside(.endsBeforeStart, table: index, column: "to", source: source)
            } else if known == nil, !staged.header.people.isEmpty {
                staged.setAside(.unknownPerson, table: index, column: "person_id", source: source)
            } else {
                staged.header.absences[person, default: []].append(Absence(start: start, end: end, source: source))
            }
        }
    }

    /// A date alone begins with its day, and as an end lasts through it.
    private mutating func instant(
        _ written: WrittenTime, _ zone: ZoneRules, isEnd: Bool, table: Int, column: String, _ source: RowSource
    ) -> Instant {
        guard let secondOfDay = written.secondOfDay else { return zone.startOfDay(isEnd ? written.day + 1 : written.day) }
        switch written.zone {
        case .offset(let offset):
            return Instant(seconds: Int64(written.day.number) * 86_400 + Int64(secondOfDay) - Int64(offset))
        case .local:
            let (instant, kind) = zone.instant(day: written.day, secondOfDay: secondOfDay)
            if kind == .skipped { tables[table].audit.skippedLocalTimes += 1 }
            if kind == .repeated { tables[table].audit.repeatedLocalTimes += 1 }
            if kind != .exact {
                let clock = RowFault(kind: .clock(kind), field: -1, line: 0)
                let place = location(of: source, column: column)
                diagnostics.append(StagedExports.diagnostic(clock, tables[table].export.table.column(named: column), at: place))
            }
            return instant
        }
    }
}
