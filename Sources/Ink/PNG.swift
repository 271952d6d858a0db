public import Basis
import CDeflate
import CPango
public import Drawing

/// A frame as a PNG: opaque, on white, with its resolution in it.
///
/// - Parameter dpi: pixels per inch, above 0; 150 is good for screens, 300 for print.
/// - Returns: the file's bytes; no diagnostics so far.
/// - Throws: `drawing-failed` (also for a size no image can have), `image-unreadable`, `font-unusable`,
///   `glyph-missing`.
public func renderPNG(_ frame: Frame, dpi: Double) throws(Rejection) -> Checked<[UInt8]> {
    try renderPNG(frame, dpi: dpi, measurer: PangoMeasurer())
}

/// The same with a measurer at hand, which spares loading the fonts again.
public func renderPNG(
    _ frame: Frame, dpi: Double, measurer: PangoMeasurer
) throws(Rejection) -> Checked<[UInt8]> {
    try checkNumbers(frame, page: 1)
    let scale = dpi / 72
    let width = (frame.size.width * scale).rounded(.up)
    let height = (frame.size.height * scale).rounded(.up)
    // Cairo's images end at 32,767 pixels a side.
    guard dpi > 0, (1...32_767).contains(width), (1...32_767).contains(height) else {
        throw Rejection(
            Diagnostic(
                .error, "drawing-failed",
                "an image of \(frame.size.width) × \(frame.size.height) pt at \(dpi) dpi cannot be made",
                remedies: ["choose a lower resolution"]))
    }
    let canvas = try Canvas(owning: cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)))
    cairo_set_source_rgb(canvas.cairo, 1, 1, 1)
    cairo_paint(canvas.cairo)
    cairo_scale(canvas.cairo, scale, scale)
    var painter = Painter(canvas.cairo, measurer: measurer, surface: .raster(pixelsPerPoint: scale))
    try painter.draw(frame.items)
    try painter.missingGlyphs.refuse()
    try checkCairo(cairo_status(canvas.cairo), "drawing")
    cairo_surface_flush(canvas.surface)
    guard let pixels = cairo_image_surface_get_data(canvas.surface) else {
        throw Rejection(Diagnostic(.error, "drawing-failed", "Cairo gave no pixels"))
    }
    let image = PixelImage(
        width: Int(width), height: Int(height), stride: Int(cairo_image_surface_get_stride(canvas.surface)),
        pixels: UnsafeRawPointer(pixels))
    let png = try encodePNG(image, dpi: dpi)
    return Checked(png)
}

/// Cairo's RGB24: a native 32-bit word a pixel, the upper byte unused.
struct PixelImage {
    var width: Int
    var height: Int
    var stride: Int
    var pixels: UnsafeRawPointer
}

/// 8-bit RGB, filter none, one IDAT: for drawings smaller than with filters, and three times faster.
///
/// PNG (Portable Network Graphics) Specification, Third Edition, W3C 2025.
func encodePNG(_ image: PixelImage, dpi: Double) throws(Rejection) -> [UInt8] {
    let rowBytes = 1 + image.width * 3
    let raw = [UInt8](unsafeUninitializedCapacity: rowBytes * image.height) { target, count in
        var out = 0
        for y in 0..<image.height {
            let row = (image.pixels + y * image.stride).assumingMemoryBound(to: UInt32.self)
            target[out] = 0
            out += 1
            for x in 0..<image.width {
                let pixel = row[x]
                target[out] = UInt8(truncatingIfNeeded: pixel >> 16)
                target[out + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
                target[out + 2] = UInt8(truncatingIfNeeded: pixel)
                out += 3
            }
        }
        count = out
    }
    var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let perMetre = UInt32((dpi / 0.0254).rounded())
    appendChunk("IHDR", bigEndian(UInt32(image.width)) + bigEndian(UInt32(image.height)) + [8, 2, 0, 0, 0], to: &png)
    appendChunk("pHYs", bigEndian(perMetre) + bigEndian(perMetre) + [1], to: &png)
    appendChunk("IDAT", try zlib(raw, row: rowBytes), to: &png)
    appendChunk("IEND", [], to: &png)
    return png
}

private func zlib(_ raw: [UInt8], row: Int) throws(Rejection) -> [UInt8] {
    let room = 2 * raw.count + 1_000
    let packed = [UInt8](unsafeUninitializedCapacity: room) { target, count in
        count = kpi_deflate_pixels(raw, raw.count, row, target.baseAddress, room)
    }
    guard !packed.isEmpty else {
        throw Rejection(Diagnostic(.error, "drawing-failed", "out of memory while compressing"))
    }
    return packed
}

private func appendChunk(_ kind: String, _ data: [UInt8], to png: inout [UInt8]) {
    let body = Array(kind.utf8) + data
    png += bigEndian(UInt32(data.count))
    png += body
    png += bigEndian(libdeflate_crc32(0, body, body.count))
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
}
