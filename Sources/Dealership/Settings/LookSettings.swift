public import Basis

/// How a dealership's pages look: theme, its own colours, logo and type.
public struct LookSettings: Hashable, Sendable {
    /// The themes there are. Raw values stand in `look:` and behind `--theme`.
    public enum Theme: String, Hashable, Sendable, CaseIterable {
        case standard = "default"
        /// For readers who see little.
        case highContrast = "high-contrast"
        /// Grey only, for printers.
        case monochrome
    }

    public var theme: Theme
    /// What is on target or ordinary; nil: blue. Of the default theme, as the signal is.
    public var accent: WebColor?
    /// What is off target; nil: orange.
    public var signal: WebColor?
    /// A PNG or SVG in the dealership's folder.
    public var logo: String?
    /// What the logo says to readers who cannot see it; nil: the dealership's name.
    public var logoWords: String?
    public var fonts: Fonts

    /// Font files in the dealership's folder.
    public struct Fonts: Hashable, Sendable {
        /// Of all text but the largest, a regular and a bold cut; empty: Inter.
        public var text: [String]
        /// Of headlines and large numbers; empty: the text's.
        public var display: [String]
        /// For scripts that the others lack.
        public var scripts: [String]

        public init(text: [String] = [], display: [String] = [], scripts: [String] = []) {
            self.text = text
            self.display = display
            self.scripts = scripts
        }
    }

    public init(
        theme: Theme = .standard, accent: WebColor? = nil, signal: WebColor? = nil, logo: String? = nil,
        logoWords: String? = nil, fonts: Fonts = Fonts()
    ) {
        self.theme = theme
        self.accent = accent
        self.signal = signal
        self.logo = logo
        self.logoWords = logoWords
        self.fonts = fonts
    }
}
