/// A page as a tree of a few item kinds, laid out and final: the narrow waist between charts and back ends.
///
/// Lengths are points (1/72 inch), x to the right, y down, the origin at the page's top left corner.
/// Items are drawn in order, and that order is the reading order.
public struct Frame: Hashable, Sendable {
    public var size: Size
    public var items: [FrameItem]

    public init(size: Size, items: [FrameItem] = []) {
        self.size = size
        self.items = items
    }
}

/// What a back end must be able to draw; each back end is one exhaustive switch over it.
public indirect enum FrameItem: Hashable, Sendable {
    case text(TextRun)
    case path(PathShape)
    case image(ImageShape)
    case group(FrameGroup)
    case link(FrameLink)
}

public struct Size: Hashable, Sendable {
    public var width: Double
    public var height: Double
    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }
}

public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

public struct Rect: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
    public var maxX: Double { x + width }
    public var maxY: Double { y + height }
    public var midX: Double { x + width / 2 }
    public var midY: Double { y + height / 2 }
}

/// sRGB, opaque. Tints are colours of their own: pages must survive printers that dislike transparency.
public struct Color: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    /// `Color(0x0B5A9D)`.
    public init(_ hex: UInt32) {
        red = UInt8(truncatingIfNeeded: hex >> 16)
        green = UInt8(truncatingIfNeeded: hex >> 8)
        blue = UInt8(truncatingIfNeeded: hex)
    }
}

public struct TextStyle: Hashable, Sendable {
    public enum Family: String, Hashable, Sendable { case text, display }
    public enum Weight: Int, Hashable, Sendable { case regular = 400, medium = 500, semibold = 600, bold = 700 }
    public var family: Family
    public var size: Double
    public var weight: Weight
    public var color: Color
    /// Digits of one width (`tnum`), for tables and axes.
    public var tabular: Bool
    /// Extra space between letters in points.
    public var tracking: Double

    public init(
        size: Double, weight: Weight = .regular, color: Color, family: Family = .text,
        tabular: Bool = true, tracking: Double = 0
    ) {
        self.family = family
        self.size = size
        self.weight = weight
        self.color = color
        self.tabular = tabular
        self.tracking = tracking
    }
}

/// One line of text in one style. `origin` is the left end of the baseline; alignment was resolved in layout.
public struct TextRun: Hashable, Sendable {
    public var text: String
    public var origin: Point
    public var style: TextStyle
    /// The advance width that layout measured, in points.
    public var width: Double
    public init(_ text: String, at origin: Point, style: TextStyle, width: Double) {
        self.text = text
        self.origin = origin
        self.style = style
        self.width = width
    }
}

public struct Stroke: Hashable, Sendable {
    public enum Cap: Hashable, Sendable { case butt, round, square }
    public var color: Color
    public var width: Double
    /// Lengths of dashes and gaps in points; empty: solid.
    public var dash: [Double]
    public var cap: Cap
    public init(_ color: Color, width: Double, dash: [Double] = [], cap: Cap = .butt) {
        self.color = color
        self.width = width
        self.dash = dash
        self.cap = cap
    }
}

public struct PathShape: Hashable, Sendable {
    public enum Segment: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case curve(Point, Point, Point)
        case close
    }
    public var segments: [Segment]
    public var fill: Color?
    public var stroke: Stroke?
    public init(_ segments: [Segment], fill: Color? = nil, stroke: Stroke? = nil) {
        self.segments = segments
        self.fill = fill
        self.stroke = stroke
    }
}

/// A picture: a PNG's bytes, as they are.
public struct ImageShape: Hashable, Sendable {
    public var png: [UInt8]
    public var frame: Rect
    public init(png: [UInt8], frame: Rect) {
        self.png = png
        self.frame = frame
    }
}

/// Items that belong together, with what they are to a reader who cannot see them.
public struct FrameGroup: Hashable, Sendable {
    /// Structure for screen readers; back ends that have none ignore it.
    public enum Role: Hashable, Sendable {
        case section
        /// Level 1 is the page's headline.
        case heading(level: Int)
        case paragraph
        case table
        case row
        case headerCell
        case cell
        /// The alternative text says what the drawing shows, with its figures.
        case figure(alternative: String)
        /// Decoration and running footers: read to nobody.
        case artifact
        /// No structure of its own (clipping, grouping).
        case none
    }
    public var role: Role
    public var items: [FrameItem]
    /// Nothing is drawn outside it.
    public var clip: Rect?
    public init(_ role: Role, clip: Rect? = nil, items: [FrameItem]) {
        self.role = role
        self.items = items
        self.clip = clip
    }
}

public struct FrameLink: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case uri(String)
        /// Counts from 1.
        case page(Int)
    }
    public var target: Target
    public var area: Rect
    public var items: [FrameItem]
    public init(_ target: Target, area: Rect, items: [FrameItem]) {
        self.target = target
        self.area = area
        self.items = items
    }
}
