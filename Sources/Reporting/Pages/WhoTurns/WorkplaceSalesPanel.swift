import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Visits by where their advisor works: on site against remote.
struct WorkplaceSalesPanel {
    let visits: FinishedVisits

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("\(Words.capitalised(visits.words)), % that bought, by the advisor’s place")
        guard visits.months != nil else {
            return Block(
                say("By workplace: no month is finished"), sub: say("Visits that bought, %"),
                plate: ParagraphPlate(say("Kinds of visits are compared over finished months.")))
        }
        func name(_ place: String) -> String {
            place == "on-site" ? say("On site") : place == "remote" ? say("Remote") : say("Not on record")
        }
        let panel = KindsPanel(
            visits: visits, dimension: .workplace,
            kinds: visits.kinds(.visitsByWorkplace, .workplace, name: name).ordered(by: ["on-site", "remote"]),
            subject: { $0 == "remote" ? say("Visits of remote advisors") : say("Visits of advisors on site") },
            by: say("on site, remote"))
        guard panel.isKnown else {
            return Block(
                say("By workplace: not on record"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("Say where each works: column **place** in exports/people.csv, on-site or remote."))
                ))
        }
        if let only = panel.only {
            return Block(
                only.label == "remote" ? say("Every advisor works remotely") : say("Every advisor works on site"),
                sub: sub,
                plate: ParagraphPlate(
                    say("There is nothing to compare: column place in exports/people.csv says so of everybody.")))
        }
        panel.note(page: page, &ledger)
        return Block(panel.finding, sub: sub, plate: panel.plate())
    }
}
