import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// From visit to sale, of the newest finished month.
struct FunnelPanel {
    struct Step {
        var name: String
        /// As in "lost before …".
        var before: String
        var column: String
        var code: String
        var daysColumn: String
        /// Whose export shows it; nil: the visit itself.
        var table: StandardTable?
        /// Nil: no export shows it.
        var count: Int?
    }

    static var steps: [Step] {
        [
            Step(name: say("Service visits", context: "step"), before: "", column: "visits", code: "S2S-02", daysColumn: ""),
            Step(
                name: say("Lead"), before: say("a lead", context: "lost before"), column: "leads", code: "S2S-04",
                daysColumn: "lead_days", table: .leads),
            Step(
                name: say("Two-way contact", context: "step"), before: say("contact", context: "lost before"),
                column: "contacts", code: "S2S-05", daysColumn: "contact_days", table: .messages),
            Step(
                name: say("Appointment set", context: "step"), before: say("an appointment", context: "lost before"),
                column: "appointments", code: "S2S-09", daysColumn: "appointment_days", table: .appointments),
            Step(
                name: say("Shown"), before: say("the appointment is kept", context: "lost before"), column: "shown",
                code: "S2S-10", daysColumn: "shown_days", table: .appointments),
            Step(
                name: say("Sold"), before: say("the sale", context: "lost before"), column: "sold", code: "S2S-11",
                daysColumn: "sold_days", table: .sales),
        ]
    }

    let context: ReportContext
    let month: Month?
    let steps: [Step]

    init(_ context: ReportContext, month: Month?) {
        self.context = context
        self.month = month
        steps = FunnelPanel.steps.map { step in
            var step = step
            let isExported = step.table.map { context.header.has($0) } ?? true
            step.count = isExported ? month.flatMap { context.count(.funnel, step.column, context.at($0)) } : nil
            return step
        }
    }

    var visits: Int? { steps[0].count }
    /// Nil: no lead export, or no finished month.
    var leads: Int? { steps[1].count }
    var hasEnough: Bool { (leads ?? 0) >= context.minimumN }

    /// The step after the lead that loses most: its position, how many, and whether they are most of all lost.
    var worst: (step: Int, lost: Int, isMost: Bool)? {
        guard hasEnough, leads != nil else { return nil }
        let losses = (2..<steps.count).compactMap { index in lost(index).map { (index, $0) } }
        let all = losses.reduce(0) { $0 + $1.1 }
        guard let most = losses.max(by: { ($0.1, -$0.0) < ($1.1, -$1.0) }), most.1 > 0 else { return nil }
        let lower = Proportion(successes: most.1, trials: all).wilson()?.lower ?? 0
        return (most.0, most.1, lower > 0.5)
    }

    /// Lost between the last known step before and this one.
    func lost(_ index: Int) -> Int? {
        guard let count = steps[index].count, let before = steps[..<index].last(where: { $0.count != nil })?.count else {
            return nil
        }
        return max(before - count, 0)
    }

    /// "Most are lost before contact: 212 of 300 August leads"; nil: nothing stands out.
    var headline: String? {
        guard let worst, let leads, let month else { return nil }
        let before = steps[worst.step].before
        let (lost, all, name) = (Words.count(worst.lost), Words.count(leads), Words.monthName(month))
        return worst.isMost
            ? say("Most are lost before \(before): \(lost) of \(all) \(name) leads")
            : say("More are lost before \(before) than anywhere else: \(lost) of \(all) \(name) leads")
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        if month == nil, !context.header.has(.sales) {
            let needs = context.header.has(.leads) ? "" : say("Export leads of the CRM as exports/leads.csv. ")
            return Block(
                say("No sales exported: the way to the sale is not known"), sub: say("From visit to sale"),
                plate: NoticePlate(RichText(say("\(needs)Export deals of the DMS as exports/sales.csv.")), isMissing: true))
        }
        // Without leads nothing is counted, of no month.
        if month == nil || visits == nil, !context.header.knows(.leads) { return withoutLeads(sub: say("From visit to sale")) }
        guard let month, let visits else {
            return Block(
                say("No month is finished yet"), sub: say("From visit to sale"),
                plate: NoticePlate(
                    RichText(say("A month can be judged when \(context.settings.conversion.windowDays) days have passed since its last visit."))))
        }
        guard let leads else { return withoutLeads(sub: subLine(month, visits)) }
        note(page: page, month, &ledger)
        return Block(finding(leads: leads, visits: visits), sub: subLine(month, visits), plate: plate(visits: visits, leads: leads))
    }

