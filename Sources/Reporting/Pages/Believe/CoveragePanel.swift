import Basis
import Dealership
import Drawing

/// Which day each export covers.
struct CoveragePanel {
    let context: ReportContext

    /// Exports with occurrences, in the order of the settings.
    var exports: [(audit: ExportAudit, coverage: CoverageDays)] {
        context.header.audits.filter { !$0.rowsByDay.isEmpty }.map { ($0, CoverageDays(context: context, audit: $0)) }
    }

    var incomplete: [(label: String, spans: [String])] {
        exports.map { ($0.audit.label, $0.coverage.missing) }.filter { !$0.1.isEmpty }
    }

    func block() -> Block {
        let exports = drawn
        let rows = exports.map { audit, coverage -> CoveragePlate.Row in
            let isMissing = !coverage.missing.isEmpty
            let last = audit.lastDay.map { Words.day($0) } ?? "–"
            return CoveragePlate.Row(
                audit.label, days: coverage.standings.map(plate),
                cells: [
                    Label(Words.count(coverage.rowsInMonth)), isMissing ? .bad(last) : Label(last),
                ], emphasised: isMissing)
        }
        let days = CoverageDays(context: context, audit: exports.first?.audit ?? context.header.audits.first
            ?? ExportAudit(table: .messages, label: "", system: "", files: [])).days
        let labels = days.enumerated().map { index, day -> String in
            if index == 0 { return Words.weekday(day).split(separator: " ").prefix(2).joined(separator: " ") }
            return day.weekday == 0 || index == days.count - 1 ? String(day.civil.day) : ""
        }
        return Block(
            finding, sub: "One square a day. Dark or pale: more or fewer rows than usual. Empty: closed. Hatched: missing",
            note: note,
            plate: CoveragePlate(
                subject: finding, dayLabels: labels, columns: ["Rows", "Covers to"], rows: rows,
                absence: .missing("no export with dates")))
    }

    /// As many as there is room for: those with gaps, then what the pages stand on most.
    private var drawn: [(audit: ExportAudit, coverage: CoverageDays)] {
        let weight: [StandardTable] = [.serviceVisits, .sales, .leads, .messages, .conversations, .outages, .appointments]
        let ranked = exports.enumerated().sorted { a, b in
            func rank(_ item: (audit: ExportAudit, coverage: CoverageDays)) -> Int {
                item.coverage.missing.isEmpty ? weight.firstIndex(of: item.audit.table) ?? weight.count : -1
            }
            return (rank(a.element), a.offset) < (rank(b.element), b.offset)
        }
        return ranked.prefix(CoveragePanel.mostRows).sorted { a, b in
            func rank(_ item: (audit: ExportAudit, coverage: CoverageDays)) -> Int {
                weight.firstIndex(of: item.audit.table) ?? weight.count
            }
            return (rank(a.element), a.offset) < (rank(b.element), b.offset)
        }.map(\.element)
    }

    private static let mostRows = 11

    private var finding: String {
        let all = exports.count
        if all == 0 { return "No export covers a single day" }
        let whole = all - incomplete.count
        if incomplete.isEmpty { return all == 1 ? "The export covers every open day" : "All \(all) exports cover every open day" }
        return "\(whole) of \(all) exports cover every open day"
    }

    private var note: RichText {
        let more = exports.count - CoveragePanel.mostRows
        let others = more > 0 ? "\(Words.counted(more, "smaller export", "smaller exports")) not drawn. " : ""
        guard !incomplete.isEmpty else { return RichText(marked: others) }
        let words = incomplete.prefix(3).map { "**\($0.label): export \(Words.list($0.spans)) again.**" }
        let rest = incomplete.count > 3 ? " \(incomplete.count - 3) more have gaps." : ""
        return RichText(marked: others + words.joined(separator: " ") + rest)
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
