import Basis
import Dealership
import Foundation
import Testing

@testable import Definitions

/// One folder a code: `input.dealership.yaml` (or `.tables.`, `.report.`), and in `expected.dealership.txt` the text it
/// must give. Codes that exports share have their own input and text in the same folder.
/// An input without its text gets one written, fails, and wants to be read by somebody.
@Suite("Tests/Errors")
struct ErrorsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Errors")
        .standardizedFileURL

    /// `code/input.tables.yaml` of every folder whose input is a definition.
    static let inputs: [String] = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return folders.sorted().flatMap { code in
            ["dealership", "effort", "report", "reward", "tables"].map { "\(code)/input.\($0).yaml" }
        }.filter { FileManager.default.fileExists(atPath: folder.appending(path: $0).path()) }
    }()

    @Test("each input gives the expected text", arguments: inputs)
    func expected(input: String) throws {
        let file = Self.folder.appending(path: input)
        let expected = file.deletingLastPathComponent().appending(path: Self.expectation(of: file.lastPathComponent))
        // An effort's history lies beside it.
        let history = try? String(
            contentsOf: file.deletingLastPathComponent().appending(path: "input.effort.jsonl"), encoding: .utf8)
        let found = try Self.read(Array(Data(contentsOf: file)), as: file.lastPathComponent, history)
        guard let text = try? String(contentsOf: expected, encoding: .utf8) else {
            try found.write(to: expected, atomically: true, encoding: .utf8)
            Issue.record("recorded \(input): read it, then run again")
            return
        }
        #expect(found == text)
        let code = file.deletingLastPathComponent().lastPathComponent
        #expect(text.contains("[\(code)]"))
    }

    /// More than a megabyte lies in `DefinitionSizeTests`.
    @Test("every code has a folder", arguments: FaultCode.allCases.filter { $0 != .tooLarge })
    func covered(code: FaultCode) {
        #expect(Self.inputs.contains { $0.hasPrefix("\(code.rawValue)/") })
    }

    /// `input.tables.yaml` → `expected.tables.txt`.
    private static func expectation(of input: String) -> String {
        "expected.\(input.split(separator: ".").dropFirst().first ?? "").txt"
    }

    private static func read(_ bytes: [UInt8], as name: String, _ history: String?) throws -> String {
        let settings = try DealershipFile.read(text: "name: Riverside Motors", file: "dealership.yaml").value
        return switch name {
        case "input.tables.yaml":
            text { try TablesFile.read(bytes: bytes, file: "tables.yaml", settings: settings) }
        case "input.reward.yaml":
            text {
                try RewardFile.read(
                    bytes: bytes, file: "rewards/answers.yaml", identifier: "answers", settings: settings)
            }
        case "input.effort.yaml":
            text {
                try EffortFile.record(
                    text: DefinitionText.decode(bytes, file: "efforts/inbox.yaml"), file: "efforts/inbox.yaml",
                    identifier: "inbox", history: history, settings: settings)
            }
        case "input.report.yaml": text { try ReportFile.read(bytes: bytes, file: "reports/monthly.yaml") }
        default: text { try DealershipFile.read(bytes: bytes, file: "dealership.yaml") }
        }
    }
}
