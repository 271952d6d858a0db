import Basis
import Dealership
import Drawing

/// What was reported of the outage, stage by stage.
struct ReportedPanel {
    let incident: Incident
    private var context: ReportContext { incident.context }
    private static let most = 9

    func block() -> Block {
        let stages = incident.outage.stages
        let shown = stages.prefix(ReportedPanel.most)
        var last: Day?
        let rows = shown.map { stage -> TablePlate.Row in
            let day = incident.zone.day(at: stage.at.instant)
            let time =
                stage.at.isDateOnly || incident.isDayPrecise
                ? "" : Words.clock(Int(incident.zone.localSeconds(at: stage.at.instant) - Int64(day.number) * 86_400))
            defer { last = day }
            return .row([
                Label(day == last ? "" : Words.day(day)), Label(time),
                Label(ReportedPanel.words(stage.kind), isSignal(stage.kind) ? .ink : .text),
            ])
        }
        let more = stages.count - shown.count
        return Block(
            say("\(Words.counted(stages.count, "message", "messages", context: "of an outage")) on record"),
            sub: say("What was reported, in order"),
            note: more > 0 ? RichText(say("And \(more) more.")) : "",
            plate: TablePlate(
                subject: say("Stages reported"),
                columns: [.init(say("Day")), .init(say("At", context: "time")), .init(say("Stage"), flexible: true)],
                rows: rows,
                rowHeight: 14.5))
    }

    private func isSignal(_ kind: Outage.Stage.Kind) -> Bool {
        [.started, .restarted, .partial, .resolved].contains(kind)
    }

    static func words(_ kind: Outage.Stage.Kind) -> String {
        switch kind {
        case .scheduled: say("announced", context: "stage")
        case .inProgress: say("work began")
        case .started: say("down", context: "stage")
        case .investigating: say("being looked into")
        case .identified: say("cause found")
        case .detected: say("seen by us")
        case .acknowledged: say("acknowledged", context: "stage")
        case .notified: say("customers told")
        case .update: say("update", context: "stage")
        case .partial: say("partly back")
        case .restarted: say("down again")
        case .monitoring: say("mended, being watched")
        case .resolved: say("back", context: "stage")
        case .completed: say("work over")
        case .postmortem: say("report on the cause")
        }
    }
}
