/// How figures are written: `9,377` and `3.4`, or `9.377` and `3,4`.
public struct NumberStyle: Hashable, Sendable {
    public var decimal: String
    /// Between groups of three digits.
    public var group: String
    /// Numbers of fewer digits are not grouped: 5 in Spanish (`9377`, `12.345`), 4 elsewhere.
    public var groupedFrom: Int

    public init(decimal: String, group: String, groupedFrom: Int = 4) {
        self.decimal = decimal
        self.group = group
        self.groupedFrom = groupedFrom
    }

    public static let english = NumberStyle(decimal: ".", group: ",")

    /// `9,377`; below 0 with a true minus.
    public func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var text = value < 0 ? "\u{2212}" : ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0, digits.count >= groupedFrom { text += group }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    /// A number as machines write it (`1234.5`) with this style's decimal sign; its digits are not grouped.
    public func decimals(_ machine: String) -> String {
        guard decimal != ".", let point = machine.firstIndex(of: ".") else { return machine }
        return machine[..<point] + decimal + machine[machine.index(after: point)...]
    }
}
