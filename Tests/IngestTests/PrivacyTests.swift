import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

/// What stands in an export's cells is a customer's: it is shown with `--show-values` only.
@Suite("No customer's data in messages")
struct PrivacyTests {
    /// Rows of every table whose cells all say something secret but for those that a kind of row needs to be read further.
    private static func export(_ table: StandardTable) -> String {
        let columns = table.columns
        var text = columns.map(\.name).joined(separator: ",") + "\n"
        for row in 0..<8 {
            let cells = columns.map { column -> String in
                // Which system gave a number is no customer's affair, and messages say it.
                if column.name == "system" { return "System \(row % 3)" }
                let secret = "Secret\(row % 3) \(column.name)"
                switch column.kind {
                case .time, .day, .personTime: return row < 6 ? "2026-10-0\(1 + row % 3) 10:0\(row)" : secret
                case .money, .integer, .decimal: return row < 5 ? "\(row - 2)" : secret
                case .choice(let names): return row < 4 ? names.first ?? secret : secret
                case .flag: return row < 4 ? "yes" : secret
                default: return secret
                }
            }
            text += cells.joined(separator: ",") + (row == 7 ? ",more Secret\n" : "\n")
        }
        return text + "Secret short\n\"Secret open,1\n"
    }

    /// A zone's name is a setting of the dealership, not a customer's.
    private static let tables = StandardTable.allCases.filter { $0 != .stores }

    @Test("of any table alone", arguments: tables)
    func alone(table: StandardTable) async throws {
        let folder = try Folder(["exports/\(table.rawValue).csv": Self.export(table)])
        let told = try await check(folder.path)
        #expect(!told.isEmpty)
        #expect(!told.contains("Secret"), "\(told)")
    }

    @Test("of all together")
    func together() async throws {
        let folder = try Folder(
            Dictionary(uniqueKeysWithValues: Self.tables.map { ("exports/\($0.rawValue).csv", Self.export($0)) }))
        let told = try await check(folder.path)
        #expect(told.count { $0 == "\n" } > 20)
        #expect(!told.contains("Secret"), "\(told)")
    }

    @Test("values are there for whoever asks")
    func asked() async throws {
        let folder = try Folder(["exports/messages.csv": Self.export(.messages)])
        let exports = try await folder.read()
        #expect(exports.diagnostics.contains { $0.rendered(showValues: true).contains("Secret") })
    }
}
