import Basis
import Drawing
import Testing

/// What themes promise: contrast as WCAG 2.2 counts it, and signals that nobody's eyes take for something else.
@Suite struct ThemeTests {
    static let all: [(name: String, theme: Theme)] = [
        ("standard", .standard), ("high contrast", .highContrast), ("monochrome", .monochrome),
        ("green and red", Theme(accent: WebColor("#00695C"), signal: WebColor("#B3261E"))),
    ]

    @Test(arguments: all.indices)
    func textCanBeRead(_ index: Int) {
        let (name, theme) = ThemeTests.all[index]
        let white = theme.white.web
        for color in [theme.ink, theme.text, theme.quiet, theme.blue, theme.orange] {
            #expect(color.web.contrast(with: white) >= 4.5, "\(name): \(color.web)")
        }
        for color in [theme.axis, theme.mid] { #expect(color.web.contrast(with: white) >= 3, "\(name): \(color.web)") }
        for color in [theme.ink, theme.text, theme.quiet] {
            #expect(color.web.contrast(with: theme.wash.web) >= 4.5, "\(name): \(color.web) on wash")
        }
        // Text on every fill in the tone that the theme says.
        for fill in [Fill.strong, .medium, .soft, .pale, .bad] {
            let tone = theme.color(theme.tone(on: fill)).web
            #expect(tone.contrast(with: theme.color(fill).web) >= 4.5, "\(name): text on \(fill)")
        }
    }

    @Test func highContrastIsHigher() {
        let theme = Theme.highContrast
        for color in [theme.ink, theme.text, theme.quiet, theme.blue] {
            #expect(color.web.contrast(with: .white) >= 10, "\(color.web)")
        }
        #expect(theme.orange.web.contrast(with: .white) >= 7)
        // Where a tint alone is too pale its edge is not.
        #expect(theme.fillEdge.map { $0.web.contrast(with: .white) >= 7 } == true)
    }

    /// The fill of a signal beside the fills that stand next to it, through every kind of eye.
    @Test(arguments: all.indices, ColorVision.allCases)
    func signalsAreToldApart(_ index: Int, _ eye: ColorVision) {
        let (name, theme) = ThemeTests.all[index]
        for other in [theme.blue, theme.mid, theme.sky, theme.pale, theme.white] {
            let distance = eye.distance(theme.orange.web, other.web)
            #expect(distance >= 20, "\(name), \(eye): \(other.web) lies \(distance) from the signal")
        }
        let steps = [theme.blue, theme.mid, theme.sky, theme.pale, theme.white]
        for (one, next) in zip(steps, steps.dropFirst()) {
            #expect(eye.distance(one.web, next.web) >= 8, "\(name), \(eye): \(one.web) and \(next.web)")
        }
    }

    /// In grey a signal and what is on target may be close, which is why a signal always has a second cue; the theme
    /// made
    /// for grey parts them by lightness alone.
    @Test func greysAreStepsApart() {
        let theme = Theme.monochrome
        let greys = [theme.orange, theme.blue, theme.mid, theme.sky, theme.pale].map { $0.web.lab.0 }
        for (dark, light) in zip(greys, greys.dropFirst()) { #expect(light - dark >= 12, "\(dark) and \(light)") }
        for color in [
            theme.ink, theme.text, theme.quiet, theme.axis, theme.blue, theme.mid, theme.sky, theme.pale, theme.orange,
            theme.peach, theme.wash, theme.hairline, theme.grid, theme.hatch,
        ] {
            #expect(color.red == color.green && color.green == color.blue, "\(color.web)")
        }
        for other in [ThemeTests.all[0].theme, .highContrast] {
            // Beside an ordinary bar a signal is darker in grey, too.
            #expect(other.sky.web.lab.0 - other.orange.web.lab.0 >= 20)
        }
    }

    /// Nothing but the theme's own colours is drawn: no chart brings a colour along.
    @Test func chartsTakeTheirColoursFromTheTheme() {
        let theme = Theme.monochrome
        for example in Gallery.examples {
            var canvas = Canvas(pen: Pen(theme: theme, measurer: FixedWidthMeasurer()))
            example.block.draw(on: &canvas, in: example.area)
            for color in colors(canvas.items) {
                #expect(color.red == color.green && color.green == color.blue, "\(example.name): \(color.web)")
            }
        }
    }

    private func colors(_ items: [FrameItem]) -> [Color] {
        items.flatMap { item -> [Color] in
            switch item {
            case .text(let run): [run.style.color]
            case .path(let shape): [shape.fill, shape.stroke?.color].compactMap { $0 }
            case .group(let group): colors(group.items)
            case .link(let link): colors(link.items)
            case .image: []
            }
        }
    }

    @Test func ownColoursKeepTheScale() {
        let theme = Theme(accent: WebColor("#00695C"), signal: WebColor("#B3261E"))
        let usual = Theme.standard
        #expect(theme.blue == Color(0x00695C) && theme.orange == Color(0xB3261E))
        let pairs = [
            (theme.mid, usual.mid), (theme.sky, usual.sky), (theme.pale, usual.pale), (theme.peach, usual.peach),
        ]
        for (own, known) in pairs {
            #expect(abs(own.web.contrast(with: .white) - known.web.contrast(with: .white)) < 0.06)
        }
        #expect(Theme(accent: nil, signal: nil) == usual)
    }
}
