public import Basis
import CPango
public import Drawing

/// A dealership's logo as pages take it: a PNG on white, no larger than the sharpest print needs.
///
/// White, because pages are white and printers dislike transparency. An SVG is drawn here, once, with librsvg.
///
/// - Parameters:
///   - bytes: of a PNG or an SVG file.
///   - name: of the file, for messages.
///   - words: what it says to readers who cannot see it.
///   - isGrey: without colour, for themes that have none.
/// - Throws: `logo-unreadable`, `logo-too-large`, `logo-with-text`, `no-svg-library`.
public func readLogo(
    _ bytes: [UInt8], name: String, words: String, isGrey: Bool = false
) throws(Rejection) -> Logo {
    func refuse(_ code: String, _ what: String, _ remedies: String...) -> Rejection {
        Rejection(Diagnostic(.error, code, at: .init(file: name), what, remedies: remedies))
    }
    guard bytes.count <= LogoLimits.bytes else {
        throw refuse(
            "logo-too-large",
            "the logo has \(bytes.count / 1_000_000) MB, and \(LogoLimits.bytes / 1_000_000) are the most",
            "save it as PNG, some 480 pixels high")
    }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        let size = declaredSize(bytes)
        guard size.width * size.height <= LogoLimits.pixels else {
            throw refuse(
                "logo-too-large",
                """
                the logo has \(size.width) × \(size.height) pixels, \
                and \(LogoLimits.pixels / 1_000_000) million are the most
                """,
                "save it smaller, some 480 pixels high")
        }
        do throws(Rejection) { return try logo(png: bytes, words, isGrey) } catch {
            throw refuse("logo-unreadable", "the logo is a PNG that cannot be read", "save the picture as PNG again")
        }
    }
    guard isSVG(bytes) else {
        throw refuse(
            "logo-unreadable", "the logo is neither a PNG nor an SVG", "save the picture as PNG, some 480 pixels high")
    }
    guard !hasText(bytes) else {
        throw refuse(
            "logo-with-text", "the logo has text in it, which would need the font it was made with",
            "turn the text into paths (Inkscape: Path, Object to Path)",
            "or save the logo as PNG, some 480 pixels high")
    }
    guard SVGDrawing.isPossible else {
        throw refuse(
            "no-svg-library", "the logo is an SVG, and librsvg, which draws it, is not installed",
            "install it: apt install librsvg2-2", "or save the logo as PNG, some 480 pixels high")
    }
    guard let drawing = SVGDrawing(bytes), let ratio = drawing.ratio else {
        throw refuse(
            "logo-unreadable", "the logo is an SVG that cannot be read, or has neither a size nor a viewBox",
            "save it as plain SVG again", "or as PNG, some 480 pixels high")
    }
    let (width, height) = pixels(ratio, most: .max)
    var isDrawn = false
    let logo = try drawn(width, height, words, isGrey) { cairo throws(Rejection) in
        isDrawn = drawing.draw(on: cairo, width: Double(width), height: Double(height))
    }
    guard isDrawn else { throw refuse("logo-unreadable", "the logo is an SVG that cannot be drawn", "save it as PNG") }
    return logo
}

private func logo(png: [UInt8], _ words: String, _ isGrey: Bool) throws(Rejection) -> Logo {
    let picture = try Picture(png: png)
    let (width, height) = pixels(Double(picture.width) / Double(picture.height), most: Int(picture.height))
    return try drawn(width, height, words, isGrey) { cairo throws(Rejection) in
        cairo_scale(cairo, Double(width) / Double(picture.width), Double(height) / Double(picture.height))
        cairo_set_source_surface(cairo, picture.surface, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST)
        cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD)
        cairo_rectangle(cairo, 0, 0, Double(picture.width), Double(picture.height))
        cairo_fill(cairo)
    }
}

private enum LogoLimits {
    static let bytes = 20_000_000
    static let pixels = 50_000_000
    /// Of what is kept: 720 dots an inch at the height it has on the page.
    static let height = 240
    static let width = 1_300
}

/// As the file's head says it; what it holds is looked at only then.
private func declaredSize(_ png: [UInt8]) -> (width: Int, height: Int) {
    guard png.count >= 24 else { return (0, 0) }
    func number(_ start: Int) -> Int { png[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
}

/// As high as is kept, or as it is where that is less; never without a pixel.
private func pixels(_ ratio: Double, most: Int) -> (Int, Int) {
    var height = Double(min(LogoLimits.height, most))
    if height * ratio > Double(LogoLimits.width) { height = Double(LogoLimits.width) / ratio }
    return (max(Int((height * ratio).rounded()), 1), max(Int(height.rounded()), 1))
}

private func isSVG(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(65_536), as: UTF8.self)
    return head.contains("<svg") || head.contains(":svg")
}

private func hasText(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("<text") || text.contains(":text ") || text.contains(":text>")
}

private func drawn(
    _ width: Int, _ height: Int, _ words: String, _ isGrey: Bool,
    _ draw: (OpaquePointer) throws(Rejection) -> Void
) throws(Rejection) -> Logo {
    let canvas = try Canvas(owning: cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)))
    cairo_set_source_rgb(canvas.cairo, 1, 1, 1)
    cairo_paint(canvas.cairo)
    try draw(canvas.cairo)
    try checkCairo(cairo_status(canvas.cairo), "drawing the logo")
    if isGrey {
        // The colour's lightness stays, its hue and strength go.
        cairo_identity_matrix(canvas.cairo)
        cairo_set_operator(canvas.cairo, CAIRO_OPERATOR_HSL_SATURATION)
        cairo_set_source_rgb(canvas.cairo, 0.5, 0.5, 0.5)
        cairo_paint(canvas.cairo)
    }
    cairo_surface_flush(canvas.surface)
    guard let pixels = cairo_image_surface_get_data(canvas.surface) else {
        throw Rejection(Diagnostic(.error, "drawing-failed", "Cairo gave no pixels"))
    }
    let image = PixelImage(
        width: width, height: height, stride: Int(cairo_image_surface_get_stride(canvas.surface)),
        pixels: UnsafeRawPointer(pixels))
    let size = Size(width: Double(width), height: Double(height))
    return Logo(png: try encodePNG(image, dpi: 720), size: size, words: words)
}
