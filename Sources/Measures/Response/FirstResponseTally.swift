import Basis
public import Dealership
public import Statistics

extension FirstResponseTime {
    enum Counter: Int, CaseIterable {
        case conversations, answered, inTime, late, unanswered, stillWithin, waiting, afterHours, machineReplies
        case inTimeAdjusted, lateAdjusted, unansweredAdjusted, stillWithinAdjusted
        /// `leftOut`: a reply before its question, a lead without a time of day.
        case withdrawn, leftOut, noTarget
    }
    enum Histogram: Int, CaseIterable { case answered, waiting, adjustedAnswered, adjustedWaiting }

    /// How a conversation stands to its target.
    public enum Standing: UInt8, Sendable, CaseIterable {
        case inTime, late, unanswered, stillWithin, noTarget
        /// As statements and lists name it.
        public var words: String {
            switch self {
            case .inTime: "in time"
            case .late: "late"
            case .unanswered: "unanswered"
            case .stillWithin: "still within target"
            case .noTarget: "no target"
            }
        }
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        tally(facts.conversations, facts, spec) { facts.conversationColumn($0) }
    }

    /// The same for other waits than conversations': turns, leads.
    func tally(
        _ conversations: ConversationFacts, _ facts: Facts, _ spec: TableSpec, _ column: (Dimension) -> FactColumn?
    ) -> TallyTable {
        let columns = FactColumn.columns(spec.by, conversations.count, column)
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let wantsAdjusted = adjusted || spec.columns.contains { $0.hasSuffix("without_outages") }
        let wantsWaits = spec.columns.contains { $0.hasPrefix("p") || $0 == "mean" }
        let targets = Targets(conversations, facts, target)
        // Left-out silence belongs to nobody: it makes no row of its own among people.
        let skipsSilence = silence == .leaveOut && spec.by.contains { $0 == .person || $0 == .workplace }
        let filter = FactFilter(spec, facts.header)
        for fact in 0..<conversations.count
        where filter.admits(store: conversations.store[fact], day: conversations.day[fact]) {
            let leftOut = conversations.leftOut[fact]
            if leftOut == .afterAsOf || (skipsSilence && !conversations.isAnswered(fact)) { continue }
            let cell = builder.cell(FactColumn.key(columns, fact))
            if leftOut != .counted {
                let counter = leftOut == .withdrawn ? Counter.withdrawn : .leftOut
                builder.add(to: counter.rawValue, of: cell)
                continue
            }
            builder.add(to: Counter.conversations.rawValue, of: cell)
            let isAnswered = conversations.isAnswered(fact)
            builder.add(to: isAnswered ? Counter.answered.rawValue : Counter.waiting.rawValue, of: cell)
            if conversations.isAfterHours[fact] { builder.add(to: Counter.afterHours.rawValue, of: cell) }
            if conversations.machineReplies[fact] > 0 {
                builder.add(Int64(conversations.machineReplies[fact]), to: Counter.machineReplies.rawValue, of: cell)
            }
            let raw = clock == .open ? conversations.openWait[fact] : conversations.wallWait[fact]
            let standing = targets.standing(fact, wait: raw)
            builder.add(to: FirstResponseTime.counter(standing, adjusted: false).rawValue, of: cell)
            if wantsWaits {
                builder.record(raw, in: isAnswered ? Histogram.answered.rawValue : Histogram.waiting.rawValue, of: cell)
            }
            if wantsAdjusted {
                let adjusted = conversations.adjustedWait(fact)
                if standing != .noTarget {
                    builder.add(
                        to: FirstResponseTime.counter(targets.adjustedStanding(fact), adjusted: true).rawValue, of: cell)
                }
                builder.record(
                    adjusted, in: isAnswered ? Histogram.adjustedAnswered.rawValue : Histogram.adjustedWaiting.rawValue,
                    of: cell)
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private static func counter(_ standing: Standing, adjusted: Bool) -> Counter {
        switch standing {
        case .inTime: adjusted ? .inTimeAdjusted : .inTime
        case .late: adjusted ? .lateAdjusted : .late
        case .unanswered: adjusted ? .unansweredAdjusted : .unanswered
        case .stillWithin: adjusted ? .stillWithinAdjusted : .stillWithin
        case .noTarget: .noTarget
        }
    }

    /// Each conversation's target, and how it stands to it.
    public struct Targets: Sendable {
        private let conversations: ConversationFacts
        /// By channel code; −1: none.
        private let byChannel: [Int64]
        private let one: Int64?
        /// What the export promised each conversation counts: always, or where the settings state no target.
        private let usesDue: (always: Bool, elsewhere: Bool)
        private let asOf: Int64
        private let calendars: OpenCalendars

        public init(_ facts: Facts, _ target: Target) { self.init(facts.conversations, facts, target) }

        /// - Parameter waits: conversations of `facts`, their turns or leads.
        public init(_ waits: ConversationFacts, _ facts: Facts, _ target: Target) {
            conversations = waits
            asOf = facts.messagesAsOf.seconds
            calendars = facts.calendars
            switch target {
            case .settings:
                byChannel = facts.header.names.map { facts.header.settings.targets.firstResponseSeconds(channel: $0) ?? -1 }
                one = nil
                usesDue = (always: false, elsewhere: true)
            case .seconds(let seconds):
                byChannel = []
                one = seconds
                usesDue = (always: false, elsewhere: false)
            case .due:
                byChannel = []
                one = nil
                usesDue = (always: true, elsewhere: true)
            }
        }

        /// Target in seconds of the clock; nil: none, or a due instant.
        public func seconds(_ fact: Int) -> Int64? {
            if let one { return one }
            let channel = conversations.channel[fact]
            guard channel >= 0, Int(channel) < byChannel.count, byChannel[Int(channel)] >= 0 else { return nil }
            return byChannel[Int(channel)]
        }

        @inline(__always)
        public func standing(_ fact: Int, wait: Int32) -> Standing {
            let isAnswered = conversations.isAnswered(fact)
            if !usesDue.always, let target = seconds(fact) {
                if isAnswered { return Int64(wait) <= target ? .inTime : .late }
                return Int64(wait) > target ? .unanswered : .stillWithin
            }
            let due = usesDue.elsewhere ? conversations.due[fact] : ConversationFacts.none
            if due == ConversationFacts.none { return .noTarget }
            if isAnswered { return conversations.reply[fact] <= due ? .inTime : .late }
            return asOf > due ? .unanswered : .stillWithin
        }

        /// The same without what outages and leave covered. What the export promised allows so much open time, too: what
        /// was nobody's fault moves it on.
        @inline(__always)
        public func adjustedStanding(_ fact: Int) -> Standing {
            let wait = conversations.adjustedWait(fact)
            let standing = standing(fact, wait: wait)
            guard wait < conversations.openWait[fact], standing == .late || standing == .unanswered,
                usesDue.always || seconds(fact) == nil
            else { return standing }
            return promised(fact, wait, standing)
        }

        private func promised(_ fact: Int, _ wait: Int32, _ standing: Standing) -> Standing {
            let (start, due) = (Instant(seconds: conversations.start[fact]), Instant(seconds: conversations.due[fact]))
            let index = calendars.index(store: conversations.store[fact], department: conversations.department[fact])
            guard start < due, let allowed = calendars.tables[index].openSeconds(from: start, to: due), wait <= allowed
            else { return standing }
            return standing == .late ? .inTime : .stillWithin
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        /// By the table's own times.
        func own(_ raw: Counter, _ adjusted: Counter) -> Cell { .count(count(self.adjusted ? adjusted : raw)) }
        // Without any target nobody can be in time or late.
        let needsTarget = [
            "in_time", "within_target", "late", "unanswered", "still_within", "in_time_without_outages", "answered_in_time",
            "answered_in_time_lower", "answered_in_time_upper",
        ]
        if count(.noTarget) == count(.conversations), needsTarget.contains(column) { return .none }
        switch column {
        case "conversations": return .count(count(.conversations))
        case "answered": return .count(count(.answered))
        case "in_time", "within_target": return own(.inTime, .inTimeAdjusted)
        case "late": return own(.late, .lateAdjusted)
        case "unanswered": return own(.unanswered, .unansweredAdjusted)
        case "still_within": return own(.stillWithin, .stillWithinAdjusted)
        case "no_target": return .count(count(.noTarget))
        case "waiting": return .count(count(.waiting))
        case "still_waiting":
            return .count(count(.waiting) - count(adjusted ? .stillWithinAdjusted : .stillWithin))
        case "after_hours": return .count(count(.afterHours))
        case "machine_replies": return .count(count(.machineReplies))
        case "in_time_without_outages": return .count(count(.inTimeAdjusted))
        case "left_out": return .count(count(.withdrawn) + count(.leftOut))
        case "answered_in_time", "answered_in_time_lower", "answered_in_time_upper":
            let proportion = FirstResponseTime.answeredInTime(tally, adjusted: adjusted)
            return Cell(proportion, column, minimumN: minimumN)
        case "p50": return quantile(tally, .median, adjusted: adjusted)
        case "p90": return quantile(tally, .p90, adjusted: adjusted)
        case "p99": return quantile(tally, Quantile(permille: 990), adjusted: adjusted)
        case "p50_lower", "p50_upper", "p90_lower", "p90_upper":
            let p: Quantile = column.hasPrefix("p50") ? .median : .p90
            return limit(tally, p, isLower: column.hasSuffix("lower"))
        case "p50_without_outages": return quantile(tally, .median, adjusted: true)
        case "p90_without_outages": return quantile(tally, .p90, adjusted: true)
        case "mean":
            let answered = FirstResponseTime.waits(tally, adjusted: adjusted).answered
            if answered.isEmpty { return .none }
            let sum = zip(answered.values, answered.counts).reduce(0) { $0 + $1.0 * $1.1 }
            return .mean(Double(sum) / Double(answered.count))
        default: return .none
        }
    }

    /// 95 % limits of a quantile; none where too few were asked for a pair of order statistics to cover it.
    private func limit(_ tally: Tally, _ p: Quantile, isLower: Bool) -> Cell {
        let (answered, waiting) = FirstResponseTime.waits(tally, adjusted: adjusted)
        let interval = silence == .leaveOut
            ? answered.quantileInterval(p) : KaplanMeier(events: answered, censored: waiting).quantileInterval(p)
        return Cell(isLower ? interval?.lower : interval?.upper)
    }

    private func quantile(_ tally: Tally, _ p: Quantile, adjusted: Bool) -> Cell {
        let answered = tally.histograms[adjusted ? Histogram.adjustedAnswered.rawValue : Histogram.answered.rawValue]
        let waiting = tally.histograms[adjusted ? Histogram.adjustedWaiting.rawValue : Histogram.waiting.rawValue]
        switch silence {
        case .leaveOut: return answered.isEmpty ? .none : Cell(answered.quantile(p).map(TimeQuantile.at))
        case .count: return Cell(KaplanMeier(events: answered, censored: waiting).quantile(p))
        }
    }

}

extension FirstResponseTime {
    /// In time of the judged (in time, late, unanswered past target).
    public static func answeredInTime(_ tally: Tally, adjusted: Bool) -> Proportion {
        func count(_ counter: Counter) -> Int { Int(tally.counts[counter.rawValue]) }
        return adjusted
            ? Proportion(
                successes: count(.inTimeAdjusted),
                trials: count(.inTimeAdjusted) + count(.lateAdjusted) + count(.unansweredAdjusted))
            : Proportion(successes: count(.inTime), trials: count(.inTime) + count(.late) + count(.unanswered))
    }

    /// Seconds waited by the answered and by those still waiting, as the table's clock counts.
    public static func waits(_ tally: Tally, adjusted: Bool = false) -> (answered: SparseHistogram, waiting: SparseHistogram) {
        let first = adjusted ? Histogram.adjustedAnswered.rawValue : Histogram.answered.rawValue
        return (tally.histograms[first], tally.histograms[first + 1])
    }
}
