import Basis
import Foundation
import Programs
import Synchronization

/// Which stores' files lie in a batch's folder and from what they were made: `batch.json`, whole after every store.
struct BatchRecord: Codable, Equatable {
    static let name = "batch.json"
    /// The group's own report among the stores: no store has this name.
    static let group = ""

    /// SHA-256 of everything that decides what is written.
    var input: String
    /// Number of the last issued report when the batch began: what it issued itself decides nothing of what it writes.
    var issued: Int?
    /// By store, its files with their SHA-256.
    var stores: [String: [String: String]] = [:]

    /// Nil: none is there, or none that can be read: then every store is made.
    static func read(folder: String) -> BatchRecord? {
        FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap {
            try? JSONDecoder().decode(BatchRecord.self, from: $0)
        }
    }

    /// The store's files are there as they were written.
    func stands(_ store: String, folder: String) -> Bool {
        guard let files = stores[store], !files.isEmpty else { return false }
        return files.allSatisfy { name, digest in
            !name.contains("/")
                && FileManager.default.contents(atPath: "\(folder)/\(name)").map { LedgerDigest.of([UInt8]($0)) } == digest
        }
    }

    func write(folder: String) throws(Rejection) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return }
        try OutputFile.write([UInt8](data) + [0x0A], to: "\(folder)/\(BatchRecord.name)")
    }
}

/// The record while several tasks write stores. It is written after each of the first stores, and then after every
/// thirty-second part more: each time all of it, which would otherwise take longer the more stores there are. What a run
/// that is killed had not noted yet is made again.
final class BatchRecordFile: Sendable {
    private struct State {
        var record: BatchRecord
        /// Noted and not written.
        var waiting = 0
    }

    private let state: Mutex<State>
    private let folder: String

    init(_ record: BatchRecord, folder: String) throws(Rejection) {
        try record.write(folder: folder)
        state = Mutex(State(record: record))
        self.folder = folder
    }

    /// The store's files are in place.
    func note(_ store: String, _ files: [OutputPart]) throws(Rejection) {
        let digests = Dictionary(
            files.map { (($0.path as NSString).lastPathComponent, LedgerDigest.of($0.bytes)) }, uniquingKeysWith: { $1 })
        try write { state in
            state.record.stores[store] = digests
            state.waiting += 1
            return state.waiting * 32 >= state.record.stores.count
        }
    }

    /// Nothing more will be noted.
    func finish() throws(Rejection) { try write { $0.waiting > 0 } }

    private func write(_ change: (inout State) -> Bool) throws(Rejection) {
        let failure = state.withLock { state -> Rejection? in
            guard change(&state) else { return nil }
            do throws(Rejection) { try state.record.write(folder: folder) } catch { return error }
            state.waiting = 0
            return nil
        }
        if let failure { throw failure }
    }
}
