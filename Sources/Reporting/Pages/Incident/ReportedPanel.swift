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
            let time = stage.at.isDateOnly || incident.isDayPrecise
                ? "" : Words.clock(Int(incident.zone.localSeconds(at: stage.at.instant) - Int64(day.number) * 86_400))
            defer { last = day }
            return .row([
                Label(day == last ? "" : Words.day(day)), Label(time), Label(ReportedPanel.words(stage.kind), isSignal(stage.kind) ? .ink : .text),
            ])
        }
        let more = stages.count - shown.count
        return Block(
            "\(Words.counted(stages.count, "message", "messages")) on record", sub: "What was reported, in order",
            note: more > 0 ? RichText("And \(more) more.") : "",
            plate: TablePlate(
                subject: "Stages reported", columns: [.init("Day"), .init("At"), .init("Stage", flexible: true)], rows: rows,
                rowHeight: 14.5))
    }

    private func isSignal(_ kind: Outage.Stage.Kind) -> Bool { [.started, .restarted, .partial, .resolved].contains(kind) }

    static func words(_ kind: Outage.Stage.Kind) -> String {
        switch kind {
        case .scheduled: "announced"
        case .inProgress: "work began"
        case .started: "down"
        case .investigating: "being looked into"
        case .identified: "cause found"
        case .detected: "seen by us"
        case .acknowledged: "acknowledged"
        case .notified: "customers told"
        case .update: "update"
        case .partial: "partly back"
        case .restarted: "down again"
        case .monitoring: "mended, being watched"
        case .resolved: "back"
        case .completed: "work over"
        case .postmortem: "report on the cause"
        }
    }
}
