public import Basis
import CPango
public import Drawing

/// Measures text, and lets the back ends draw the very glyphs that were measured.
///
/// It owns a font map of its own, and Pango allows no font map on two threads: it is deliberately not `Sendable`.
/// Make one a task (1.5 ms) and keep it as long as pages come.
public final class PangoMeasurer: TextMeasurer {
    private let fonts: FontSet
    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private var styles: [StyleKey: TypeStyle] = [:]
    private var lines: [LineKey: ShapedLine] = [:]
    private let shared: ShapedTexts?
    /// What a style is set in where nothing else is needed; owned.
    private var plainFonts: [StyleKey: UnsafeMutablePointer<PangoFont>] = [:]
    /// Lines kept shaped; some 3 KB each.
    private static let capacity = 4_096

    /// What text is set in.
    public var families: FontFamilies { fonts.families }

    /// - Parameters:
    ///   - extraFonts: instead of Inter, or for scripts that it lacks.
    ///   - shared: with measurers of other tasks that have the same fonts.
    /// - Throws: `font-unusable` for a file that is no font, `font-families` for files of several families in one use,
    ///   `font-without-bold`; `drawing-failed` when Inter does not resolve to itself.
    public init(extraFonts: [FontFile] = [], shared: ShapedTexts? = nil) throws(Rejection) {
        self.shared = shared
        fonts = try FontSet(extra: extraFonts)
        guard let map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) else {
            throw Rejection(Diagnostic(.error, "drawing-failed", "Pango was built without FreeType fonts"))
        }
        fontMap = map
        pango_fc_font_map_set_config(OpaquePointer(map), fonts.config)
        context = pango_font_map_create_context(map)
        // Whole-point positions and hinted widths are for screens of 1995: pages want the outlines' own widths.
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_round_glyph_positions(context, 0)
        // Otherwise Pango asks the environment.
        pango_context_set_language(context, pango_language_from_string("en-us"))
        pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
        try assertFamilies()
    }

    deinit {
        for line in lines.values { line.free() }
        for style in styles.values { style.free() }
        for font in plainFonts.values { g_object_unref(font) }
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fontMap)
    }

    public func width(of text: String, style: TextStyle) -> Double {
        text.isEmpty ? 0 : line(text, style: style).width
    }

    /// The line as it was measured. Valid until the next call.
    func line(_ text: String, style: TextStyle) -> ShapedLine {
        let key = LineKey(text: text, style: StyleKey(style))
        if let known = lines[key] { return known }
        if lines.count >= PangoMeasurer.capacity {
            for line in lines.values { line.free() }
            lines.removeAll(keepingCapacity: true)
        }
        let line = shaped(text, key)
        lines[key] = line
        return line
    }

    private func shaped(_ text: String, _ key: LineKey) -> ShapedLine {
        let style = typeStyle(key.style)
        guard let shared else { return ShapedLine(text, style: style, context: context) }
        let font = plainFont(key.style, style)
        if let font, let run = shared[key] { return ShapedLine(text, run: run, font: font) }
        let line = ShapedLine(text, style: style, context: context)
        if let run = line.run(in: font) { shared[key] = run }
        return line
    }

    private func plainFont(_ key: StyleKey, _ style: TypeStyle) -> UnsafeMutablePointer<PangoFont>? {
        if let known = plainFonts[key] { return known }
        guard let font = pango_context_load_font(context, style.description) else { return nil }
        plainFonts[key] = font
        return font
    }

    private func typeStyle(_ key: StyleKey) -> TypeStyle {
        if let known = styles[key] { return known }
        let style = TypeStyle(key, families: fonts.families)
        styles[key] = style
        return style
    }

    /// Fontconfig answers something for every request: hold it to what was asked for.
    private func assertFamilies() throws(Rejection) {
        for family in [TextStyle.Family.text, .display] {
            let name = fonts.families.name(family)
            let isOurs = name == FontFamilies().name(family)
            for weight in [TextStyle.Weight.semibold, .bold] {
                let key = StyleKey(
                    TextStyle(size: 10, weight: weight, color: Color(0), family: family, tabular: false))
                let wanted = typeStyle(key).description
                guard let font = pango_context_load_font(context, wanted) else { throw missing(name) }
                defer { g_object_unref(font) }
                let description = pango_font_describe(font)
                defer { pango_font_description_free(description) }
                let found = pango_font_description_get_family(description).map { String(cString: $0) }
                guard found == name else { throw missing(name) }
                let weight = pango_font_description_get_weight(description)
                if isOurs, weight != pango_font_description_get_weight(wanted) { throw missing(name) }
                // Headlines are large enough to stand out by themselves.
                let isLight = weight.rawValue < PANGO_WEIGHT_SEMIBOLD.rawValue
                if !isOurs, family == .text, isLight { throw withoutBold(name) }
            }
        }
    }

    private func missing(_ family: String) -> Rejection {
        Rejection(Diagnostic(.error, "drawing-failed", "the font \(family) does not resolve to the one at hand"))
    }

    private func withoutBold(_ family: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "font-without-bold",
                "\(family) has no bold cut among the files: what matters most would look like the rest",
                remedies: ["add its bold or semibold file to `text:`, beside the regular one"]))
    }
}

/// Pango's font maps belong to one thread.
@available(*, unavailable)
extension PangoMeasurer: Sendable {}

struct LineKey: Hashable {
    var text: String
    var style: StyleKey
}
