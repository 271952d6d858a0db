import Basis
import Definitions
import Drawing
@testable import Reporting
import Testing

/// Pages call colours by what they are in the theme in force.
@Suite struct ColoursTests {
    @Test(arguments: [
        ("#C84C0C", "Orange"), ("#0B5A9D", "Blue"), ("#B3261E", "Red"), ("#00695C", "Green"), ("#6A1B9A", "Violet"),
        ("#AD1457", "Pink"), ("#8A6D00", "Yellow"), ("#00695C", "Green"), ("#006978", "Turquoise"), ("#003D78", "Blue"),
        ("#9C3200", "Orange"), ("#000000", "Black"), ("#4D4D4D", "Dark grey"), ("#B8B8B8", "Light grey"),
    ])
    func names(_ color: String, _ name: String) throws {
        #expect(Colours.name(try #require(WebColor(color))) == name, "\(color)")
    }

    @Test func phrasesFollowTheTheme() {
        let phrase = "Blue: observed. Orange: nobody on duty"
        #expect(Colours.named(phrase) == phrase)
        Colours.$theme.withValue(.monochrome) {
            #expect(Colours.named(phrase) == "Dark grey: observed. Black: nobody on duty")
        }
        Colours.$theme.withValue(Theme(accent: WebColor("#9C3200"), signal: WebColor("#0B5A9D"))) {
            #expect(Colours.named(phrase) == "Orange: observed. Blue: nobody on duty")
        }
    }

    /// No page says of a theme's colour what only holds of the usual one.
    @Test func noPageOfGreySpeaksOfOrange() {
        let report = WholeMonth.crowded.draw(paper: .a4, theme: .monochrome)
        for sheet in report.sheets { #expect(!"\(sheet)".contains("Orange") && !"\(sheet)".contains("Blue:")) }
    }
}
