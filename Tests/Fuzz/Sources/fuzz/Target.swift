import Basis
import CDeflate
import Dealership
import Definitions
import Foundation
import Programs

@testable import Ingest

/// What is fuzzed: a whole public entry, from bytes to what a command goes on with.
enum Target: String, CaseIterable {
    /// A dealership's folder of delimited exports with its settings, see `FolderInput`.
    case folder
    /// A gzip export: packed anew from the input and cut or changed as its first bytes say, or as it is.
    case gzip
    /// A workbook: the parts of its archive (`ZipText`), or with a first byte of 0 the archive itself.
    case workbook
    /// Leads in a mail or by themselves; the first byte says which ending the file has.
    case mail
    /// The five kinds of definition files; the first byte says which.
    case definitions
    /// A time-zone file.
    case zone

    func run(_ input: [UInt8]) {
        switch self {
        case .folder: FolderRun.shared.run(FolderInput(input))
        case .gzip: GzipRun.run(input)
        case .workbook:
            guard let first = input.first else { return }
            let archive = first == 0 ? Array(input.dropFirst()) : ZipText.archive(FolderInput.parts(input))
            _ = FolderRun.shared.outcome([("exports/leads.xlsx", archive)], partSize: 97)
        case .mail:
            guard let first = input.first else { return }
            let ending = [".eml", ".adf", ".mbox", ".xml"][Int(first) % 4]
            let settings = "name: R\ntime-zone: America/Chicago\nexports:\n"
                + "  leads: { file: leads\(ending) }\n  customers: { file: leads\(ending) }\n"
            _ = FolderRun.shared.outcome(
                [("dealership.yaml", Array(settings.utf8)), ("exports/leads\(ending)", Array(input.dropFirst()))],
                partSize: 97)
        case .definitions: DefinitionRun.run(input)
        case .zone: ZoneRun.run(input)
        }
    }
}

/// What holds for every input. An input that breaks it stops the fuzzer; a test notes it.
func must(_ holds: Bool, _ what: @autoclosure () -> String) {
    if holds { return }
    guard let note = Broken.note else { fatalError("must hold: \(what())") }
    note(what())
}

enum Broken {
    @TaskLocal static var note: (@Sendable (String) -> Void)?
}

enum DefinitionRun {
    static let settings: DealershipSettings = {
        let text = """
            name: Riverside
            time-zone: America/Chicago
            currency: USD
            channels: { email: managed, sms: managed }
            """
        guard let checked = try? DealershipFile.read(text: text, file: "f") else { fatalError("settings") }
        return checked.value
    }()

    static let kinds = ["dealership", "tables", "report", "effort", "reward"]

    static func run(_ input: [UInt8]) {
        guard let kind = input.first else { return }
        let bytes = Array(input.dropFirst())
        do throws(Rejection) {
            switch Int(kind) % kinds.count {
            case 0: _ = try DealershipFile.read(bytes: bytes, file: "f")
            case 1: _ = try TablesFile.read(bytes: bytes, file: "f", settings: settings)
            case 2: _ = try ReportFile.read(bytes: bytes, file: "f")
            case 3: _ = try EffortFile.read(bytes: bytes, file: "f", identifier: "f", settings: settings)
            default: _ = try RewardFile.read(bytes: bytes, file: "f", identifier: "f", settings: settings)
            }
        } catch {
            must(!error.diagnostics.isEmpty, "a rejection says why")
            must(error.diagnostics.contains { $0.severity == .error }, "a rejection has an error")
        }
    }
}

enum ZoneRun {
    static func run(_ input: [UInt8]) {
        guard let rules = try? ZoneRules(identifier: "Fuzz/Zone", tzif: input) else { return }
        for seconds: Int64 in [-4_000_000_000, -1, 0, 1_793_491_200, 4_102_444_800, 32_503_680_000] {
            let instant = Instant(seconds: seconds)
            let day = rules.day(at: instant)
            _ = rules.localSeconds(at: instant)
            for second in [0, 3_600, 9_000, 86_399] { _ = rules.instant(day: day, secondOfDay: second) }
        }
    }
}
