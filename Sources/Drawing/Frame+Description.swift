/// A frame as compact text, one item a line: what tests compare, and what a reader of a diff can follow.
///
///     page 842×595
///       heading 1
///         text 36,64 w432 "61 customers got no answer" display 21/600 #14202E
///       path fill #0B5A9D M36,25.6 L62,25.6 …
extension Frame: CustomStringConvertible {
    public var description: String {
        var text = "page \(FramePrinter.number(size.width))×\(FramePrinter.number(size.height))\n"
        for item in items { FramePrinter.print(item, indent: 1, to: &text) }
        return text
    }
}

extension FrameItem: CustomStringConvertible {
    public var description: String {
        var text = ""
        FramePrinter.print(self, indent: 0, to: &text)
        return text
    }
}

enum FramePrinter {
    static func print(_ item: FrameItem, indent: Int, to text: inout String) {
        let lead = String(repeating: "  ", count: indent)
        switch item {
        case .text(let run):
            text += "\(lead)text \(point(run.origin)) w\(number(run.width)) \"\(run.text)\" \(style(run.style))\n"
        case .path(let shape):
            text += "\(lead)path"
            if let fill = shape.fill { text += " fill \(color(fill))" }
            if let stroke = shape.stroke { text += " stroke \(self.stroke(stroke))" }
            text += " " + shape.segments.map(segment).joined(separator: " ") + "\n"
        case .image(let image):
            text += "\(lead)image \(rect(image.frame)) \(image.png.count) bytes\n"
        case .group(let group):
            text += "\(lead)\(role(group.role))"
            if let clip = group.clip { text += " clip \(rect(clip))" }
            text += "\n"
            for item in group.items { print(item, indent: indent + 1, to: &text) }
        case .link(let link):
            switch link.target {
            case .uri(let uri): text += "\(lead)link \(uri)"
            case .page(let page): text += "\(lead)link page \(page)"
            }
            text += " \(rect(link.area))\n"
            for item in link.items { print(item, indent: indent + 1, to: &text) }
        }
    }

    /// Hundredths of a point, without trailing zeros.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let hundredths = Int((value * 100).rounded())
        let magnitude = abs(hundredths)
        let sign = hundredths < 0 ? "-" : ""
        let whole = "\(sign)\(magnitude / 100)"
        let rest = magnitude % 100
        if rest == 0 { return whole }
        if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
        return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func point(_ point: Point) -> String { "\(number(point.x)),\(number(point.y))" }

    private static func rect(_ area: Rect) -> String {
        "\(number(area.x)),\(number(area.y)) \(number(area.width))×\(number(area.height))"
    }

    static func color(_ color: Color) -> String {
        let digits = Array("0123456789ABCDEF")
        return [color.red, color.green, color.blue].reduce(into: "#") {
            $0.append(digits[Int($1 >> 4)])
            $0.append(digits[Int($1 & 15)])
        }
    }

    private static func style(_ style: TextStyle) -> String {
        let family = style.family == .display ? "display " : ""
        let digits = style.tabular ? " tnum" : ""
        let tracking = style.tracking == 0 ? "" : " track \(number(style.tracking))"
        return "\(family)\(number(style.size))/\(style.weight.rawValue) \(color(style.color))\(digits)\(tracking)"
    }

    private static func stroke(_ stroke: Stroke) -> String {
        let dash = stroke.dash.isEmpty ? "" : " dash " + stroke.dash.map(number).joined(separator: ",")
        let cap: String =
            switch stroke.cap {
            case .butt: ""
            case .round: " round"
            case .square: " square"
            }
        return "\(color(stroke.color)) \(number(stroke.width))\(dash)\(cap)"
    }

    private static func segment(_ segment: PathShape.Segment) -> String {
        switch segment {
        case .move(let to): "M\(point(to))"
        case .line(let to): "L\(point(to))"
        case .curve(let one, let two, let to): "C\(point(one)) \(point(two)) \(point(to))"
        case .close: "Z"
        }
    }

    private static func role(_ role: FrameGroup.Role) -> String {
        switch role {
        case .section: "section"
        case .heading(let level): "heading \(level)"
        case .paragraph: "paragraph"
        case .table: "table"
        case .row: "row"
        case .headerCell: "header cell"
        case .cell: "cell"
        case .figure(let alternative): "figure \"\(alternative)\""
        case .artifact: "artifact"
        case .none: "group"
        }
    }
}
