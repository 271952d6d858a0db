public import Dealership

/// How long a customer waits until a person answers first. DEFINITIONS 3.
public struct FirstResponseTime: Measure {
    public enum Clock: String, Hashable, Sendable, CaseIterable { case open, wall }
    public enum Silence: String, Hashable, Sendable, CaseIterable {
        /// Who got no answer is still waiting at the as-of instant, and counts so.
        case count
        /// Quantiles of the answered only: for comparison with tools that do so.
        case leaveOut = "leave-out"
    }
    public enum Target: Hashable, Sendable {
        /// Each channel's own, as in the settings; where they state none, the due instant that the export gives.
        case settings
        /// One for all, in seconds of the clock.
        case seconds(Int64)
        /// Each conversation's own due instant from the export.
        case due
    }
    public var clock: Clock
    /// Open time less what outages and their recovery covered.
    public var adjusted: Bool
    public var silence: Silence
    public var target: Target
    public var answerOn: ConversationSettings.AnswerOn
    public var minimumN: Int

    public init(
        clock: Clock, adjusted: Bool, silence: Silence, target: Target, answerOn: ConversationSettings.AnswerOn,
        minimumN: Int
    ) {
        self.clock = clock
        self.adjusted = adjusted
        self.silence = silence
        self.target = target
        self.answerOn = answerOn
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        // What staff can do something about is the time in which they are at work; leaving out who got no answer would
        // reward silence; what the customer lived through comes first, and adjusted times stand beside it.
        let clock = parameters.choice("clock", Clock.self) ?? .open
        let adjusted = parameters.flag("adjusted") ?? false
        if adjusted, clock == .wall {
            parameters.refuse(
                "adjusted", "adjusted times are open times without outages and leave", "write `clock: open`, or `adjusted: no`")
        }
        self.init(
            clock: clock, adjusted: adjusted,
            silence: parameters.choice("silence", Silence.self) ?? .count,
            target: Target(parameters.wordOrSeconds("target", words: ["settings", "due"], clock)) ?? .settings,
            answerOn: parameters.answerOn(), minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [
            ("clock", clock.rawValue), ("adjusted", adjusted ? "yes" : "no"), ("silence", silence.rawValue),
            ("target", target.words), ("answer-on", answerOn.rawValue), ("minimum-n", String(minimumN)),
        ]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.answerOn = answerOn
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) || header.knows(.conversations) }

    /// What is counted of anything that waits for an answer.
    static let columns: [MeasureEntry.Column] = [
        .init("conversations", "conversations that began in the period, withdrawn and faulty ones left out"),
        .init("answered", "answered by a person"),
        .init("in_time", "answered within target"),
        .init("late", "answered after target"),
        .init("unanswered", "no answer at the as-of instant and past target"),
        .init("still_within", "no answer yet, still within target: not counted against anybody"),
        .init("no_target", "nothing was promised: neither the settings nor the export give a target"),
        .init("within_target", "same as in_time"),
        .init("waiting", "no answer at the as-of instant"),
        .init("after_hours", "began outside opening hours"),
        .init("machine_replies", "automated replies, which answer nothing"),
        .init("left_out", "not counted: withdrawn, a reply before its question, no time of day"),
        .init("answered_in_time", "in_time / (in_time + late + unanswered)"),
        .init("answered_in_time_lower", "Wilson 95 % lower limit"),
        .init("answered_in_time_upper", "Wilson 95 % upper limit"),
        .init("p50", "half were answered within, seconds"),
        .init("p90", "nine in ten were answered within, seconds"),
        .init("p50_lower", "95 % lower limit of p50"),
        .init("p50_upper", "95 % upper limit of p50"),
        .init("p90_lower", "95 % lower limit of p90"),
        .init("p90_upper", "95 % upper limit of p90"),
        .init("p99", "99 in 100 were answered within, seconds"),
        .init("p50_without_outages", "p50 of the adjusted times, seconds"),
        .init("p90_without_outages", "p90 of the adjusted times, seconds"),
        .init("in_time_without_outages", "answered within target by the adjusted time"),
        .init("mean", "mean of the answered, seconds (what many tools print)"),
        .init("still_waiting", "waiting less still_within: no answer at the as-of instant, with or without a target"),
    ]

    static let parameters: [MeasureEntry.Parameter] = [
        .init("clock", "open (the default) or wall"), .init("adjusted", "yes: open time less outages and recovery"),
        .init("target", "settings (the default), due, or a duration"),
        .init("silence", "count (the default) or leave-out"), .answerOn, .minimumN,
    ]

    public static let entry = MeasureEntry(
        name: "first-response-time", code: "RESP", title: "First response time",
        summary: "How long customers wait until a person first answers, silence counted.",
        definition: """
            From the customer's first message of a conversation to the first message of a person to the customer, in \
            open or wall seconds. A machine's reply never stops the clock. Without a reply the conversation is still \
            waiting at the as-of instant. Answered in time: replies within target / (all less those still within \
            target and unanswered); the target is the channel's, and where none is set the due instant that the export \
            gives the conversation. Quantiles: least t with S(t) <= 1 - p of the Kaplan-Meier curve; without silence \
            the observed value of rank ceil(np). Adjusted: less open time covered by an outage or its recovery \
            between question and reply, less the approved absence of whoever had the conversation at the time.
            """,
        dimensions: [.store, .month, .day, .channel, .department, .person, .weekday, .hour, .workplace, .arrival, .age],
        columns: columns,
        parameters: parameters,
        needs: ["messages"])
}

extension FirstResponseTime.Target {
    init?(_ read: WordOrSeconds?) {
        switch read {
        case .seconds(let seconds): self = .seconds(seconds)
        case .word("due"): self = .due
        case .word: self = .settings
        case nil: return nil
        }
    }

    var words: String {
        switch self {
        case .settings: "by channel from the settings"
        case .seconds(let seconds): "\(seconds) s"
        case .due: "each conversation's due time"
        }
    }
}
