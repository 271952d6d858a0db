/// How long a customer waits until a person answers first. DEFINITIONS 3.
public enum FirstResponseTime {
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
            between question and reply; absences are not taken out yet.
            """,
        dimensions: [.store, .month, .day, .channel, .department, .person, .weekday, .hour, .workplace],
        columns: [
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
            .init("answered_in_time", "in_time / (in_time + late + unanswered)"),
            .init("answered_in_time_lower", "Wilson 95 % lower limit"),
            .init("answered_in_time_upper", "Wilson 95 % upper limit"),
            .init("p50", "half were answered within, seconds"),
            .init("p90", "nine in ten were answered within, seconds"),
            .init("p99", "99 in 100 were answered within, seconds"),
            .init("p50_without_outages", "p50 of the adjusted times, seconds"),
            .init("p90_without_outages", "p90 of the adjusted times, seconds"),
            .init("in_time_without_outages", "answered within target by the adjusted time"),
            .init("mean", "mean of the answered, seconds (what many tools print)"),
            .init("still_waiting", "waiting less still_within: no answer at the as-of instant, with or without a target"),
        ],
        needs: ["messages"])
}
