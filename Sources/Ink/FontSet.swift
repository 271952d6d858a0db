import Basis
import CFonts
import CPango
public import Drawing

/// A font file of the caller's.
public struct FontFile: Hashable, Sendable {
    public enum Use: String, Hashable, Sendable, CaseIterable {
        /// Instead of Inter; a regular and a bold cut.
        case text
        /// Instead of Inter Display, of headlines and large numbers.
        case display
        /// For scripts that the others do not have (Inter has Latin, Greek and Cyrillic).
        case scripts
    }

    /// As the user would recognise it, for messages.
    public var name: String
    /// OpenType or TrueType, the whole file.
    public var bytes: [UInt8]
    public var use: Use

    public init(name: String, bytes: [UInt8], use: Use = .scripts) {
        self.name = name
        self.bytes = bytes
        self.use = use
    }
}

/// What text is set in: the caller's families, else ours.
public struct FontFamilies: Hashable, Sendable {
    public var text: String
    public var display: String

    public init(text: String = "Inter", display: String = "Inter Display") {
        self.text = text
        self.display = display
    }

    public func name(_ family: TextStyle.Family) -> String { family == .display ? display : text }
    /// The families in which Pango looks for a glyph, one after the other.
    func list(_ family: TextStyle.Family) -> String {
        let name = name(family)
        return name.hasPrefix("Inter") ? name : "\(name),Inter"
    }
}

/// Fontconfig's view of our own fonts and the caller's, and of none of the system's: the same output on every machine.
struct FontSet: ~Copyable {
    let config: OpaquePointer
    let families: FontFamilies

    /// - Throws: `font-unusable` for each file that cannot be used.
    init(extra: [FontFile]) throws(Rejection) {
        FontSet.keepSystemFontsOut
        guard let config = FcConfigCreate() else { throw Rejection(FontSet.outOfMemory) }
        var faults: [Diagnostic] = []
        for index in 0..<kpi_font_count() {
            let font = kpi_font_at(index)
            let name = String(cString: font.name)
            let bytes = UnsafeBufferPointer(start: font.bytes, count: font.count)
            do throws(Diagnostic) { _ = try FontSet.add(bytes, name: name, to: config) } catch { faults.append(error) }
        }
        var families = FontFamilies()
        var known: [FontFile.Use: String] = [:]
        for font in extra {
            do throws(Diagnostic) {
                let family = try font.bytes.withUnsafeBufferPointer { bytes throws(Diagnostic) in
                    try FontSet.add(bytes, name: font.name, to: config)
                }
                if font.use == .scripts { continue }
                if let other = known[font.use], other != family {
                    throw Diagnostic(
                        .error, "font-families",
                        "\(font.name) is of the family \(family), and another file of \(other)",
                        remedies: ["give files of one family for \(font.use.rawValue)"])
                }
                known[font.use] = family
            } catch { faults.append(error) }
        }
        guard faults.isEmpty else {
            FcConfigDestroy(config)
            throw Rejection(faults)
        }
        families.text = known[.text] ?? families.text
        families.display = known[.display] ?? known[.text] ?? families.display
        self.families = families
        self.config = config
    }

    deinit { FcConfigDestroy(config) }

    /// Pango calls `FcInit` on a thread of its own unless there is a current configuration: an empty one, set once,
    /// keeps the system's fonts out and that race away.
    private static let keepSystemFontsOut: Void = {
        guard let empty = FcConfigCreate() else { return }
        FcConfigSetCurrent(empty)
        FcConfigDestroy(empty)
    }()

    /// - Returns: the name of the file's family.
    private static func add(
        _ bytes: UnsafeBufferPointer<UInt8>, name: String, to config: OpaquePointer
    ) throws(Diagnostic) -> String {
        let descriptor = kpi_font_descriptor(name, bytes.baseAddress, bytes.count)
        let path = "/proc/self/fd/\(descriptor)"
        guard descriptor >= 0, FcConfigAppFontAddFile(config, path) != 0,
            let family = family(of: path, in: config)
        else {
            throw Diagnostic(
                .error, "font-unusable", "\(name) cannot be used as a font",
                remedies: ["give an OpenType or TrueType file (.otf, .ttf)"])
        }
        return family
    }

    private static func family(of path: String, in config: OpaquePointer) -> String? {
        guard let set = FcConfigGetFonts(config, FcSetApplication) else { return nil }
        for index in 0..<Int(set.pointee.nfont) {
            guard let pattern = set.pointee.fonts[index], text(FC_FILE, of: pattern) == path else { continue }
            return text(FC_FAMILY, of: pattern)
        }
        return nil
    }

    private static func text(_ property: String, of pattern: OpaquePointer) -> String? {
        var value: UnsafeMutablePointer<FcChar8>?
        guard FcPatternGetString(pattern, property, 0, &value) == FcResultMatch, let value else { return nil }
        return String(cString: value)
    }

    private static var outOfMemory: Diagnostic {
        Diagnostic(.error, "drawing-failed", "Fontconfig is out of memory")
    }
}
