import CPango
import Drawing

/// What of a style decides glyphs and widths; colour does not.
struct StyleKey: Hashable {
    var family: TextStyle.Family
    var size: Double
    var weight: TextStyle.Weight
    var tabular: Bool
    var tracking: Double

    init(_ style: TextStyle) {
        family = style.family
        size = style.size
        weight = style.weight
        tabular = style.tabular
        tracking = style.tracking
    }
}

/// A style in Pango's terms. Owned by the measurer that made it.
struct TypeStyle {
    let description: OpaquePointer
    let attributes: OpaquePointer

    init(_ key: StyleKey, families: FontFamilies) {
        let scale = Double(PANGO_SCALE)
        description = pango_font_description_new()
        pango_font_description_set_family(description, families.list(key.family))
        pango_font_description_set_weight(description, PangoWeight(UInt32(key.weight.rawValue)))
        pango_font_description_set_absolute_size(description, key.size * scale)
        attributes = pango_attr_list_new()
        // `calt` would turn 10x20 into 10×20: data are shown as they are.
        let features = key.tabular ? "calt=0, tnum=1" : "calt=0"
        pango_attr_list_insert(attributes, pango_attr_font_features_new(features))
        if key.tracking != 0 {
            let spacing = Int32((key.tracking * scale).rounded())
            pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(spacing))
        }
    }

    func free() {
        pango_font_description_free(description)
        pango_attr_list_unref(attributes)
    }
}

/// One line, shaped once. Owned by the measurer that made it.
struct ShapedLine {
    private enum Content {
        /// A `PangoLayout` with one line.
        case layout(OpaquePointer)
        /// What another measurer has shaped.
        case copy(GlyphCopy)
    }

    private let content: Content
    /// The advance width in points.
    let width: Double
    /// Characters that no font at hand has a glyph for; they are drawn as boxes.
    let unknownGlyphs: Int

    init(_ text: String, style: TypeStyle, context: OpaquePointer) {
        let layout: OpaquePointer = pango_layout_new(context)
        var text = ShapedLine.oneLine(text)
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        pango_layout_set_font_description(layout, style.description)
        pango_layout_set_attributes(layout, style.attributes)
        pango_layout_set_auto_dir(layout, 0)
        var extents = PangoRectangle()
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), nil, &extents)
        width = Double(extents.width) / Double(PANGO_SCALE)
        content = .layout(layout)
        unknownGlyphs = Int(pango_layout_get_unknown_glyphs_count(layout))
    }

    /// - Parameter font: in which `run` was set, as this measurer has it.
    init(_ text: String, run: GlyphRun, font: UnsafeMutablePointer<PangoFont>) {
        content = .copy(GlyphCopy(ShapedLine.oneLine(text), run, font: font))
        width = run.width
        unknownGlyphs = 0
    }

    /// Its glyphs for another measurer, where they are one run of that font and nothing else. Nil: who wants them
    /// shapes.
    func run(in font: UnsafeMutablePointer<PangoFont>?) -> GlyphRun? {
        guard case .layout(let layout) = content, unknownGlyphs == 0, let font else { return nil }
        return GlyphRun(pango_layout_get_line_readonly(layout, 0), font: font, width: width)
    }

    /// At Cairo's current point.
    func show(on cairo: OpaquePointer) {
        switch content {
        case .layout(let layout): pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, 0))
        case .copy(let copy): copy.show(on: cairo)
        }
    }

    /// Its outlines, from Cairo's current point on, become the path.
    func trace(on cairo: OpaquePointer) {
        switch content {
        case .layout(let layout): pango_cairo_layout_line_path(cairo, pango_layout_get_line_readonly(layout, 0))
        case .copy(let copy): copy.trace(on: cairo)
        }
    }

    func free() {
        switch content {
        case .layout(let layout): g_object_unref(UnsafeMutableRawPointer(layout))
        case .copy(let copy): copy.free()
        }
    }

    /// Line ends, tabs and other control characters would break the line or show as boxes: they become spaces.
    static func oneLine(_ text: String) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
        }
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
        return String(clean)
    }
}
