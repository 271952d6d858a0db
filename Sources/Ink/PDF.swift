public import Basis
import CPango
import CPdf
public import Drawing

/// Frames as one tagged PDF, a page each, with bookmarks at the headlines when there are several pages.
///
/// - Returns: the file's bytes; warning `link-without-page`.
/// - Throws: `drawing-failed`, `image-unreadable`, `font-unusable`, `glyph-missing`.
public func renderPDF(pages: [Frame], info: DocumentInfo) throws(Rejection) -> Checked<[UInt8]> {
    try renderPDF(pages: pages, info: info, measurer: PangoMeasurer())
}

/// The same with a measurer at hand, which spares loading the fonts and shaping the texts again.
public func renderPDF(
    pages: [Frame], info: DocumentInfo, measurer: PangoMeasurer
) throws(Rejection) -> Checked<[UInt8]> {
    guard let first = pages.first else {
        throw Rejection(Diagnostic(.error, "drawing-failed", "a document without pages cannot be made"))
    }
    let document = try PDFDocument(first: first, pageCount: pages.count, info: info, measurer: measurer)
    for frame in pages { try document.draw(frame) }
    return try document.finish()
}

/// As Cairo drew it, before the pass that makes it accessible: what benchmarks tell apart.
@_spi(Benchmarks) public func drawnPDF(
    pages: [Frame], info: DocumentInfo, measurer: PangoMeasurer
) throws(Rejection) -> [UInt8] {
    guard let first = pages.first else { return [] }
    let document = try PDFDocument(first: first, pageCount: pages.count, info: info, measurer: measurer)
    for frame in pages { try document.draw(frame) }
    return try document.drawn()
}

/// A PDF drawn a page at a time, while later pages are still being made. It belongs to one task.
public final class PDFDocument {
    private let sink = ByteSink()
    private let canvas: Canvas
    private var writer: TaggedWriter
    private let info: DocumentInfo

    /// - Parameter first: the page that will be drawn first; its size must be known here, since setting a size later
    ///   throws away what was drawn, open tags included.
    public init(
        first: Frame, pageCount: Int, info: DocumentInfo, measurer: PangoMeasurer
    ) throws(Rejection) {
        try checkNumbers(first, page: 1)
        self.info = info
        canvas = try Canvas(
            owning: cairo_pdf_surface_create_for_stream(
                ByteSink.write, sink.closure, first.size.width, first.size.height))
        writer = TaggedWriter(canvas.cairo, surface: canvas.surface, measurer: measurer, pageCount: pageCount)
        writer.describe(info)
        writer.begin("Document")
    }

    /// A document given up half-way is still flushed by Cairo, into the sink: it has to be there until then.
    deinit {
        cairo_surface_finish(canvas.surface)
        withExtendedLifetime(sink) {}
    }

    /// The next page.
    public func draw(_ frame: Frame) throws(Rejection) { try writer.draw(frame) }

    public func finish() throws(Rejection) -> Checked<[UInt8]> {
        let drawn = try drawn()
        try writer.missingGlyphs.refuse()
        return Checked(
            try finishing(drawn, info, writer.additions, isRegular: writer.hasRegularHeadings), writer.diagnostics)
    }

    /// As Cairo drew it, before the pass that makes it accessible.
    @_spi(Benchmarks) public func drawn() throws(Rejection) -> [UInt8] {
        writer.end("Document")
        try canvas.finish()
        return sink.bytes
    }
}

/// Adds with libqpdf what Cairo cannot write.
private func finishing(
    _ drawn: [UInt8], _ info: DocumentInfo, _ additions: TaggedWriter.Additions, isRegular: Bool
) throws(Rejection) -> [UInt8] {
    let strings = CStrings(additions.alternatives + additions.linkTexts + [info.language])
    let xmp = Array(info.xmp(isAccessible: isRegular && !info.title.isEmpty).utf8)
    var count = 0
    var fault: UnsafeMutablePointer<CChar>?
    let finished = strings.withPointers { texts in
        xmp.withUnsafeBufferPointer { xmp in
            let alternatives = additions.alternatives.count
            let links = additions.linkTexts.count
            var request = kpi_pdf_additions()
            request.language = texts[alternatives + links]
            request.xmp = xmp.baseAddress
            request.xmp_count = xmp.count
            request.alternatives = texts.baseAddress
            request.alternative_count = alternatives
            request.link_texts = texts.baseAddress.map { $0 + alternatives }
            request.link_text_count = links
            return kpi_pdf_finish(drawn, drawn.count, &request, &count, &fault)
        }
    }
    guard let finished else {
        let reason = fault.map { String(cString: $0) } ?? "out of memory"
        kpi_pdf_free(fault)
        throw Rejection(Diagnostic(.error, "drawing-failed", "finishing the PDF failed: \(reason)"))
    }
    defer { kpi_pdf_free(finished) }
    return Array(UnsafeBufferPointer(start: finished, count: count))
}

/// Texts as C wants them, in one block of memory.
struct CStrings {
    private var bytes: [CChar] = []
    private var offsets: [Int] = []

    init(_ texts: [String]) {
        for text in texts {
            offsets.append(bytes.count)
            // A text ends for C where a NUL stands.
            bytes += text.utf8.lazy.filter { $0 != 0 }.map { CChar(bitPattern: $0) }
            bytes.append(0)
        }
    }

    func withPointers<Result>(
        _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let pointers = offsets.map { offset in bytes.baseAddress.map { $0 + offset } }
            return pointers.withUnsafeBufferPointer(body)
        }
    }
}
