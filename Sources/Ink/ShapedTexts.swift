import CPango
import Synchronization

/// What measurers on several tasks have shaped: a line is shaped by whoever comes first, and drawn by all.
///
/// Glyphs are numbers of a font: it is for measurers that were made with the same fonts.
public final class ShapedTexts: Sendable {
    private let runs = Mutex<[LineKey: GlyphRun]>([:])

    public init() {}

    subscript(key: LineKey) -> GlyphRun? {
        get { runs.withLock { $0[key] } }
        set { runs.withLock { $0[key] = newValue } }
    }
}

/// The glyphs of a line that is set from left to right in one font.
struct GlyphRun: Sendable {
    let glyphs: [PangoGlyphInfo]
    /// By glyph: where its characters begin, in bytes.
    let clusters: [Int32]
    let characters: Int32
    /// The line's, in points.
    let width: Double

    /// Nil: the line has several runs, or is set otherwise.
    init?(_ line: UnsafeMutablePointer<PangoLayoutLine>?, font: UnsafeMutablePointer<PangoFont>, width: Double) {
        guard let runs = line?.pointee.runs, runs.pointee.next == nil,
            let run = runs.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self),
            let item = run.pointee.item, let string = run.pointee.glyphs
        else { return nil }
        let analysis = item.pointee.analysis
        guard item.pointee.offset == 0, analysis.font == font,
            analysis.level == 0, analysis.gravity == 0, analysis.flags == 0,
            let glyphs = string.pointee.glyphs, let clusters = string.pointee.log_clusters
        else { return nil }
        let count = Int(string.pointee.num_glyphs)
        self.glyphs = Array(UnsafeBufferPointer(start: glyphs, count: count))
        self.clusters = Array(UnsafeBufferPointer(start: clusters, count: count))
        characters = item.pointee.num_chars
        self.width = width
    }
}

/// A run as Pango draws it, made from another measurer's. Owned by the line it is of.
struct GlyphCopy {
    private let text: UnsafeMutablePointer<CChar>
    private let item: UnsafeMutablePointer<PangoGlyphItem>

    init(_ text: String, _ run: GlyphRun, font: UnsafeMutablePointer<PangoFont>) {
        let bytes = Array(text.utf8CString)
        self.text = .allocate(capacity: bytes.count)
        self.text.initialize(from: bytes, count: bytes.count)
        let plain: UnsafeMutablePointer<PangoItem> = pango_item_new()
        plain.pointee.length = Int32(bytes.count - 1)
        plain.pointee.num_chars = run.characters
        // The item's end gives it back.
        plain.pointee.analysis.font = g_object_ref(font).assumingMemoryBound(to: PangoFont.self)
        let string: UnsafeMutablePointer<PangoGlyphString> = pango_glyph_string_new()
        pango_glyph_string_set_size(string, Int32(run.glyphs.count))
        string.pointee.glyphs.update(from: run.glyphs, count: run.glyphs.count)
        string.pointee.log_clusters.update(from: run.clusters, count: run.clusters.count)
        item = .allocate(capacity: 1)
        item.initialize(to: PangoGlyphItem())
        item.pointee.item = plain
        item.pointee.glyphs = string
    }

    func show(on cairo: OpaquePointer) { pango_cairo_show_glyph_item(cairo, text, item) }

    func trace(on cairo: OpaquePointer) {
        pango_cairo_glyph_string_path(cairo, item.pointee.item.pointee.analysis.font, item.pointee.glyphs)
    }

    func free() {
        pango_glyph_string_free(item.pointee.glyphs)
        pango_item_free(item.pointee.item)
        item.deallocate()
        text.deallocate()
    }
}
