import Basis

/// What a series counts by, in words: a language that declines its nouns has a phrase for each case.
struct PeriodWords {
    /// `month`, `quarter`, `year`, `day`, `week`, else any period.
    private let name: String

    init(_ name: String) { self.name = name }

    /// `month`, after `a`, `by`, `each`.
    var one: String {
        switch name {
        case "month": say("month", context: "period")
        case "quarter": say("quarter", context: "period")
        case "year": say("year", context: "period")
        case "day": say("day", context: "period")
        case "week": say("week", context: "period")
        default: say("period", context: "period")
        }
    }

    /// `months`.
    var many: String {
        switch name {
        case "month": say("months", context: "period")
        case "quarter": say("quarters", context: "period")
        case "year": say("years", context: "period")
        case "day": say("days", context: "period")
        case "week": say("weeks", context: "period")
        default: say("periods", context: "period")
        }
    }

    /// `months`, after `of`, `after`, `in` and a number: the dative of German.
    var ofMany: String {
        switch name {
        case "month": say("months", context: "after of")
        case "quarter": say("quarters", context: "after of")
        case "year": say("years", context: "after of")
        case "day": say("days", context: "after of")
        case "week": say("weeks", context: "after of")
        default: say("periods", context: "after of")
        }
    }

    /// `1 week`, `3 weeks`.
    func counted(_ count: Int) -> String { "\(Words.count(count)) \(count == 1 ? one : many)" }
}
