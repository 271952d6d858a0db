import Basis
import Dealership
import Measures
import Statistics

/// How departments answered what others handed to them in the report's month, pair by pair.
struct HandoffPairs {
    struct Pair {
        var from: String
        var to: String
        var handoffs: Int
        /// Of the judged: in time, late, unanswered past target.
        var share: Proportion
        /// Past target without a word; without a target all without a word.
        var unanswered: Int
        /// Wall seconds that these have waited.
        var ages: SparseHistogram
        var isBelow = false
        var isClearlyAbove = false

        /// `service to sales`
        var words: String { say("\(Words.department(from)) to \(Words.department(to))", context: "handoff") }
    }

    let context: ReportContext
    let pairs: [Pair]
    /// By how much they send and receive together, most first.
    let departments: [String]
    /// Open seconds; nil: no target is set.
    let target: Int64?
    /// Share to be answered in time: the one the owner set for customers' messages.
    let goal: Double?

    init(_ context: ReportContext) {
        self.context = context
        target = context.settings.targets.handoffSeconds
        goal = context.settings.targets.answeredInTimePermille.map { Double($0) / 1000 }
        var pairs: [Pair] = []
        let month = context.at(context.month)
        for from in context.labels(.handoffs, .department, where: month) {
            for to in context.labels(.handoffs, .toDepartment, where: month.merging([.department: from]) { $1 }) {
                pairs.append(HandoffPairs.pair(from, to, context, goal: goal))
            }
        }
        self.pairs = pairs
        var volume: [String: Int] = [:]
        for pair in pairs {
            volume[pair.from, default: 0] += pair.handoffs
            volume[pair.to, default: 0] += pair.handoffs
        }
        departments = volume.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    private static func pair(_ from: String, _ to: String, _ context: ReportContext, goal: Double?) -> Pair {
        let slice = context.at(context.month, [.department: from, .toDepartment: to])
        guard let tally = context.tally(.handoffs, slice) else {
            return Pair(
                from: from, to: to, handoffs: 0, share: Proportion(successes: 0, trials: 0), unanswered: 0,
                ages: SparseHistogram())
        }
        var pair = Pair(
            from: from, to: to, handoffs: context.count(.handoffs, "handoffs", slice) ?? 0,
            share: Handoffs.answeredInTime(tally), unanswered: 0, ages: Handoffs.ages(tally))
        pair.unanswered = Int(pair.ages.count)
        if let goal, pair.share.trials >= context.minimumN, let limits = pair.share.wilson() {
            pair.isBelow = limits.upper < goal
            pair.isClearlyAbove = limits.lower >= goal
        }
        return pair
    }

    var handoffs: Int { pairs.reduce(0) { $0 + $1.handoffs } }
    var unanswered: Int { pairs.reduce(0) { $0 + $1.unanswered } }
    var all: Proportion { pairs.map(\.share).reduce(Proportion(successes: 0, trials: 0), +) }
    /// Enough to print a share of.
    var rated: [Pair] { pairs.filter { target != nil && $0.share.trials >= context.minimumN } }
    var below: [Pair] {
        rated.filter(\.isBelow).sorted { ($0.share.estimate ?? 0, $0.words) < ($1.share.estimate ?? 0, $1.words) }
    }
    /// The pair that holds most of the unanswered, where it holds at least a third of five or more.
    var mostUnanswered: Pair? {
        guard unanswered >= 5, let most = pairs.max(by: { ($0.unanswered, $1.words) < ($1.unanswered, $0.words) }) else {
            return nil
        }
        return most.unanswered * 3 >= unanswered ? most : nil
    }

    func pair(_ from: String, _ to: String) -> Pair? { pairs.first { $0.from == from && $0.to == to } }

    /// There are messages between departments in some month, so that their absence in this one says something.
    var isEverRecorded: Bool { !(context.tables[.handoffs]?.cells.isEmpty ?? true) }
}

extension Words {
    /// A department inside a sentence: `service`; names with capitals of their own stay (`BDC`).
    static func department(_ name: String) -> String {
        if name.isEmpty { return say("no department") }
        if name.dropFirst().contains(where: \.isUppercase) { return name }
        return switch name.lowercased() {
        case "service": say("service", context: "department")
        case "sales": say("sales", context: "department")
        case "parts": say("parts", context: "department")
        case "finance": say("finance", context: "department")
        default: Speech.book.capitalizesNouns ? capitalised(name) : name.lowercased()
        }
    }
    /// At the beginning of a line: `Service`.
    static func departmentTitle(_ name: String) -> String {
        capitalised(department(name))
    }
    /// A sentence's beginning in capitals.
    static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
