#if canImport(Glibc)
import Glibc
#endif

/// A colour of the web, opaque: sRGB (IEC 61966-2-1), a byte a channel.
public struct WebColor: Hashable, Sendable, CustomStringConvertible {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `#0B5A9D` or `0b5a9d`; nil for anything else.
    public init?(_ text: String) {
        let digits = text.first == "#" ? text.dropFirst() : text[...]
        guard digits.utf8.count == 6, digits.allSatisfy(\.isASCII), let value = UInt32(digits, radix: 16) else { return nil }
        // UInt32 would also take a sign.
        guard digits.first != "+", digits.first != "-" else { return nil }
        red = UInt8(truncatingIfNeeded: value >> 16)
        green = UInt8(truncatingIfNeeded: value >> 8)
        blue = UInt8(truncatingIfNeeded: value)
    }

    public static let white = WebColor(red: 255, green: 255, blue: 255)
    public static let black = WebColor(red: 0, green: 0, blue: 0)

    /// `#0B5A9D`
    public var description: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    /// Red, green and blue as light, 0 to 1.
    public var linear: (Double, Double, Double) {
        (WebColor.linear(red), WebColor.linear(green), WebColor.linear(blue))
    }

    /// The nearest colour of so much light; what lies outside the space is cut off.
    public init(linear light: (Double, Double, Double)) {
        red = WebColor.byte(light.0)
        green = WebColor.byte(light.1)
        blue = WebColor.byte(light.2)
    }

    private static func linear(_ byte: UInt8) -> Double {
        let share = Double(byte) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }

    private static func byte(_ light: Double) -> UInt8 {
        let light = min(max(light, 0), 1)
        let share = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
        return UInt8((share * 255).rounded())
    }

    /// Relative luminance as WCAG 2.2 defines it, 0 to 1.
    public var luminance: Double {
        let light = linear
        return 0.2126 * light.0 + 0.7152 * light.1 + 0.0722 * light.2
    }

    /// The contrast ratio of WCAG 2.2, 1 to 21.
    public func contrast(with other: WebColor) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// The same hue, darker, as little as gives the contrast on white; itself where it has it.
    public func darkened(toContrast ratio: Double) -> WebColor {
        if contrast(with: .white) >= ratio { return self }
        let light = linear
        var (low, high) = (0.0, 1.0)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            let tried = WebColor(linear: (light.0 * middle, light.1 * middle, light.2 * middle))
            if tried.contrast(with: .white) >= ratio { low = middle } else { high = middle }
        }
        return WebColor(linear: (light.0 * low, light.1 * low, light.2 * low))
    }

    /// Mixed with white until its contrast on white is no more than that: a tint of the same hue.
    public func tinted(toContrast ratio: Double) -> WebColor {
        if contrast(with: .white) <= ratio { return self }
        func mixed(_ share: Double) -> WebColor {
            func channel(_ byte: UInt8) -> UInt8 { UInt8((Double(byte) + (255 - Double(byte)) * share).rounded()) }
            return WebColor(red: channel(red), green: channel(green), blue: channel(blue))
        }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if mixed(middle).contrast(with: .white) <= ratio { high = middle } else { low = middle }
        }
        return mixed(high)
    }
}

/// How a colour looks to people whose eyes lack one kind of cone, wholly.
///
/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15
/// (2009), severity 1.0; doi:10.1109/TVCG.2009.113. Applied to light, not to bytes.
public enum ColorVision: String, Hashable, Sendable, CaseIterable {
    case usual, protanopia, deuteranopia, tritanopia

    private var matrix: [[Double]] {
        switch self {
        case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .protanopia:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        case .deuteranopia:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .tritanopia:
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        }
    }

    public func seen(_ color: WebColor) -> WebColor {
        let light = color.linear
        let rows = matrix.map { $0[0] * light.0 + $0[1] * light.1 + $0[2] * light.2 }
        return WebColor(linear: (rows[0], rows[1], rows[2]))
    }

    /// How different two colours look, as a distance in CIELAB (ΔE 1976, D65): 2 can just be told apart side by side,
    /// 20 anywhere on a page.
    public func distance(_ one: WebColor, _ other: WebColor) -> Double {
        let (a, b) = (seen(one).lab, seen(other).lab)
        return ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1) + (a.2 - b.2) * (a.2 - b.2)).squareRoot()
    }
}

extension WebColor {
    /// CIELAB under D65: lightness 0 to 100, then red against green and yellow against blue.
    public var lab: (Double, Double, Double) {
        let light = linear
        func shaped(_ value: Double) -> Double {
            value > 216.0 / 24_389 ? pow(value, 1.0 / 3) : (24_389.0 / 27 * value + 16) / 116
        }
        let x = shaped((0.4124564 * light.0 + 0.3575761 * light.1 + 0.1804375 * light.2) / 0.95047)
        let y = shaped(0.2126729 * light.0 + 0.7151522 * light.1 + 0.0721750 * light.2)
        let z = shaped((0.0193339 * light.0 + 0.1191920 * light.1 + 0.9503041 * light.2) / 1.08883)
        return (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }
}
