public import Drawing

/// A frame as SVG with real text, one drawing unit a point.
///
/// The fonts are named, not embedded: where Inter is not installed the next one of the list is fitted to the measured
/// width. Assistive technology reads the title, then the figures' alternative texts.
///
/// - Parameters:
///   - title: what the drawing is, read first.
///   - families: the measurer's.
public func renderSVG(_ frame: Frame, title: String, families: FontFamilies = FontFamilies()) -> String {
    var writer = SVGWriter(families)
    let width = decimal(frame.size.width)
    let height = decimal(frame.size.height)
    let description = alternatives(in: frame.items).joined(separator: " ")
    writer.out = """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
        viewBox="0 0 \(width) \(height)" role="img" font-family="\(markup(writer.textFamily))">
        <title>\(markup(title))</title>

        """
    if !description.isEmpty { writer.out += "<desc>\(markup(description))</desc>\n" }
    writer.out += """
        <style>text{white-space:pre;font-feature-settings:"calt" 0}.t{font-feature-settings:"calt" 0,"tnum"}</style>
        <rect width="\(width)" height="\(height)" fill="#ffffff"/>

        """
    writer.draw(frame.items)
    return writer.out + "</svg>\n"
}

/// A drawing inside a web page: `kind` is its class, "w" for wide screens, "n" for narrow ones.
func inlineSVG(
    _ items: [FrameItem], box: Rect, title: String, description: String, kind: String, families: FontFamilies
) -> String {
    var writer = SVGWriter(families)
    let view = [box.x, box.y, box.width, box.height].map { decimal($0) }.joined(separator: " ")
    writer.out = "<svg\(kind.isEmpty ? "" : " class=\"\(kind)\"") viewBox=\"\(view)\" role=\"img\" "
        + "style=\"max-width:\(decimal((box.width * 1.9).rounded()))px\">\n"
    if !title.isEmpty { writer.out += "<title>\(markup(title))</title>\n" }
    if !description.isEmpty { writer.out += "<desc>\(markup(description))</desc>\n" }
    writer.draw(items)
    return writer.out + "</svg>\n"
}

/// A mark in a line of a web page's text, in the text's own size; the words beside it say what it says.
func inlineMark(_ items: [FrameItem], box: Rect, families: FontFamilies) -> String {
    var writer = SVGWriter(families)
    let view = [box.x, box.y, box.width, box.height].map { decimal($0) }.joined(separator: " ")
    // Tables are set in 14 px what on paper is 9 pt.
    let scale = 14.0 / 9
    writer.out = "<svg class=\"mark\" viewBox=\"\(view)\" width=\"\(decimal(box.width * scale))\" "
        + "height=\"\(decimal(box.height * scale))\" aria-hidden=\"true\">"
    writer.draw(items)
    return writer.out + "</svg>"
}

private func alternatives(in items: [FrameItem]) -> [String] {
    items.flatMap { item -> [String] in
        switch item {
        case .text, .path, .image: return []
        case .link(let link): return alternatives(in: link.items)
        case .group(let group):
            if case .figure(let alternative) = group.role, !alternative.isEmpty { return [alternative] }
            return alternatives(in: group.items)
        }
    }
}

struct SVGWriter {
    let textFamily: String
    let displayFamily: String
    var out = ""

    init(_ families: FontFamilies) {
        func list(_ name: String) -> String {
            let quoted = name.contains(" ") ? "'\(name.filter { $0 != "'" })'" : name
            return name == "Inter" ? quoted : "\(quoted), Inter"
        }
        textFamily = "\(list(families.text)), 'Helvetica Neue', Arial, sans-serif"
        displayFamily = "\(list(families.display)), 'Helvetica Neue', Arial, sans-serif"
    }

    mutating func draw(_ items: [FrameItem]) {
        for item in items {
            switch item {
            case .text(let run): draw(run)
            case .path(let shape): draw(shape)
            case .image(let image): draw(image)
            case .link(let link): draw(link)
            case .group(let group): draw(group)
            }
        }
    }

