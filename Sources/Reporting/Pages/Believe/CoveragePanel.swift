import Basis
import Dealership
import Drawing

/// Which day each export covers.
struct CoveragePanel {
    struct Export {
        var audit: ExportAudit
        var coverage: CoverageDays
        var standings: [CoverageDays.Standing]
        /// `29–31 Oct`.
        var missing: [String]
    }

    /// A kind of export that pages are made of.
    struct Kind {
        var tables: [StandardTable]
        /// `Repair orders`.
        var words: String
    }

    static var kinds: [Kind] {
        [
            Kind(tables: [.serviceVisits], words: say("Repair orders")),
            Kind(tables: [.sales], words: say("Deals")),
            Kind(tables: [.leads], words: say("Leads")),
            Kind(tables: [.messages, .conversations], words: say("Messages")),
            Kind(tables: [.outages], words: say("Outages")),
        ]
    }

    let context: ReportContext
    /// Those with dates, what the pages stand on most first.
    let exports: [Export]

    /// So many squares a reader still compares.
    private static let mostRows = 12
    /// What a row needs at least, and the day labels over them.
    private static let leastRow = 12.6
    private static let labelsHeight = 13.0
    private static let order: [StandardTable] = [
        .serviceVisits, .sales, .leads, .messages, .conversations, .outages, .appointments,
    ]

    init(_ context: ReportContext) {
        self.context = context
        func weight(_ audit: ExportAudit) -> Int {
            CoveragePanel.order.firstIndex(of: audit.table) ?? CoveragePanel.order.count
        }
        exports = context.header.audits.filter { !$0.rowsByDay.isEmpty }.enumerated()
            .sorted { (weight($0.element), $0.offset) < (weight($1.element), $1.offset) }
            .map { item in
                let coverage = CoverageDays(context: context, audit: item.element)
                return Export(
                    audit: item.element, coverage: coverage, standings: coverage.standings, missing: coverage.missing)
            }
    }

    /// Those of which days can be judged: the others are logs of events.
    var daily: [Export] { exports.filter { !$0.coverage.isLog } }
    var incomplete: [Export] { exports.filter { !$0.missing.isEmpty } }

    /// Kinds of which nothing was ever exported.
    var neverExported: [Kind] {
        CoveragePanel.kinds.filter { kind in !kind.tables.contains(where: context.header.has) }
    }

    /// Chance may have left their last days empty, or somebody exported too early.
    var unsure: [(label: String, last: Day, until: Day)] {
        exports.compactMap { export in
            export.coverage.unsureEnd.map { (export.audit.label, $0.last, $0.until) }
        }
    }

    /// With as many rows as the height has room for beside finding and note.
    func block(width: Double, height: Double, pen: Pen) -> Block {
        var rows = min(exports.count, CoveragePanel.mostRows)
        while rows > 3 {
            let block = block(rows: rows)
            let plate = block.plate.naturalHeight(width: width, pen: pen) ?? 0
            let around = (block.naturalHeight(width: width, pen: pen) ?? 0) - plate
            if around + CoveragePanel.labelsHeight + CoveragePanel.leastRow * Double(rows) <= height { return block }
            rows -= 1
        }
        return block(rows: rows)
    }

    private func block(rows: Int) -> Block {
        guard !exports.isEmpty else {
            return Block(
                finding, sub: say("Which day each export covers"),
                plate: NoticePlate(
                    RichText(marked: say("Put exports with the day of each row into **exports/**: kpi check names files and columns.")),
                    isMissing: true, showsFrame: false))
        }
        return Block(
            finding,
            sub: say("One square a day. Darker or paler: more or fewer rows than usual. Empty: closed, or no row. Hatched: missing"),
            note: note(rows),
            plate: CoveragePlate(
                subject: finding, dayLabels: dayLabels, columns: [say("Rows"), say("Covers to")],
                rows: drawn(rows).map(row) + never(besides: rows),
                absence: .missing(say("no export with dates"))))
    }

    /// As many as there is room for: those with gaps go before the others.
    private func drawn(_ most: Int) -> [Export] {
        guard exports.count > most else { return exports }
        let ranked = exports.indices.sorted { a, b in
            (exports[a].missing.isEmpty ? 1 : 0, a) < (exports[b].missing.isEmpty ? 1 : 0, b)
        }
        return ranked.prefix(most).sorted().map { exports[$0] }
    }

