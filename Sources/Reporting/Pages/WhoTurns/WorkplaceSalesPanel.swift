import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Visits by where their advisor works: on site against remote.
struct WorkplaceSalesPanel {
    let visits: FinishedVisits

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "\(Words.capitalised(visits.words)), % that bought, by the advisor’s place"
        guard visits.months != nil else {
            return Block(
                "By workplace: no month is finished", sub: "Visits that bought, %",
                plate: ParagraphPlate("Kinds of visits are compared over finished months."))
        }
        let names = ["on-site": "On site", "remote": "Remote"]
        let panel = KindsPanel(
            visits: visits, dimension: .workplace,
            kinds: visits.kinds(.visitsByWorkplace, .workplace) { names[$0] ?? "Not on record" }.ordered(by: ["on-site", "remote"]),
            subject: { $0 == "remote" ? "Visits of remote advisors" : "Visits of advisors on site" }, by: "on site, remote")
        guard panel.isKnown else {
            return Block(
                "By workplace: not on record", sub: sub,
                plate: NoticePlate(
                    RichText(marked: "Say where each works: column **place** in exports/people.csv, on-site or remote.")))
        }
        if let only = panel.only {
            return Block(
                "Every advisor works \(only.label == "remote" ? "remotely" : "on site")", sub: sub,
                plate: ParagraphPlate("There is nothing to compare: column place in exports/people.csv says so of everybody."))
        }
        panel.note(page: page, &ledger)
        return Block(panel.finding, sub: sub, plate: panel.plate())
    }
}
