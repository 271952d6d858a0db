import Basis
import Dealership

// `look:`, a theme's name or more of it. Colours are held to what they are for: text in them must be read on white, and
// nobody's eyes may take the one for the other.

extension Reader {
    mutating func look(_ field: Field) -> LookSettings {
        guard field.isMapping else {
            return LookSettings(theme: choice(field, LookSettings.Theme.self) ?? .standard)
        }
        guard let fields = fields(field, .look, of: quoted("look")) else { return LookSettings() }
        var look = LookSettings(
            theme: fields["theme"].flatMap { choice($0, LookSettings.Theme.self) } ?? .standard,
            accent: fields["accent"].flatMap { color($0) },
            signal: fields["signal"].flatMap { color($0) },
            logo: fields["logo"].flatMap { picture($0) },
            logoWords: fields["logo-words"].flatMap { text($0) })
        if let fonts = fields["fonts"].flatMap({ self.fields($0, .fonts, of: quoted("fonts")) }) {
            look.fonts = LookSettings.Fonts(
                text: fonts["text"].map { fontFiles($0) } ?? [], display: fonts["display"].map { fontFiles($0) } ?? [],
                scripts: fonts["scripts"].map { fontFiles($0) } ?? [])
        }
        if fields["accent"] != nil || fields["signal"] != nil { tellApart(look, fields) }
        return look
    }

    /// WCAG 2.2, 1.4.3: what normal text needs on its ground.
    private static let textContrast = 4.5

    private mutating func color(_ field: Field) -> WebColor? {
        if field.isEmpty {
            fault(
                .badColour, field, row: field.keyRow, "\(name(field)) has no colour",
                ["write it in quotes, such as \"#0B5A9D\": without them # begins a comment"])
            return nil
        }
        guard let text = raw(field, "a colour such as \"#0B5A9D\"") else { return nil }
        guard let color = WebColor(text) else {
            fault(
                .badColour, field, "\(quoted(text)) is no colour",
                ["write red, green and blue as six hexadecimal digits in quotes, such as \"#0B5A9D\""])
            return nil
        }
        let contrast = color.contrast(with: .white)
        guard contrast >= Reader.textContrast else {
            let near = color.darkened(toContrast: Reader.textContrast)
            fault(
                .faintColour, field,
                "\(color) has a contrast of \(ratio(contrast)) on white, and text in it needs 4.5 (marks 3)",
                ["\(near), the same hue and a little darker, has \(ratio(near.contrast(with: .white)))"])
            return nil
        }
        return color
    }

    /// One decimal, rounded down: 4.49 is not 4.5.
    private func ratio(_ contrast: Double) -> String {
        let tenths = Int(contrast * 10 + 1e-9)
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// What stands on a page beside each other is at least so far apart (ΔE 1976), to every kind of eye.
    private static let apart = 20.0

    private mutating func tellApart(_ look: LookSettings, _ fields: Fields) {
        let accent = look.accent ?? Defaults.accent
        let signal = look.signal ?? Defaults.signal
        let close = ColorVision.allCases.filter { $0.distance(accent, signal) < Reader.apart }
        guard let eye = close.first, let field = fields["signal"] ?? fields["accent"] else { return }
        let whose = eye == .usual ? "to anybody" : "with \(close.map(\.rawValue).joined(separator: " or "))"
        fault(
            .coloursAlike, field, "\(accent) and \(signal) look too much alike \(whose)",
            [
                """
                a blue accent with an orange or red signal can be told apart by everybody, such as \
                \(Defaults.accent) and \(Defaults.signal)
                """
            ])
    }

    private mutating func picture(_ field: Field) -> String? {
        inFolder(field, endings: ["png", "svg"], "save the logo as PNG or SVG")
    }

    private mutating func fontFiles(_ field: Field) -> [String] {
        let fields = field.listed ?? [field]
        return fields.compactMap { inFolder($0, endings: ["otf", "ttf", "ttc"], "give an OpenType or TrueType file") }
    }

    private mutating func inFolder(_ field: Field, endings: [String], _ remedy: String) -> String? {
        guard let text = text(field) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.hasPrefix("/"), !parts.contains(".."), !text.contains("\\"), !text.contains(":") else {
            fault(
                .filePath, field, "\(quoted(text)) does not lie in the dealership's folder",
                ["put the file beside dealership.yaml and write its name, with / between folders"])
            return nil
        }
        let ending = text.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard endings.contains(ending) else {
            fault(
                .wrongFile, field,
                "\(quoted(text)) ends in none of \(endings.map { ".\($0)" }.joined(separator: ", "))",
                [remedy])
            return nil
        }
        return text
    }
}
