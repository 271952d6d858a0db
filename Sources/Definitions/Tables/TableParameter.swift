/// The parameters a table may state; those it leaves out come from the dealership's settings or `Defaults`.
enum TableParameter: String, CaseIterable {
    case view, window, credit, denominator, maturity
    case clock, adjusted, target, silence
    case answerOn = "answer-on"
    case minimumN = "minimum-n"

    static func known(to measure: String) -> [TableParameter] {
        switch measure {
        case "service-to-sales": [.view, .window, .credit, .denominator, .maturity, .minimumN]
        case "first-response-time": [.clock, .adjusted, .target, .silence, .answerOn, .minimumN]
        case "outage-impact": [.answerOn]
        case "service-funnel": [.window, .minimumN]
        case "handoffs": [.minimumN]
        default: []
        }
    }
}
