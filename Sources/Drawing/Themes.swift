public import Basis

extension Theme {
    /// For readers who see little, and for poor screens: text 10 : 1 and more, everything coloured darker, lines
    /// thicker, pale areas with an edge.
    public static let highContrast: Theme = {
        var theme = Theme()
        theme.ink = Color(0x000000)
        theme.text = Color(0x1F2933)
        theme.quiet = Color(0x38434F)
        theme.axis = Color(0x5F6B78)
        theme.blue = Color(0x003D78)
        theme.mid = Color(0x6098CE)
        theme.sky = Color(0x9CC0E3)
        theme.pale = Color(0xD3E3F3)
        theme.orange = Color(0x9C3200)
        theme.peach = Color(0xE9A882)
        theme.wash = Color(0xEEF2F6)
        theme.hairline = Color(0x9AA5B1)
        theme.grid = Color(0xD5DBE1)
        theme.hatch = Color(0x9AA5B1)
        theme.fillEdge = Color(0x38434F)
        theme.widen()
        return theme
    }()

    /// For printers without colour: greys four steps apart; a signal is black, with the cue that every signal has, and
    /// its paler part hatched.
    public static let monochrome: Theme = {
        var theme = Theme()
        theme.ink = Color(0x000000)
        theme.text = Color(0x2B2B2B)
        theme.quiet = Color(0x555555)
        theme.axis = Color(0x808080)
        theme.blue = Color(0x4D4D4D)
        theme.mid = Color(0x8C8C8C)
        theme.sky = Color(0xB8B8B8)
        theme.pale = Color(0xE3E3E3)
        theme.orange = Color(0x000000)
        theme.peach = Color(0xFAFAFA)
        theme.wash = Color(0xF2F2F2)
        theme.hairline = Color(0xD0D0D0)
        theme.grid = Color(0xE0E0E0)
        theme.hatch = Color(0xC4C4C4)
        theme.fillEdge = Color(0x555555)
        theme.hatchesPaleSignals = true
        return theme
    }()

    /// The usual theme in a dealership's own colours: its tints have the contrast of ours.
    ///
    /// Whoever reads the colours checks them: text is set in both, on white.
    /// - Parameter accent: what is ours, on target or ordinary; nil: our blue.
    /// - Parameter signal: what is off target; nil: our orange.
    public init(accent: WebColor?, signal: WebColor?) {
        self.init()
        if let accent {
            let usual = self
            blue = Color(accent)
            mid = Color(accent.tinted(toContrast: usual.mid.web.contrast(with: .white)))
            sky = Color(accent.tinted(toContrast: usual.sky.web.contrast(with: .white)))
            pale = Color(accent.tinted(toContrast: usual.pale.web.contrast(with: .white)))
        }
        if let signal {
            peach = Color(signal.tinted(toContrast: peach.web.contrast(with: .white)))
            orange = Color(signal)
        }
    }

    private mutating func widen() {
        ruleWidth = 1.4
        signalRuleWidth = 4
        hairlineWidth = 0.7
        targetWidth = 1.6
        rangeWidth = 1.3
        seriesWidth = 2
    }
}

extension Color {
    public init(_ web: WebColor) { self.init(UInt32(web.red) << 16 | UInt32(web.green) << 8 | UInt32(web.blue)) }
    public var web: WebColor { WebColor(red: red, green: green, blue: blue) }
}

/// A dealership's mark: a picture in the header of every page.
public struct Logo: Hashable, Sendable {
    /// A PNG's bytes, sound.
    public var png: [UInt8]
    /// In pixels; only their ratio counts.
    public var size: Size
    /// What it shows, for readers who cannot see it: "Riverside Motors". Said once a document; empty: decoration.
    public var words: String

    public init(png: [UInt8], size: Size, words: String) {
        self.png = png
        self.size = size
        self.words = words
    }

    /// Of the logo on every page, in points; a wide one is as high as its width allows.
    public static let height = 24.0
    public static let mostWidth = 130.0

    /// Where it stands: at the right margin, above the headline.
    func frame(in format: PageFormat) -> Rect {
        let ratio = size.height > 0 ? size.width / size.height : 1
        let width = min(Logo.height * ratio, Logo.mostWidth)
        let height = ratio > 0 ? min(width / ratio, Logo.height) : Logo.height
        return Rect(x: format.right - width, y: 18 + (Logo.height - height) / 2, width: width, height: height)
    }
}
