public import Basis
import Crypto
import Dealership
import Foundation

/// What a partition of the rows cannot see of the whole, settled before: how far the exports reach, and which files'
/// rows are handed out by sharing group while all other files are read by everybody.
public struct JobPlan: Codable, Hashable, Sendable {
    /// One export in reading order.
    public struct Table: Codable, Hashable, Sendable {
        public var table: String
        /// Days by their number since 1970.
        public var firstDay: Int32?
        public var lastDay: Int32?
        public var lastPlausibleDay: Int32?
        /// Some row of the whole lies behind that day.
        public var hasDaysAhead: Bool
    }

    /// A file whose rows are handed out.
    public struct Input: Codable, Hashable, Sendable {
        /// `exports/messages.csv`: relative to the job's folder, where only its header stands.
        public var file: String
        public var table: String
        public var columns: [String]
        public var delimiter: UInt8
        public var hasQuotes: Bool
        /// Lines up to and with the header.
        public var headerLines: Int
        /// Position in `columns` of the store's identifier as it stands there; nil: the mapping makes it.
        public var storeColumn: Int?
    }

    public static let version = 2
    public var format = JobPlan.version
    /// Seconds since 1970.
    public var asOf: Int64
    public var asOfDay: Int32
    public var tables: [Table]
    public var inputs: [Input]
    /// Every channel, department, system, lead source and vendor of the whole: a partition that meets none of a channel
    /// still has it, and they are numbered alike everywhere.
    public var names: [String]

    public var text: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return ((try? encoder.encode(self)).map { [UInt8]($0) } ?? []) + [0x0A]
    }

    /// Reads `plan.json` of a job's folder.
    public static func read(directory: String) throws(Rejection) -> JobPlan {
        let path = "\(directory)/plan.json"
        guard let data = FileManager.default.contents(atPath: path),
            let plan = try? JSONDecoder().decode(JobPlan.self, from: data), plan.format == version
        else {
            throw Rejection(
                Diagnostic(
                    .error, "no-plan", at: .init(file: path), "there is no plan of this program's version here",
                    remedies: ["make the job's folder with kpi plan"]))
        }
        return plan
    }

    /// SHA-256 of everything in the job's folder that figures depend on, and of the program's version.
    public static func fingerprint(directory: String, version: String) throws(Rejection) -> String {
        var hash = SHA256()
        hash.update(data: Array("kpi \(version)\n".utf8))
        let walk = FileManager.default.enumerator(atPath: directory)
        var names: [String] = []
        while let name = walk?.nextObject() as? String {
            // What engines and people leave beside them is not of the job.
            if name.hasPrefix("exports/") || ["plan.json", "tables.yaml", "dealership.yaml"].contains(name) { names.append(name) }
        }
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else { continue }
            hash.update(data: Array("\(name) \(data.count)\n".utf8))
            hash.update(data: data)
        }
        return hexadecimal(hash.finalize())
    }

    static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { byte in
            let text = String(byte, radix: 16)
            return text.count < 2 ? "0" + text : text
        }.joined()
    }
}

extension ZoneDirectory {
    /// SHA-256 of the data of these zones.
    public func fingerprint(of zones: [ZoneRules]) -> String {
        var hash = SHA256()
        for name in Set(zones.map(\.identifier)).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let data = bytes(of: name)
            hash.update(data: Array("\(name) \(data.count)\n".utf8))
            hash.update(data: data)
        }
        return JobPlan.hexadecimal(hash.finalize())
    }
}
