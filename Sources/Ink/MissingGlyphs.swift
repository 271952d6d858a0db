public import Basis
public import Drawing

/// Refuses texts that no font at hand can draw. PDF and PNG find them while drawing; formats that leave the letters to
/// the reader's own fonts ask here.
///
/// - Throws: `glyph-missing`.
public func checkGlyphs(_ frame: Frame, page: Int = 1, measurer: PangoMeasurer) throws(Rejection) {
    var missing = MissingGlyphs(page: page)
    missing.look(through: frame.items, measurer)
    try missing.refuse()
}

/// Characters for which no font at hand has a glyph. They would be drawn as empty boxes: names that nobody can read.
struct MissingGlyphs {
    /// Counts from 1.
    var page = 1
    private var scalars: Set<Unicode.Scalar> = []
    private var runs = 0
    private var first: (text: String, page: Int)?

    init(page: Int = 1) { self.page = page }

    /// Of a run of which some character is known to be missing.
    mutating func note(_ run: TextRun, _ measurer: PangoMeasurer) {
        runs += 1
        if first == nil { first = (run.text, page) }
        for character in run.text {
            let alone = String(character)
            if measurer.line(alone, style: run.style).unknownGlyphs > 0 { scalars.formUnion(alone.unicodeScalars) }
        }
    }

    mutating func look(through items: [FrameItem], _ measurer: PangoMeasurer) {
        for item in items {
            switch item {
            case .text(let run):
                guard !run.text.isEmpty else { continue }
                if measurer.line(run.text, style: run.style).unknownGlyphs > 0 { note(run, measurer) }
            case .path, .image: break
            case .group(let group): look(through: group.items, measurer)
            case .link(let link): look(through: link.items, measurer)
            }
        }
    }

    func refuse() throws(Rejection) {
        guard let first else { return }
        // By number, not in the text's order: the message must not tell a customer's name.
        let sorted = scalars.sorted()
        let named = sorted.prefix(8).map { "U+" + MissingGlyphs.hexadecimal($0) }.joined(separator: ", ")
        let rest = sorted.count > 8 ? " and \(sorted.count - 8) more" : ""
        let script = MissingGlyphs.script(of: sorted)
        let texts = runs == 1 ? "a text on page \(first.page)" : "\(runs) texts, the first on page \(first.page)"
        throw Rejection(
            Diagnostic(
                .error, "glyph-missing",
                "no font at hand has \(named)\(rest)\(script.map { " (\($0.name))" } ?? ""), in \(texts)",
                remedies: [
                    "give a font file that has them" + (script.map { " (\($0.font) does)" } ?? "")
                        + ": `look: { fonts: { scripts: [FILE.ttf] } }` in dealership.yaml",
                    "or write that text in other letters; --show-values prints it",
                ], value: first.text))
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }

    /// Blocks of the Unicode Standard 16.0, and fonts under free licences that have them.
    private static let scripts: [(range: ClosedRange<UInt32>, name: String, font: String)] = [
        (0x0530...0x058F, "Armenian", "Noto Sans Armenian"), (0x0590...0x05FF, "Hebrew", "Noto Sans Hebrew"),
        (0x0600...0x077F, "Arabic", "Noto Sans Arabic"), (0x0900...0x097F, "Devanagari", "Noto Sans Devanagari"),
        (0x0980...0x09FF, "Bengali", "Noto Sans Bengali"), (0x0B80...0x0BFF, "Tamil", "Noto Sans Tamil"),
        (0x0E00...0x0E7F, "Thai", "Noto Sans Thai"), (0x10A0...0x10FF, "Georgian", "Noto Sans Georgian"),
        (0x1100...0x11FF, "Korean", "Noto Sans KR"), (0x3040...0x30FF, "Japanese", "Noto Sans JP"),
        (0x3400...0x9FFF, "Chinese or Japanese", "Noto Sans SC"), (0xAC00...0xD7AF, "Korean", "Noto Sans KR"),
        (0xF900...0xFAFF, "Chinese or Japanese", "Noto Sans SC"), (0x1F000...0x1FAFF, "emoji", "Noto Emoji"),
        (0x20000...0x3FFFF, "Chinese or Japanese", "Noto Sans SC"),
    ]

    private static func script(of scalars: [Unicode.Scalar]) -> (name: String, font: String)? {
        for scalar in scalars {
            if let found = scripts.first(where: { $0.range.contains(scalar.value) }) { return (found.name, found.font) }
        }
        return nil
    }
}
