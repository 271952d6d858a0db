import Basis
import Testing

@Suite struct WebColorTests {
    @Test func colorsAreRead() {
        #expect(WebColor("#0B5A9D")?.description == "#0B5A9D")
        #expect(WebColor("0b5a9d") == WebColor("#0B5A9D"))
        for wrong in ["", "#", "#0B5A9", "#0B5A9DFF", "blue", "#0B5A9G", "+12345", "#-12345", "０B5A9D"] {
            #expect(WebColor(wrong) == nil, "\(wrong)")
        }
    }

    /// WCAG 2.2's own figures: black on white 21, and #767676 the lightest grey that may be text on white.
    @Test func contrastIsAsPublished() {
        #expect(WebColor.black.contrast(with: .white) == 21)
        #expect(WebColor("#767676").map { $0.contrast(with: .white) >= 4.5 } == true)
        #expect(WebColor("#777777").map { $0.contrast(with: .white) < 4.5 } == true)
    }

    /// CIELAB of sRGB's primaries under D65, as published (Lindbloom's tables; one decimal).
    @Test func labIsAsPublished() throws {
        let red = try #require(WebColor("#FF0000")).lab
        #expect(abs(red.0 - 53.2) < 0.1 && abs(red.1 - 80.1) < 0.1 && abs(red.2 - 67.2) < 0.1)
        let blue = try #require(WebColor("#0000FF")).lab
        #expect(abs(blue.0 - 32.3) < 0.1 && abs(blue.1 - 79.2) < 0.1 && abs(blue.2 + 107.9) < 0.1)
        #expect(abs(WebColor.white.lab.0 - 100) < 0.01)
    }

    /// What the proposal is for: it has the contrast, a shade lighter has not, and light keeps its proportions.
    @Test func theNearestColourThatDoes() throws {
        for text in ["#FF8800", "#5B90C0", "#FFFF00", "#00FF00", "#FFFFFF", "#808080"] {
            let color = try #require(WebColor(text))
            for ratio in [3, 4.5, 7] where color.contrast(with: .white) < ratio {
                let darker = color.darkened(toContrast: ratio)
                #expect(darker.contrast(with: .white) >= ratio)
                #expect(darker.contrast(with: .white) < ratio + 0.15, "\(text) \(ratio): \(darker)")
            }
        }
        #expect(WebColor("#0B5A9D")?.darkened(toContrast: 4.5) == WebColor("#0B5A9D"))
    }

    /// Greys look the same to every eye; red and green of equal light are close to eyes without long or middle cones.
    @Test func eyesDiffer() throws {
        for eye in ColorVision.allCases {
            let grey = eye.seen(WebColor(red: 128, green: 128, blue: 128))
            #expect(abs(Int(grey.red) - 128) <= 1 && abs(Int(grey.green) - 128) <= 1 && abs(Int(grey.blue) - 128) <= 1)
        }
        let red = try #require(WebColor("#C62828"))
        let green = try #require(WebColor("#5E7A1F"))
        let usual = ColorVision.usual.distance(red, green)
        for eye in [ColorVision.protanopia, .deuteranopia] { #expect(eye.distance(red, green) < usual / 2) }
    }
}