    private func row(_ export: Export) -> CoveragePlate.Row {
        let isMissing = !export.missing.isEmpty
        var covers: Label = "–"
        if let last = export.coverage.isLog ? export.audit.statedUntil : export.audit.lastDay {
            let day = min(last, context.header.asOfDay)
            let text = day.month.year == context.month.year ? Words.day(day) : Words.dayAndYear(day)
            covers = isMissing && last < context.month.lastDay ? .bad(text) : Label(text)
        }
        return CoveragePlate.Row(
            export.audit.label, days: export.standings.map(plate),
            cells: [Label(Words.count(export.coverage.rowsInMonth)), covers], emphasised: isMissing)
    }

    /// What was never exported, where few exports leave room to say so.
    private func never(besides rows: Int) -> [CoveragePlate.Row] {
        guard rows + neverExported.count <= CoveragePanel.mostRows / 2 else { return [] }
        return neverExported.map { kind in
            CoveragePlate.Row(
                kind.words, days: standingsDue.map { $0 ? .missing : .notDue }, cells: ["–", .bad(say("never exported"))])
        }
    }

    private var standingsDue: [Bool] {
        let first = context.month.firstDay
        return (0...(context.month.lastDay - first)).map { first + $0 <= context.header.asOfDay }
    }

    private var dayLabels: [String] {
        let first = context.month.firstDay
        let last = context.month.lastDay
        return (0...(last - first)).map { index in
            let day = first + index
            if index == 0 { return "\(Words.dayNames[day.weekday]) 1" }
            if day == last { return String(day.civil.day) }
            // The first Monday says what the others are; one beside the first or last day would touch its label.
            guard day.weekday == 0, index > 1, last - day > 1 else { return "" }
            return index > 2 && index < 10 ? say("Mon \(day.civil.day)") : String(day.civil.day)
        }
    }

    private var finding: String {
        if exports.isEmpty { return say("No export covers a single day") }
        let all = daily.count
        if all == 0 { return say("Logs of events only: no export has rows day by day") }
        let unsure = self.unsure
        if incomplete.isEmpty, unsure.isEmpty {
            return all == 1 ? say("The export has no gap") : say("No gap in \(all) exports with daily rows")
        }
        let whole = all - incomplete.count - unsure.count
        if incomplete.count >= all { return all == 1 ? say("The export lacks days") : say("Each of \(all) exports lacks days") }
        let open = unsure.isEmpty || !incomplete.isEmpty ? "" : unsure.count == 1
            ? say("; \(CoveragePanel.inside(unsure[0].label)) may be cut off") : say("; \(unsure.count) may be cut off")
        if whole == 0 { return all == 1 ? say("The export may be cut off") : say("None of \(all) exports is sure to have no gap") }
        return say(
            whole, "\(whole) of \(all) exports with daily rows has no gap\(open)",
            "\(whole) of \(all) exports with daily rows have no gap\(open)")
    }

    /// What to export again comes first; then what only looks like a gap.
    private func note(_ rows: Int) -> RichText {
        var parts: [String] = []
        if !incomplete.isEmpty {
            let words = incomplete.prefix(2).map { export in
                let file = export.audit.files.last.map { " (\($0))" } ?? ""
                return say("**\(export.audit.label): export \(Words.list(export.missing)) again**\(file).")
            }
            parts.append(words.joined(separator: " "))
            if incomplete.count > 2 { parts.append(say("\(Words.count(incomplete.count - 2)) more have gaps.")) }
        }
        for export in exports {
            guard let first = export.coverage.explained.first else { continue }
            parts.append(say("\(export.audit.label), \(Words.day(first)): thin because of an outage, not the export."))
        }
        if let first = unsure.first {
            parts.append(
                say("""
                    \(first.label): the last row is of \(Words.day(first.last)); if there were more, export \
                    \(Words.span(first.last + 1, first.until)) again.
                    """))
        }
        let hidden = exports.count - rows
        if hidden > 0 { parts.append(say("\(Words.counted(hidden, "more export is", "more exports are")) not drawn.")) }
        if parts.isEmpty, exports.contains(where: { $0.coverage.isLog && $0.audit.statedUntil == nil }) {
            parts.append(say("–: a log of events does not say how far it goes, unless covered-until does."))
        }
        return RichText(marked: parts.prefix(3).joined(separator: " "))
    }

    /// A label inside a sentence: abbreviations stay as they are.
    static func inside(_ label: String) -> String {
        let second = label.dropFirst().first
        let isWord = second.map { $0.isLowercase || !$0.isLetter } ?? false
        return isWord && !Speech.book.capitalizesNouns ? label.prefix(1).lowercased() + label.dropFirst() : label
    }

    private func plate(_ standing: CoverageDays.Standing) -> CoveragePlate.Day {
        switch standing {
        case .usual: .usual
        case .more: .more
        case .fewer: .fewer
        case .closed: .closed
        case .missing: .missing
        case .quiet: .quiet
        case .event: .event
        case .notDue: .notDue
        }
    }
}
