public import Basis
import Definitions
import Foundation

/// The system's time-zone files: the one place that reads them.
public struct ZoneDirectory: Sendable {
    private let path: String

    public init(path: String = "/usr/share/zoneinfo") { self.path = path }

    public func rules(_ identifier: String) throws(Rejection) -> ZoneRules {
        if identifier == "UTC" { return .utc }
        let isPlain = identifier.utf8.allSatisfy {
            ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || [0x2F, 0x5F, 0x2D, 0x2B].contains($0)
        }
        guard isPlain, !identifier.isEmpty, let data = FileManager.default.contents(atPath: "\(path)/\(identifier)"),
            data.starts(with: [0x54, 0x5A, 0x69, 0x66])
        else {
            var remedies: [String] = []
            if let near = nearest(to: identifier) { remedies.append("did you mean \(near)?") }
            remedies.append("use an IANA name such as America/Chicago")
            if !FileManager.default.fileExists(atPath: path) { remedies.append("install the package tzdata") }
            throw Rejection(
                Diagnostic(.error, "unknown-time-zone", "there is no time zone \(identifier)", remedies: remedies))
        }
        return try ZoneRules(identifier: identifier, tzif: [UInt8](data))
    }

    /// The zone's file as it is; empty where there is none.
    func bytes(of identifier: String) -> [UInt8] {
        FileManager.default.contents(atPath: "\(path)/\(identifier)").map { [UInt8]($0) } ?? []
    }

    private func nearest(to identifier: String) -> String? {
        guard let table = FileManager.default.contents(atPath: "\(path)/tzdata.zi")
            ?? FileManager.default.contents(atPath: "\(path)/zone1970.tab")
        else { return nil }
        var names: [String] = []
        for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            if words.first == "Z", words.count > 1 { names.append(String(words[1])) }
            if words.first == "L", words.count > 2 { names.append(String(words[2])) }
            if line.contains("\t"), words.count > 2, words[2].contains("/") { names.append(String(words[2])) }
        }
        return Definitions.nearestName(to: identifier, among: names.filter { $0.contains("/") })
    }
}
