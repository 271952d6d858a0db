import Measures

/// A figure as a report printed it, kept in English and as machines read it.
public struct IssuedFigure: Hashable, Sendable {
    /// The first sheet that prints it.
    public var page: Int
    /// `RESP-02@2026-10;channel=sms`.
    public var id: String
    /// What it is, in English words.
    public var label: String
    /// Unrounded; empty: too few, too new, or nothing to say; `>3600`: longer than anybody was watched.
    public var estimate: String
    public var lower: String
    public var upper: String
    public var n: Int?
    public var method: String

    public init(
        page: Int, id: String, label: String, estimate: String, lower: String = "", upper: String = "", n: Int? = nil,
        method: String = ""
    ) {
        self.page = page
        self.id = id
        self.label = label
        self.estimate = estimate
        self.lower = lower
        self.upper = upper
        self.n = n
        self.method = method
    }

    public enum Unit: String, Hashable, Sendable {
        /// A share, 0 to 1, and a difference of two.
        case share, points
        case seconds, money, count
        /// A mean, or whatever else has decimals.
        case number
    }

    public enum State: String, Hashable, Sendable {
        case known
        /// Too few, too new, or nothing to say.
        case none
        /// Longer than the estimate.
        case over
    }

    public var state: State { estimate.isEmpty ? .none : estimate.hasPrefix(">") ? .over : .known }

    /// `RESP-02`.
    public var code: String { String(id.prefix { $0 != "@" }) }

    /// A difference, or an effort's effect.
    var isDerived: Bool { unit == .points || code.hasPrefix("CHG-") }

    /// By how the ledger of figures writes it: six decimals are a share, two an amount; waits say seconds in their
    /// label.
    public var unit: Unit {
        if method.contains("Newcombe") { return .points }
        let isTime = label.contains("second")
        guard let point = estimate.firstIndex(of: ".") else {
            return isTime || state == .over ? .seconds : .count
        }
        switch estimate[point...].dropFirst().count {
        case 2: return .money
        case 6 where !isTime && number.map { $0.magnitude <= 1 } ?? false: return .share
        default: return isTime ? .seconds : .number
        }
    }

    /// Without the sign of `over`.
    public var number: Double? { Double(state == .over ? String(estimate.dropFirst()) : estimate) }
}

extension IssuedFigure {
    /// How many decimals of a percentage the pages print.
    public var decimals: Int {
        if ["OUT-02", "VEND-01"].contains(code) { return 2 }
        let whole = ["RESP-", "NEXT-", "LEAD-", "HAND-", "CALL-", "MATCH-", "REW-", "DATA-02"]
        return whole.contains(where: code.hasPrefix) ? 0 : 1
    }

    /// What a reader of a page sees of it, in no language: what reads the same is not restated.
    public var printed: String {
        guard let number else { return estimate }
        let sign = state == .over ? ">" : ""
        switch unit {
        case .share, .points: return percentage(number)
        case .seconds: return sign + IssuedFigure.duration(number)
        case .money: return number.fixed(0)
        case .count: return estimate
        case .number: return number.fixed(number.magnitude < 100 ? 1 : 0)
        }
    }

    /// A share that is not all is never rounded up to 100 % nor one that is not none down to 0 %.
    private func percentage(_ share: Double) -> String {
        let text = (share * 100).fixed(decimals)
        let isRoundedOff = (share < 1 && text == 100.0.fixed(decimals)) || (share != 0 && text == 0.0.fixed(decimals))
        return isRoundedOff ? (share * 100).fixed(decimals + 1) : text
    }

    /// Seconds, minutes from a minute on, days from ten of them on.
    private static func duration(_ seconds: Double) -> String {
        if seconds.magnitude < 60 { return "\(seconds.fixed(0)) s" }
        if seconds.magnitude < 864_000 { return "\((seconds / 60).fixed(0)) min" }
        return "\((seconds / 86_400).rounded(.down).fixed(0)) days"
    }
}
