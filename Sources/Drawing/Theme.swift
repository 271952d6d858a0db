import Basis

/// Colours, type sizes and strokes of every page, as named constants.
///
/// Contrast on white is given where text may use the colour; everything under 4.5 : 1 is for lines and fills only.
public struct Theme: Hashable, Sendable {
    /// 16.5 : 1
    public var ink = Color(0x14202E)
    /// 9.0 : 1
    public var text = Color(0x3D4A5C)
    /// 5.7 : 1
    public var quiet = Color(0x5B6778)
    /// Lines only.
    public var axis = Color(0x8793A3)
    /// 7.1 : 1
    public var blue = Color(0x0B5A9D)
    /// Fills and lines; ink text on it 4.8 : 1.
    public var mid = Color(0x5B90C0)
    /// Fills; ink text on it 8.6 : 1.
    public var sky = Color(0xA3BFD9)
    /// Fills; ink text on it 13 : 1.
    public var pale = Color(0xDCE8F3)
    /// 4.7 : 1; a missed target, a signal, something owed; never without a second cue, never as text on a tint.
    public var orange = Color(0xC84C0C)
    /// The paler part of an orange bar; no text on it.
    public var peach = Color(0xF0BFA3)
    public var wash = Color(0xF3F6F9)
    public var white = Color(0xFFFFFF)
    /// Hairlines between rows.
    public var hairline = Color(0xE1E6EC)
    /// Grid lines behind marks.
    public var grid = Color(0xEBEFF3)
    /// The grey hatch of closed times.
    public var hatch = Color(0xD3DAE2)

    public var titleSize = 21.0
    /// Large type is set a little tighter, in points.
    public var titleTracking = -0.22
    /// The smallest a headline shrinks to before it wraps.
    public var titleFloor = 17.0
    public var tileNumberSize = 34.0
    public var matrixSize = 15.0
    public var verdictSize = 14.0
    public var findingSize = 11.0
    public var sentenceSize = 10.5
    public var bodySize = 9.0
    /// The smallest type on a page.
    public var smallSize = 8.0

    public var ruleWidth = 0.8
    public var signalRuleWidth = 3.2
    public var hairlineWidth = 0.5
    public var targetWidth = 1.1
    public var rangeWidth = 0.9
    public var seriesWidth = 1.4

    /// Drawn around pale fills, which alone would be hard to see; nil: they have no edge.
    public var fillEdge: Color?
    /// The paler part of a signal is hatched: where all is grey a tint would not tell it from others.
    public var hatchesPaleSignals = false
    /// In the header of every page.
    public var logo: Logo?

    public init() {}
    public static let standard = Theme()

    public func color(_ tone: Tone) -> Color {
        switch tone {
        case .ink: ink
        case .text: text
        case .quiet: quiet
        case .good: blue
        case .bad: orange
        case .inverse: white
        }
    }

    public func color(_ fill: Fill) -> Color {
        switch fill {
        case .strong: blue
        case .medium: mid
        case .soft: sky
        case .pale: pale
        case .bad: orange
        case .badPale: peach
        }
    }

    /// The tone of text that stands on a fill.
    public func tone(on fill: Fill) -> Tone {
        switch fill {
        case .strong, .bad: .inverse
        case .medium, .soft, .pale, .badPale: .ink
        }
    }

    /// The edge of an area of that colour, where it has one.
    func edge(of fill: Color) -> Color? { [sky, pale, peach].contains(fill) ? fillEdge : nil }

    public func style(_ size: TypeSize, _ tone: Tone = .text, bold: Bool = false) -> TextStyle {
        let weight: TextStyle.Weight = bold ? .semibold : .regular
        return switch size {
        case .title:
            TextStyle(
                size: titleSize, weight: .semibold, color: color(tone), family: .display, tabular: false,
                tracking: titleTracking)
        case .tileNumber:
            TextStyle(size: tileNumberSize, weight: .semibold, color: color(tone), family: .display, tabular: false)
        case .verdict:
            TextStyle(size: verdictSize, weight: .semibold, color: color(tone), family: .display, tabular: false)
        case .matrix: TextStyle(size: matrixSize, weight: .semibold, color: color(tone), family: .display)
        case .finding: TextStyle(size: findingSize, weight: .semibold, color: color(tone), tabular: false)
        case .sentence: TextStyle(size: sentenceSize, weight: weight, color: color(tone), tabular: false)
        case .body: TextStyle(size: bodySize, weight: weight, color: color(tone))
        case .small: TextStyle(size: smallSize, weight: weight, color: color(tone))
        }
    }
}

/// The sizes of the page's type scale.
public enum TypeSize: Hashable, Sendable {
    case title, tileNumber, verdict, matrix, finding, sentence, body, small
}

/// What a piece of text means, from which its colour follows.
public enum Tone: String, Hashable, Sendable {
    case ink, text, quiet
    /// On target, worth praising: blue.
    case good
    /// A missed target, a signal, something owed: orange. Give it a cue as well.
    case bad
    /// White, on a dark fill.
    case inverse
}

/// The fills of bars, squares and points.
public enum Fill: String, Hashable, Sendable {
    /// Blue.
    case strong
    case medium
    /// Sky: the ordinary bar.
    case soft
    case pale
    /// Orange.
    case bad
    /// The paler part of an orange bar.
    case badPale
}

/// The second sign beside a colour, so that a page reads in grey.
public enum Cue: String, Hashable, Sendable {
    case up, down, dot, ring, check, clock, minus

    /// How alternative texts say it; nil when the words beside it already do.
    var spoken: String? {
        switch self {
        case .up, .down, .dot, .clock, .minus: nil
        case .ring: say("open", context: "cue")
        case .check: say("done", context: "cue")
        }
    }
}
