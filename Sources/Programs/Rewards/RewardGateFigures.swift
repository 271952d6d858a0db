/// What a rule's gates are judged by in a period, by gate.
public struct RewardGateFigures: Hashable, Sendable {
    public enum Figure: Hashable, Sendable {
        case share(successes: Int64, trials: Int64)
        /// Seconds, counts or minor units.
        case amount(Int64)
    }

    /// By the gate's position, then person, store, or empty for all.
    public var figures: [[String: Figure]]
    /// Shares of fewer say nothing.
    public var minimumN: Int

    public init(_ figures: [[String: Figure]] = [], minimumN: Int = 1) {
        self.figures = figures
        self.minimumN = minimumN
    }

    /// How a gate stands. What nobody knows shuts no gate, and is said.
    func standing(_ gate: RewardRule.Gate, at position: Int, of name: String) -> PersonReward.GateStanding {
        guard figures.indices.contains(position), let figure = figures[position][name] else {
            return .init(words: gate.words, found: "unknown", isOpen: true)
        }
        switch figure {
        case .share(_, let trials) where trials < minimumN:
            return .init(words: gate.words, found: "too few: \(trials) of \(minimumN)", isOpen: true)
        case .share(let successes, let trials):
            let isOpen = switch gate.bound {
            case .atMost(let most): successes * 1_000 <= most * trials
            case .atLeast(let least): successes * 1_000 >= least * trials
            }
            return .init(words: gate.words, found: "\(percent(successes, trials)) %", isOpen: isOpen)
        case .amount(let value):
            let isOpen = switch gate.bound {
            case .atMost(let most): value <= most
            case .atLeast(let least): value >= least
            }
            let found = gate.measure.unit == .seconds ? "\(value) s" : "\(value)"
            return .init(words: gate.words, found: found, isOpen: isOpen)
        }
    }

    /// One decimal, halves up.
    private func percent(_ successes: Int64, _ trials: Int64) -> String {
        let tenths = (successes * 2_000 + trials) / (trials * 2)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
