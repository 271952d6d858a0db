import Basis
import Measures

extension Words {
    /// A quantile of waits: `12 min`, `over 8 h`, `–`.
    static func wait(_ cell: Cell) -> String {
        switch cell {
        case .seconds(let seconds): seconds == 0 ? say("at once") : duration(seconds)
        case .over(let seconds): say("over \(duration(seconds))")
        default: "–"
        }
    }

    /// A class of waits: `5–10 min`, `1–2 h`, `over 8 h`.
    /// The unit is left out where the class before `next` has it too: `5–10`, then `10–30 min`.
    static func waitClass(_ lower: Int64, _ upper: Int64?, before next: Int64? = nil) -> String {
        guard let upper else { return say("over \(bound(lower))") }
        if let next, sameUnit(lower, upper), sameUnit(upper, next), lower == 0 || parts(lower).1 == parts(upper).1 {
            return "\(lower == 0 ? "0" : parts(lower).0)–\(parts(upper).0)"
        }
        let (low, lowUnit) = parts(lower)
        let (high, highUnit) = parts(upper)
        if lower == 0 { return "0–\(high) \(highUnit)" }
        // 30–60 min rather than 30 min–1 h.
        if lowUnit == "min", upper == 3_600 { return say("\(low)–60 min") }
        return lowUnit == highUnit ? "\(low)–\(high) \(highUnit)" : "\(low) \(lowUnit)–\(high) \(highUnit)"
    }

    /// One hour after minutes counts as 60 minutes.
    private static func sameUnit(_ lower: Int64, _ upper: Int64) -> Bool {
        lower == 0 || parts(lower).1 == parts(upper).1 || (parts(lower).1 == "min" && upper == 3_600)
    }

    /// `10 min`, `1 h`, `3 days`.
    static func bound(_ seconds: Int64) -> String {
        let (amount, unit) = parts(seconds)
        return "\(amount) \(unit)"
    }

    /// The same; the unit is left out where the bound after it has it too.
    static func bound(_ seconds: Int64, before next: Int64?) -> String {
        guard let next, parts(seconds).1 == parts(next).1 else { return bound(seconds) }
        return parts(seconds).0
    }

    private static func parts(_ seconds: Int64) -> (String, String) {
        if seconds < 60 || seconds % 60 != 0 { return (count(Int(seconds)), "s") }
        if seconds < 3_600 || seconds % 3_600 != 0 { return (count(Int(seconds / 60)), "min") }
        if seconds >= 10 * 86_400, seconds % 86_400 == 0 { return (count(Int(seconds / 86_400)), say("days")) }
        return (count(Int(seconds / 3_600)), "h")
    }
}

/// Round bounds for classes of waits.
enum WaitClasses {
    /// Seconds a reader counts in.
    static let ladder: [Int64] = [
        10, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 28_800,
        43_200, 57_600, 86_400, 115_200, 172_800, 259_200, 345_600, 518_400, 864_000, 1_728_000, 2_592_000, 5_184_000,
        10_368_000,
    ]

    /// Upper bounds of the classes in time, the target last, each less than two thirds of the next; then of the late
    /// ones, each at least twice the one before; what is above the last is a class of its own.
    static func bounds(target: Int64, before: Int = 5, after: Int = 3) -> (inTime: [Int64], late: [Int64]) {
        var inTime = [target]
        for step in ladder.reversed() where inTime.count < before {
            if let next = inTime.first, step * 100 <= next * 67 { inTime.insert(step, at: 0) }
        }
        var late: [Int64] = []
        for step in ladder where late.count < after {
            if step >= 2 * (late.last ?? target) { late.append(step) }
        }
        return (inTime, late)
    }

    /// The least step at or over a time.
    static func step(atLeast seconds: Int64) -> Int64 { ladder.first { $0 >= seconds } ?? seconds }
    static func step(after seconds: Int64) -> Int64 { ladder.first { $0 > seconds } ?? seconds * 2 }
}
