import Basis
import CFonts
import CPango

/// A font file for scripts that Inter does not have (Inter has Latin, Greek and Cyrillic).
public struct FontFile: Hashable, Sendable {
    /// As the user would recognise it, for messages.
    public var name: String
    /// OpenType or TrueType, the whole file.
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Fontconfig's view of our own fonts and the caller's, and of none of the system's: the same output on every machine.
struct FontSet: ~Copyable {
    let config: OpaquePointer

    /// - Throws: `font-unusable` for each file that cannot be used.
    init(extra: [FontFile]) throws(Rejection) {
        FontSet.keepSystemFontsOut
        guard let config = FcConfigCreate() else { throw Rejection(FontSet.outOfMemory) }
        var faults: [Diagnostic] = []
        for index in 0..<kpi_font_count() {
            let font = kpi_font_at(index)
            let name = String(cString: font.name)
            let bytes = UnsafeBufferPointer(start: font.bytes, count: font.count)
            if let fault = FontSet.add(bytes, name: name, to: config) { faults.append(fault) }
        }
        for font in extra {
            let fault = font.bytes.withUnsafeBufferPointer { FontSet.add($0, name: font.name, to: config) }
            if let fault { faults.append(fault) }
        }
        guard faults.isEmpty else {
            FcConfigDestroy(config)
            throw Rejection(faults)
        }
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

    private static func add(
        _ bytes: UnsafeBufferPointer<UInt8>, name: String, to config: OpaquePointer
    ) -> Diagnostic? {
        let descriptor = kpi_font_descriptor(name, bytes.baseAddress, bytes.count)
        guard descriptor >= 0, FcConfigAppFontAddFile(config, "/proc/self/fd/\(descriptor)") != 0 else {
            return Diagnostic(
                .error, "font-unusable", "\(name) cannot be used as a font",
                remedies: ["give an OpenType or TrueType file (.otf, .ttf)"])
        }
        return nil
    }

    private static var outOfMemory: Diagnostic {
        Diagnostic(.error, "drawing-failed", "Fontconfig is out of memory")
    }
}