    private mutating func draw(_ run: TextRun) {
        guard !run.text.isEmpty else { return }
        let style = run.style
        out += "<text x=\"\(decimal(run.origin.x))\" y=\"\(decimal(run.origin.y))\""
        out += " font-size=\"\(decimal(style.size))\" fill=\"\(hex(style.color))\""
        if style.weight != .regular { out += " font-weight=\"\(style.weight.rawValue)\"" }
        if style.family == .display { out += " font-family=\"\(markup(displayFamily))\"" }
        if style.tabular { out += " class=\"t\"" }
        if style.tracking != 0 {
            out += " letter-spacing=\"\(decimal(style.tracking))\""
        } else if run.width > 0 {
            out += " textLength=\"\(decimal(run.width))\" lengthAdjust=\"spacingAndGlyphs\""
        }
        out += ">\(markup(ShapedLine.oneLine(run.text)))</text>\n"
    }

    private mutating func draw(_ shape: PathShape) {
        guard !shape.segments.isEmpty, shape.fill != nil || shape.stroke != nil else { return }
        out += "<path d=\"\(data(shape.segments))\" fill=\"\(shape.fill.map(hex) ?? "none")\""
        if let stroke = shape.stroke {
            out += " stroke=\"\(hex(stroke.color))\" stroke-width=\"\(decimal(stroke.width))\""
            if !stroke.dash.isEmpty {
                out += " stroke-dasharray=\"\(stroke.dash.map { decimal($0) }.joined(separator: " "))\""
            }
            if stroke.cap != .butt { out += " stroke-linecap=\"\(stroke.cap == .round ? "round" : "square")\"" }
            if !shape.isAxisAligned { out += " stroke-linejoin=\"round\"" }
        }
        out += "/>\n"
    }

    private func data(_ segments: [PathShape.Segment]) -> String {
        func pair(_ p: Point) -> String { "\(decimal(p.x)) \(decimal(p.y))" }
        return segments.map { segment in
            switch segment {
            case .move(let p): "M\(pair(p))"
            case .line(let p): "L\(pair(p))"
            case .curve(let a, let b, let c): "C\(pair(a)) \(pair(b)) \(pair(c))"
            case .close: "Z"
            }
        }.joined()
    }

    private mutating func draw(_ image: ImageShape) {
        out += "<image \(place(image.frame)) preserveAspectRatio=\"none\""
        out += " href=\"data:image/png;base64,\(base64(image.png))\"/>\n"
    }

    private mutating func draw(_ link: FrameLink) {
        // One drawing has no other pages to go to.
        guard case .uri(let uri) = link.target else { return draw(link.items) }
        out += "<a href=\"\(markup(percentEncoded(uri)))\">\n"
        draw(link.items)
        out += "</a>\n"
    }

    private mutating func draw(_ group: FrameGroup) {
        guard let clip = group.clip else { return draw(group.items) }
        // A nested drawing clips without an id, which would clash with others in the same web page.
        let box = [clip.x, clip.y, clip.width, clip.height].map { decimal($0) }.joined(separator: " ")
        out += "<svg \(place(clip)) viewBox=\"\(box)\" preserveAspectRatio=\"none\">\n"
        draw(group.items)
        out += "</svg>\n"
    }

    private func place(_ rect: Rect) -> String {
        "x=\"\(decimal(rect.x))\" y=\"\(decimal(rect.y))\" "
            + "width=\"\(decimal(rect.width))\" height=\"\(decimal(rect.height))\""
    }

    private func hex(_ color: Color) -> String {
        "#" + [color.red, color.green, color.blue].map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// A number with at most three decimals and no exponent: `12.5`, `-0.125`, `3`. Not a number: `0`.
func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let thousandths = Int64((value * 1_000).rounded())
    let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1_000)
    let sign = thousandths < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    var digits = String(rest + 1_000).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return "\(sign)\(whole).\(digits)"
}

/// RFC 4648, section 4.
func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for place in 0..<4 {
            out.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: out, as: UTF8.self)
}
