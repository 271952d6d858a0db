import Basis
import Drawing

/// What the colours of the theme in force are called. Phrases are written for the usual theme.
enum Colours {
    @TaskLocal static var theme = Theme.standard

    /// The phrase with the theme's own words for "Orange" and "Blue".
    static func named(_ phrase: String) -> String {
        let usual = Theme.standard
        if theme.orange == usual.orange, theme.blue == usual.blue { return phrase }
        // Each by a mark first: a signal may be blue, and an accent orange.
        return phrase.replacing(say("Orange"), with: "\u{1}").replacing(say("Blue"), with: "\u{2}")
            .replacing("\u{1}", with: name(theme.orange.web)).replacing("\u{2}", with: name(theme.blue.web))
    }

    /// By lightness where there is little colour, else by the angle of its hue in CIELAB.
    static func name(_ color: WebColor) -> String {
        let (lightness, a, b) = color.lab
        if a * a + b * b < 100 {
            if lightness < 15 { return say("Black") }
            return lightness < 45 ? say("Dark grey") : say("Light grey")
        }
        // Halves of the circle by the sign of b, then by a against b: no angle is needed to know the sector.
        let share = a / (a * a + b * b).squareRoot()
        if b >= 0 {
            return share > 0.906 ? say("Pink") : share > 0.695 ? say("Red") : share > 0.174 ? say("Orange")
                : share > -0.469 ? say("Yellow") : say("Green")
        }
        return share < -0.906 ? say("Green") : share < -0.574 ? say("Turquoise") : share < 0.669 ? say("Blue")
            : share < 0.940 ? say("Violet") : say("Pink")
    }
}
