public import Basis
import CPango
import CPdf
public import Drawing

/// Frames as one tagged PDF, a page each, with bookmarks at the headlines when there are several pages.
///
/// - Returns: the file's bytes; warnings `glyph-missing` and `link-without-page`.
/// - Throws: `drawing-failed`, `image-unreadable`, `font-unusable`.
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
    try checkNumbers(first, page: 1)
    let sink = ByteSink()
    // The first page's size must be known here: setting a size later throws away what was drawn, open tags included.
    let canvas = try Canvas(
        owning: cairo_pdf_surface_create_for_stream(
            ByteSink.write, sink.closure, first.size.width, first.size.height))
    var writer = TaggedWriter(canvas.cairo, surface: canvas.surface, measurer: measurer, pageCount: pages.count)
    writer.describe(info)
    writer.begin("Document")
    for frame in pages { try writer.draw(frame) }
    writer.end("Document")
    try canvas.finish()
    let drawn = withExtendedLifetime(sink) { sink.bytes }
    return Checked(try finish(drawn, info, writer.additions), writer.diagnostics)
}

/// Adds with libqpdf what Cairo cannot write.
private func finish(
    _ drawn: [UInt8], _ info: DocumentInfo, _ additions: TaggedWriter.Additions
) throws(Rejection) -> [UInt8] {
    let strings = CStrings(additions.alternatives + additions.linkTexts + [info.language])
    let xmp = Array(info.xmp.utf8)
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
