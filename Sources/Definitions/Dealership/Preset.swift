public import Basis
import CPresets
public import Dealership

/// Mappings of one system's exports that the program brings along: a file of `Sources/CPresets/presets`.
public struct Preset: Sendable {
    public let name: String
    /// What it maps, in a line.
    public let about: String
    /// Where the columns' names were learnt.
    public let source: String
    /// What of the exports was known: `only field names`.
    public let known: String
    /// A mapping a table. `file` is the pattern such exports usually have; empty: there is none.
    public let exports: [ExportSettings]
    /// The file as it is.
    public let text: String

    public static let names = (0..<kpi_preset_count()).map { String(cString: kpi_preset_at($0).name) }

    /// Throws when the preset itself is faulty, which tests exclude, or unknown.
    public static func named(_ name: String) throws(Rejection) -> Preset {
        guard let index = names.firstIndex(of: name) else {
            throw Rejection(
                Diagnostic(
                    .error, FaultCode.unknownPreset.rawValue, "there is no preset \(quoted(name))",
                    remedies: (nearestName(to: name, among: names).map { ["did you mean \(quoted($0))?"] } ?? [])
                        + ["`kpi presets` lists them all"]))
        }
        let preset = kpi_preset_at(index)
        let text = String(decoding: UnsafeBufferPointer(start: preset.bytes, count: preset.size), as: UTF8.self)
        let file = "presets/\(name).yaml"
        let root = try Composer.root(of: text, file: file)
        var reader = Reader(file: file, schema: .presetFile)
        return try reader.checked(reader.preset(root, name: name, text: text)).value
    }
}

extension Reader {
    fileprivate mutating func preset(_ root: Field, name: String, text: String) -> Preset? {
        guard let fields = fields(root, .preset, of: "a preset") else { return nil }
        func words(_ key: String) -> String? {
            required(fields, key, "write `\(key):`").flatMap { self.text($0) }
        }
        guard let about = words("about"), let source = words("source"), let known = words("known"),
            let exports = required(fields, "exports", "write `exports:`").map({ self.exports($0) })
        else { return nil }
        return Preset(name: name, about: about, source: source, known: known, exports: exports, text: text)
    }
}
