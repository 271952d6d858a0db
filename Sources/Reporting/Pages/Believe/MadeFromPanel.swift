import Basis
import Dealership
import Drawing

/// What the report was made from: exports, clocks, parameters in force.
struct MadeFromPanel {
    let context: ReportContext

    func block() -> Block {
        Block(
            say("What this report was made from"),
            plate: StackPlate(
                FactsPlate(rows: rows, rowHeight: 14.4),
                RestatedWords(context: context).plate))
    }

    private var header: JournalHeader { context.header }

    private var rows: [FactsPlate.Row] {
        var rows = [
            FactsPlate.Row(say("As of"), Label(header.audits.isEmpty ? "–" : Words.asOf(header))),
            FactsPlate.Row(say("Exports read"), Label(exports)),
        ]
        if let first = header.audits.compactMap(\.firstDay).min() {
            rows.append(.init(say("First day covered"), Label(Words.dayAndYear(first))))
        }
        rows.append(.init(header.stores.count == 1 ? say("Store") : say("Stores"), Label(stores)))
        rows.append(.init(say("Local time"), Label(zones)))
        let unclear = header.audits.reduce(0) { $0 + $1.skippedLocalTimes + $1.repeatedLocalTimes }
        rows.append(.init(say("Clock change"), Label(clockChange)))
        if unclear > 0 { rows.append(.init(say("Times unclear by it, all months"), Label(Words.count(unclear)))) }
        rows.append(.init(say("Waits count"), Label(hours)))
        let conversion = context.settings.conversion
        if header.has(.sales) {
            let days = conversion.windowDays
            let within = conversion.credit == .lastTouch
                ? say("\(days) days, last visit") : say("\(days) days, first visit")
            rows.append(.init(say("Sales credited within"), Label(within)))
        }
        if let refused = context.count(.customerLinks, "contradictions"), refused > 0 {
            rows.append(.init(say("Customer links that contradict"), Label(say("\(Words.count(refused)), see LINK-01"))))
        }
        rows.append(.init(say("Least for a rate"), Label(Words.count(conversion.minimumN))))
        return rows
    }

    private var exports: String {
        let files = header.audits.reduce(0) { $0 + $1.files.count }
        let count = header.audits.count
        return files == count ? Words.count(count) : say("\(Words.count(count)), in \(Words.counted(files, "file", "files"))")
    }

    private var stores: String {
        guard let one = context.request.store else {
            return header.stores.count == 1 ? header.stores[0].name : Words.count(header.stores.count)
        }
        return say("\(header.stores.first { $0.identifier == one }?.name ?? one), of \(Words.count(header.stores.count))")
    }

    private var zones: String {
        let names = Set(header.stores.map { header.zones[$0.zone].identifier }).sorted()
        return names.count == 1 ? names[0] : say("\(names.count) time zones")
    }

    /// The days of the month on which a store's clock changes.
    private var clockChange: String {
        let inUse = Set(header.stores.map(\.zone)).sorted()
        var days: Set<Day> = []
        for day in 0..<(context.month.lastDay - context.month.firstDay + 1) {
            let date = context.month.firstDay + day
            let changes = inUse.contains { index in
                let zone = header.zones[index]
                return zone.utcOffset(at: zone.startOfDay(date)) != zone.utcOffset(at: zone.startOfDay(date + 1))
            }
            if changes { days.insert(date) }
        }
        return days.isEmpty ? say("none in the month") : Words.list(days.sorted().map(Words.day))
    }

    private var hours: String {
        let hours = context.settings.hours
        if hours.standard == nil, hours.stores.isEmpty, hours.departments.isEmpty { return say("all hours: none are given") }
        return hours.stores.isEmpty && hours.departments.isEmpty ? say("open hours") : say("open hours, each place its own")
    }
}
