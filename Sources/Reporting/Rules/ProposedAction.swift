import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Something to do, as a rule over the figures proposes it.
struct ProposedAction {
    /// What to do: "Put one person on texts every Saturday, 8:00 to 17:00".
    var title: String
    /// Why, in figures.
    var text: String
    /// Which figure says so; nil: it is about an export, which page 7 has by name.
    var evidence: Evidence?
    /// Which page shows it.
    var page: PageKind
    /// Whose it is, the first that settings know: a channel, a department, a vendor.
    var subjects: [String]
    /// Customers concerned; 0: it is about the figures only.
    var concerned: Int
    /// How much of what: "40 of 61 unanswered".
    var part: Part?

    struct Evidence {
        enum Value {
            case share(Proportion)
            case count(Int)
        }
        var figure: FigureID
        /// In words, for the ledger, so in English.
        var label: String
        var value: Value

        init(figure: FigureID, label: @autoclosure () -> String, value: Value) {
            self.figure = figure
            self.label = Speech.$book.withValue(.english, operation: label)
            self.value = value
        }
    }

    struct Part {
        var count: Int
        var whole: Int
        var words: String
    }
}

/// What the rules look at, made once for all of them.
struct RuleFindings {
    let context: ReportContext
    let answers: ChannelAnswers
    let focus: WaitFocus
    let week: OpenWeek
    let outcomes: VisitOutcomes
    let outages: MonthOutages

    init(_ context: ReportContext) {
        self.context = context
        answers = ChannelAnswers(context)
        focus = WaitFocus(answers)
        week = OpenWeek(context)
        outcomes = VisitOutcomes(context)
        outages = MonthOutages(context)
    }
}

/// One rule: looks at the findings and proposes what to do, or nothing.
protocol ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction]
}

enum ActionRules {
    /// Every rule runs on every report.
    static var all: [any ActionRule.Type] {
        [
            ChannelBelowTarget.self, CustomersWaiting.self, LeadsNotReached.self, SystemWithoutProtocol.self,
            HoursLostOverLimit.self, CustomersOwed.self, CreditNotAsked.self, ExportMissing.self,
            ExportEndsEarly.self, ExportWithFaults.self,
        ]
    }

    /// All that fires, most customers concerned first; ties in the order of the rules.
    static func fired(_ findings: RuleFindings) -> [ProposedAction] {
        let proposed = all.flatMap { $0.propose(findings) }
        return proposed.enumerated().sorted { ($1.element.concerned, $0.offset) < ($0.element.concerned, $1.offset) }
            .map(\.element)
    }
}
