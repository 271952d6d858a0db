import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// What an effort's file says, and what its history shows.
struct EffortScope {
    let assessment: EffortAssessment
    let words: EffortWords
    private let settings: DealershipSettings

    init(_ assessment: EffortAssessment, _ context: ReportContext) {
        self.assessment = assessment
        settings = context.settings
        words = EffortWords(assessment, currency: context.settings.currency)
    }

    private var effort: Effort { assessment.effort }

    /// What, why, how, who was asked, stages.
    var points: [PointsPlate.Point] {
        func point(_ title: String, _ text: String) -> PointsPlate.Point? {
            text.isEmpty ? nil : .init(Label(title), RichText(text))
        }
        let why = effort.why.map { $0.words } ?? say("No finding is cited.")
        let asked = effort.asked.isEmpty
            ? say("Nobody, as far as the file says.") : effort.asked.map { say("\($0.who): “\($0.said)”") }.joined(separator: " ")
        let stages = effort.stages.map { "\(words.day($0.on)): \($0.what)" }.joined(separator: "; ")
        return [
            point(say("What changes"), effort.what), point(say("Why"), why), point(say("How"), effort.how), point(say("Stages"), stages),
            point(say("Who was asked"), asked),
        ].compactMap { $0 }
    }

    /// The card of the goal: figure, size, days, rules.
    var goal: [FactsPlate.Row] {
        func row(_ name: String, _ value: String) -> FactsPlate.Row { .init(Label(name), Label(value, .ink)) }
        var rows = [
            row(say("Goal"), goalWords), row(say("By"), words.day(effort.goal.by)), row(say("Start"), words.day(effort.start)),
            row(say("Dip expected"), dip), row(say("Look"), words.look), row(say("Stop rule"), words.stop),
        ]
        if let from = assessment.judge?.mean(.before, on: assessment.cut) {
            rows.insert(row(say("Before"), effort.goal.measure.text(from, currency: words.currency)), at: 1)
        }
        rows.append(row(say("Judged by"), "\(words.periods.one), \(method)"))
        rows.append(row(say("Outages"), outages))
        for one in effort.guards { rows.append(row(say("Guard"), EffortWords.title(one))) }
        rows.append(
            .init(
                Label(say("Owner \(effort.owner)")),
                effort.why?.finding.map { Label(say("answers \($0.code), \(Words.shortMonth($0.month))"), .good) } ?? ""))
        return rows
    }

    /// Of what they are looked at, and what is done about them.
    private var outages: String {
        let activities = effort.goal.measure.outageActivities(settings)
        guard !activities.isEmpty else { return say("none could touch it") }
        let what = activities.count > 2 ? say("all its channels") : Words.list(activities.map(EffortScope.activity))
        return effort.outages == .mark ? say("marked: \(what)") : say("left out: \(what)")
    }

    private static func activity(_ name: String) -> String {
        switch name {
        case "leads": say("Leads", context: "activity")
        case "visits": say("Visits", context: "activity")
        case "appointments": say("Appointments", context: "activity")
        default: Words.channel(name)
        }
    }

    private var method: String {
        switch effort.method {
        case .step: say("step", context: "method")
        case .slope: say("slope", context: "method")
        case .stores: say("stores", context: "method")
        }
    }

    var goalWords: String {
        let measure = effort.goal.measure
        let isUp = effort.goal.direction == .up
        switch effort.goal.size {
        case .reach(let value):
            let level = measure.text(value, currency: words.currency)
            return isUp ? say("up to \(level)") : say("down to \(level)")
        case .by(let size): return by(measure.size(size, currency: words.currency), isUp)
        case .byShare(let share): return by(Words.share(share), isUp)
        }
    }

    private func by(_ size: String, _ isUp: Bool) -> String {
        isUp ? say("up by \(size)") : say("down by \(size)")
    }

    var dip: String {
        guard effort.dip.days > 0 else { return say("none", context: "dip") }
        let depth = effort.dip.depth.map { ", \(effort.goal.measure.size($0, currency: words.currency))" } ?? ""
        let days = effort.dip.days
        return say(days, "\(days) days\(depth)", "\(days) days\(depth)", context: "dip")
    }

    /// Entries of the history, then what was changed past it.
    var history: [FactsPlate.Row] {
        let record = assessment.record
        return record.history.entries.suffix(6).map { entry in
            let act = switch entry.act {
            case .open: say("written down")
            case .amend: say("amended")
            case .close:
                switch entry.outcome {
                case .keep?: say("closed, keep")
                case .drop?: say("closed, drop")
                case nil: say("closed", context: "effort")
                }
            }
            return FactsPlate.Row(Label("\(words.day(entry.on)): \(act)"), Label(entry.by, .ink), note: entry.note)
        }
    }
}
