import Basis
import Dealership
import Ingest
import Measures

/// What `kpi explain --rows` says of rows that later imports corrected: the row itself, and all that it rests on.
struct Corrections {
    private let corrections: [RowSource: RowCorrection]
    private let places: [RowSource: String]
    private let showsValues: Bool

    init(_ exports: StagedExports, showsValues: Bool) {
        corrections = exports.corrections
        let sources = corrections.keys.sorted()
        let found = exports.locations(of: sources).map { "\($0.file):\($0.row ?? 0)" }
        places = Dictionary(zip(sources, found), uniquingKeysWith: { first, _ in first })
        self.showsValues = showsValues
    }

    var isEmpty: Bool { corrections.isEmpty }

    func touch(_ row: Evidence.Row) -> Bool {
        corrections[row.source] != nil || row.restsOn.contains { corrections[$0] != nil }
    }

    /// Of each corrected row: where it stands, since when it holds, which cells it changed, and what held before it.
    func words(_ row: Evidence.Row) -> String {
        let sources = [row.source] + Set(row.restsOn).subtracting([row.source]).sorted()
        return sources.compactMap { source in
            corrections[source].map { words($0, at: places[source] ?? "") }
        }.joined(separator: " | ")
    }

    private func words(_ correction: RowCorrection, at place: String) -> String {
        let before = correction.earlier.map { "\($0.file):\($0.line) (imports \($0.since) to \($0.until - 1))" }
        let changes = correction.changes.map { change in
            showsValues ? "\(change.column) \(shown(change.before)), now \(shown(change.now))" : change.column
        }
        let changed = changes.isEmpty ? "" : ": \(changes.joined(separator: ", "))"
        return "\(place) since import \(correction.since)\(changed); before: " + before.joined(separator: ", ")
    }

    private func shown(_ cell: String) -> String { cell.isEmpty ? "empty" : "“\(cell)”" }
}
