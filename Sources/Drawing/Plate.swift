import Basis

/// A chart as a value: labels, numbers, tones and already worded strings, wherever the figures come from.
public protocol Plate: Sendable {
    /// The height it wants at a width, in points; nil: as much as it gets.
    func naturalHeight(width: Double, pen: Pen) -> Double?
    /// The least height at which it can still be read.
    func leastHeight(width: Double, pen: Pen) -> Double
    /// Draws inside the area; wraps itself in a figure with an alternative text, a table or paragraphs.
    func draw(on canvas: inout Canvas, in area: Rect)
    /// Itself, if it is a plate whose rows may go on over the next sheets. Asking a plate is quick; casting it is not.
    var continuing: (any ContinuingPlate)? { get }
}

extension Plate {
    public var continuing: (any ContinuingPlate)? { nil }
    public func naturalHeight(width: Double, pen: Pen) -> Double? { nil }
    public func leastHeight(width: Double, pen: Pen) -> Double { naturalHeight(width: width, pen: pen) ?? 80 }

    public func draw(in area: Rect, theme: Theme, measurer: any TextMeasurer) -> [FrameItem] {
        var canvas = Canvas(pen: Pen(theme: theme, measurer: measurer))
        draw(on: &canvas, in: area)
        return canvas.items
    }
}

/// A plate whose rows may go on over the next sheets.
public protocol ContinuingPlate: Plate {
    /// Whether it is to go on where it has no room, rather than say how many rows it leaves out.
    var goesOn: Bool { get }
    /// What fits into the height, and what goes on; nil where all of it fits, or not enough to begin with.
    func broken(at height: Double, width: Double, pen: Pen) -> (fitting: any Plate, rest: any ContinuingPlate)?
    /// With less room than this it does not begin on a sheet.
    func heightToBegin(width: Double, pen: Pen) -> Double
}

extension ContinuingPlate {
    public var continuing: (any ContinuingPlate)? { self }
}

/// A plate that is one figure: its drawing and the text that replaces it for a reader who cannot see it.
protocol FigurePlate: Plate {
    var alternative: String { get }
    func drawFigure(on canvas: inout Canvas, in area: Rect)
}

extension FigurePlate {
    public func draw(on canvas: inout Canvas, in area: Rect) {
        canvas.group(.figure(alternative: alternative)) { drawFigure(on: &$0, in: area) }
    }
}

/// How a row count that does not fit is told.
enum Overflow {
    static func words(_ count: Int) -> String { say("and \(count) more") }

    /// A heading over what began on the page before.
    static func continued(_ heading: String) -> String {
        heading.isEmpty || heading.hasSuffix(continuedMark) ? heading : heading + continuedMark
    }
    private static var continuedMark: String { " (\(say("continued")))" }
    /// Under what goes on.
    static var goesOn: String { say("continued on the next page") }

    /// How many of `count` rows fit and how high each is, between a floor and a ceiling. When not all fit, one line
    /// is kept free to say how many more there are.
    static func rows(_ count: Int, height: Double, floor: Double, ceiling: Double) -> (shown: Int, each: Double) {
        guard count > 0 else { return (0, ceiling) }
        let each = min(height / Double(count), ceiling)
        if each >= floor { return (count, each) }
        return (max(min(Int(height / floor) - 1, count - 1), 0), floor)
    }
}

/// Joins the parts of an alternative text.
enum Spoken {
    /// Nobody listens to more parts.
    static let most = 200

    static func reading(_ reading: Reading, label: String) -> String {
        switch reading {
        case .value: label
        case .tooFew(let reason), .missing(let reason): reason
        }
    }

    static func list(_ title: String, _ parts: [String]) -> String {
        var told = parts.filter { !$0.isEmpty }
        if told.count > most { told = told.prefix(most) + [Overflow.words(told.count - most)] }
        if told.isEmpty { return title.isEmpty ? say("Nothing to show") : title + ": " + say("nothing to show") }
        return title.isEmpty ? told.joined(separator: "; ") : "\(title): " + told.joined(separator: "; ")
    }
}
