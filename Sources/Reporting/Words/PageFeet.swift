import Basis
import Dealership
import Drawing
import Measures

/// The two lines at a page's foot: what the figures stand on, and where they come from.
struct PageFeet {
    let context: ReportContext
    let setting: PageSetting
    /// The tables whose exports the page reads.
    let tables: [StandardTable]

    /// `first`: what the page has to say after the as-of day. Figures must be noted before.
    func footer(first: [String], ledger: FigureLedger) -> PageFooter {
        // Without exports there is no day that anything is known of.
        let opening = context.header.audits.isEmpty ? "" : "As of \(Words.dayAndYear(context.header.asOfDay)), end of day."
        // Where the line is full the least needed words go: page 7 has them all.
        let lines = [[opening] + first + earlyEnds + [minimum], [opening] + first + earlyEnds, [opening] + first.prefix(1) + earlyEnds]
            .map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
        return PageFooter(
            first: lines.first(where: fits) ?? "\(opening) \(earlyEnds.count) exports end early: see page 7.",
            second: second(ledger), page: setting.number, pages: setting.pages)
    }

    private var minimum: String { "Minimum to print a rate: \(Words.count(context.minimumN))." }

    /// Exports that end before the report's month and the as-of day do.
    var earlyEnds: [String] {
        let due = min(context.month.lastDay, context.header.asOfDay)
        let ends = tables.flatMap { context.audits($0) }.compactMap { audit -> (label: String, day: Day)? in
            // Outages, remedies and claims are rare: their last row is no end unless the export says so.
            let isRare = [.outages, .remedies, .claims].contains(audit.table) && audit.statedUntil == nil
            guard let last = audit.lastDay, last < due, !isRare else { return nil }
            return (audit.label, last)
        }
        // An export with few rows seldom has one on the last day; a stated or long gap is worth a word.
        return ends.filter { due - $0.day > 2 }.map { "\($0.label) ends \(Words.day($0.day))." }
    }

    /// Names of the exports, then the figures' codes with their titles as far as the line reaches.
    private func second(_ ledger: FigureLedger) -> String {
        var labels: [String] = []
        for table in tables {
            for audit in context.audits(table) where !labels.contains(audit.label) { labels.append(audit.label) }
        }
        let sources = labels.isEmpty ? "" : "Sources: \(labels.joined(separator: ", ")). "
        let codes = ledger.codes(page: setting.number)
        guard !codes.isEmpty else { return sources }
        let titled = codes.map { code in
            Figures.figure(code).map { "\(code) \($0.title.prefix(1).lowercased())\($0.title.dropFirst())" } ?? code
        }
        let long = "\(sources)Definitions (page 7): \(titled.joined(separator: ", "))"
        if fits(long) { return long }
        let short = "\(sources)Definitions (page 7): \(codes.joined(separator: ", "))"
        if fits(short) { return short }
        return "Sources: \(labels.count) exports (page 7). Definitions (page 7): \(codes.joined(separator: ", "))"
    }

    private func fits(_ text: String) -> Bool {
        let pen = Pen(theme: setting.theme, measurer: setting.measurer)
        return pen.width(text, setting.theme.style(.small, .quiet)) <= setting.format.contentWidth - 42
    }
}
