import Basis
import Dealership
import Definitions
import Measures

/// Channels of messages that `channels:` does not name: they have no target and no side, and one that is only spelled
/// otherwise has its figures in two rows.
enum ListedChannels {
    static let spec = TableSpec(
        name: "channels", request: MeasureRequest(OffChannel(minimumN: 1, audit: nil)), by: [.channel],
        columns: ["unlisted"])

    static func faults(_ table: TallyTable, _ settings: DealershipSettings) -> [Diagnostic] {
        let known = settings.channels.map(\.name)
        return table.rows.compactMap { row in
            guard let name = row.labels.first, !name.isEmpty,
                case .count(let messages) = Tabulation.value("unlisted", of: row.tally, in: spec), messages > 0
            else { return nil }
            let twin = known.first { plain($0) == plain(name) }
            let near = twin ?? nearestName(to: name, among: known)
            let count = messages == 1 ? "1 message is" : "\(messages) messages are"
            return Diagnostic(
                twin == nil ? .note : .warning, "unlisted-channel", at: .init(file: "dealership.yaml", column: "channels"),
                "\(count) on \"\(name)\", which is not among the channels"
                    + (twin.map { ": spelled otherwise than \"\($0)\", it is another one, without its target" } ?? ""),
                remedies: twin.map { ["map it under `values:` of the channel: { \"\(name)\": \($0) }"] }
                    ?? (near.map { ["did you mean \($0)? Else add it to `channels:`"] } ?? ["add it to `channels:`"]))
        }
    }

    /// Without case, spaces and marks: `E-Mail` and `email` are one word.
    private static func plain(_ name: String) -> String {
        String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    }
}