    private func withoutLeads(sub: String) -> Block {
        Block(
            say("No lead export: the way to the sale is not known"), sub: sub,
            plate: NoticePlate(
                say("Export leads from the CRM as exports/leads.csv (lead_id, customer_id, created_at, owner_id)."),
                isMissing: true))
    }

    private func subLine(_ month: Month, _ visits: Int) -> String {
        say("""
            \(Words.counted(visits, "visit", "visits")) of \(Words.monthName(month)), followed for \
            \(context.settings.conversion.windowDays) days. Pale: lost at this step
            """)
    }

    private func finding(leads: Int, visits: Int) -> String {
        guard hasEnough else { return say("Leads, \(Words.tooFew(leads, of: context.minimumN))") }
        if let contacts = steps[2].count, worst?.step == 2 {
            return say("\(Words.share(Double(leads - contacts) / Double(leads))) of the leads never get a conversation")
        }
        if let worst {
            return say("\(Words.count(worst.lost)) of \(Words.count(leads)) leads are lost before \(steps[worst.step].before)")
        }
        return say("\(Words.count(leads)) leads from \(Words.count(visits)) visits")
    }

    private func plate(visits: Int, leads: Int) -> FunnelPlate {
        let rows = steps.indices.map { index -> FunnelPlate.Step in
            let step = steps[index]
            guard let count = step.count else {
                let name = step.table.map { say("no \($0.rawValue) export") } ?? ""
                return FunnelPlate.Step(step.name, .missing(name), cells: ["–", "–", "–", "–"])
            }
            let isWorst = worst?.step == index
            return FunnelPlate.Step(
                step.name, .value(Double(count)), lost: lostWords(index, visits: visits, leads: leads),
                cells: cells(index, count: count, visits: visits, isWorst: isWorst), worst: isWorst)
        }
        let isSmall = leads > 0 && Double(leads) < 0.6 * Double(visits)
        return FunnelPlate(
            subject: say("From visit to sale"), columns: [say("Visits"), say("Of step"), say("Of all"), say("Half by")], steps: rows,
            enlargement: isSmall ? say("leads, drawn larger") : "")
    }

    private func lostWords(_ index: Int, visits: Int, leads: Int) -> String {
        if index == 0 { return visits > leads ? say("\(Words.count(visits - leads)) no lead") : "" }
        if index == 1 { return "" }
        guard let lost = lost(index), lost > 0 else { return "" }
        return say("\(Words.count(lost)) lost", context: "at a step")
    }

    private func cells(_ index: Int, count: Int, visits: Int, isWorst: Bool) -> [Label] {
        guard index > 0, let month else { return [Label(Words.count(count), bold: true)] }
        let before = steps[..<index].last { $0.count != nil }?.count ?? visits
        var ofStep = Label("–")
        if before >= context.minimumN {
            let text = Words.share(Double(count) / Double(before))
            ofStep = isWorst ? Label(text, .bad, bold: true) : Label(text)
        }
        let ofAll = visits >= context.minimumN
            ? Label(Words.share(Double(count) / Double(visits), decimals: 1), bold: index == steps.count - 1 ? true : nil) : "–"
        let days = context.cell(.funnel, steps[index].daysColumn, context.at(month))
        var half = "–"
        if case .count(let value) = days { half = say("day \(value)") }
        return [Label(Words.count(count), bold: true), ofStep, ofAll, Label(half)]
    }

    private func note(page: Int, _ month: Month, _ ledger: inout FigureLedger) {
        guard let visits else { return }
        for index in steps.indices.dropFirst() {
            guard let count = steps[index].count, count <= visits else { continue }
            ledger.note(
                page: page, context.figure(steps[index].code, month), "\(FunnelPanel.steps[index].name), of all visits",
                Proportion(successes: count, trials: visits))
        }
    }
}
