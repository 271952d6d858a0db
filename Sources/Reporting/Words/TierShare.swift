import Basis
public import Programs

/// A share answered in time as a pay statement prints it: rounded, but never to the other side of a tier's bound.
struct TierShare {
    let inTime: Int
    let counted: Int
    /// Thousandths.
    let bounds: [Int]

    /// `91.4 %`; 94.96 % under a bound of 95 % is not printed as 95.0 %. Nil: nothing was counted.
    var text: String? {
        guard counted > 0, inTime >= 0, inTime <= counted else { return nil }
        var scale = 10
        for decimals in 1...6 {
            let hundredths = (200 * scale * inTime + counted) / (2 * counted)
            let agrees = bounds.allSatisfy { bound in
                side(inTime * 1_000, bound * counted) == side(hundredths * 10, bound * scale)
            }
            if agrees || decimals == 6 { return TierShare.percent(hundredths, scale: scale, decimals: decimals) }
            scale *= 10
        }
        return nil
    }

    private func side(_ a: Int, _ b: Int) -> Int { a < b ? -1 : a > b ? 1 : 0 }

    /// `90 %`, `92.5 %`: of thousandths.
    static func bound(_ permille: Int) -> String {
        permille % 10 == 0
            ? "\(permille / 10) %" : Speech.book.numbers.decimals("\(permille / 10).\(permille % 10)") + " %"
    }

    /// `90–95 %`, `95–100 %`.
    static func range(_ from: Int, _ below: Int?) -> String {
        "\(bound(from).dropLast(2))\u{2013}\(bound(below ?? 1_000))"
    }

    private static func percent(_ value: Int, scale: Int, decimals: Int) -> String {
        let rest = String(value % scale)
        let digits = "\(value / scale)." + String(repeating: "0", count: decimals - rest.count) + rest
        return Speech.book.numbers.decimals(digits) + " %"
    }
}

/// A share as every place shows it: statement, list and review alike.
public enum RewardShare {
    /// Nil: nothing was counted.
    public static func words(_ count: RewardCount, _ rule: RewardRule) -> String? {
        guard case .tiers(let tiers) = rule.scheme else {
            return TierShare(inTime: count.inTime, counted: count.counted, bounds: []).text
        }
        return StatementWords.share(count, tiers)
    }
}
