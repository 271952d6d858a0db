import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Booked service customers worth a word: how many sales spoke to by the day.
struct CoverageOverMonthsPanel {
    let context: ReportContext

    private func share(_ month: Month) -> Proportion? { context.pair(.prospectCoverage, of: "prospects", "contacted", month) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Booked service customers worth a word whom sales spoke to, %")
        guard let rule = context.settings.prospects else {
            return Block(
                say("Who is worth a word: no rule yet"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Write **prospects:** in dealership.yaml (age of the car, mileage, lease end …): this panel then \
                            says how many of them sales spoke to before or on the day of their service.
                            """))))
        }
        let months = Array(context.months.drop { share($0) == nil })
        guard !months.isEmpty else {
            let needs =
                context.header.has(.appointments)
                ? "" : say("Export service appointments as exports/appointments.csv. ")
            return Block(
                say("No prospect among the booked"), sub: sub,
                plate: NoticePlate(
                    RichText(say("\(needs)The rule: \(rule.words).")), isMissing: !context.header.has(.appointments)))
        }
        for month in months {
            guard let share = share(month), share.trials >= context.minimumN else { continue }
            ledger.note(page: page, context.figure("COV-01", month), "prospects spoken to, \(Words.month(month))", share)
        }
        return Block(
            finding, sub: sub, note: note(rule),
            plate: SharesByMonth.plate(context, say("Prospects spoken to"), months, target: nil, share: share))
    }

    private var finding: String {
        guard let now = share(context.month) else { return say("Prospects spoken to") }
        guard now.trials >= context.minimumN, let value = now.estimate else {
            return say("Prospects, \(Words.tooFew(now.trials, of: context.minimumN))")
        }
        return say("Sales spoke to \(Words.share(value)) of the prospects")
    }

    private func note(_ rule: ProspectRule) -> RichText {
        guard let now = share(context.month) else { return "" }
        let missed = now.trials - now.successes
        guard missed > 0 else {
            return RichText(say("Every one of \(Words.monthName(context.month))’s \(Words.count(now.trials))."))
        }
        let (count, all, month) = (Words.count(missed), Words.count(now.trials), Words.monthName(context.month))
        return RichText(
            say(
                now.trials, "\(count) of \(month)’s \(all) prospect heard nothing. kpi prospects lists the coming days’.",
                "\(count) of \(month)’s \(all) prospects heard nothing. kpi prospects lists the coming days’."))
    }
}

/// Who bought here and comes back for service.
struct WayBackPanel {
    let context: ReportContext

    private func share(_ month: Month) -> Proportion? { context.pair(.wayBack, of: "sales", "back", month) }

    /// The days of all its sales are over.
    private func isFinished(_ month: Month) -> Bool {
        guard let sales = context.count(.wayBack, "sales", context.at(month)), sales > 0 else { return false }
        return context.count(.wayBack, "mature", context.at(month)) == sales
    }

    private var finished: [Month] {
        context.labels(.wayBack, .month).compactMap { Month($0) }.sorted().filter(isFinished).suffix(context.request.monthsBack)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let days = context.settings.conversion.wayBackDays else {
            return Block(
                say("Way back to service: no days set"), sub: say("Buyers whose first service is booked, %"),
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Write **conversion: way-back** in dealership.yaml: the days within which a buyer’s first service \
                            should be booked.
                            """))))
        }
        let sub = say(
            days, "Buyers whose first service is booked within \(Words.count(days)) day, %",
            "Buyers whose first service is booked within \(Words.count(days)) days, %")
        let months = finished
        guard let newest = months.last else {
            return Block(
                say("Way back to service: too new"), sub: sub,
                plate: NoticePlate(
                    RichText(say("A month is judged when \(days) days have passed since its last sale."))))
        }
        for month in months {
            guard let share = share(month), share.trials >= context.minimumN else { continue }
            ledger.note(
                page: page, context.figure("BACK-01", month), "buyers of \(Words.month(month)) back within \(days) days", share)
        }
        return Block(
            finding(newest), sub: sub, note: note(newest),
            plate: SharesByMonth.plate(context, say("Buyers back in service"), months, target: nil, share: share))
    }

    private func note(_ newest: Month) -> RichText {
        let known = share(newest).map {
            say(
                $0.trials, "\(Words.count($0.successes)) of \(Words.count($0.trials)) sale. ",
                "\(Words.count($0.successes)) of \(Words.count($0.trials)) sales. ")
        } ?? ""
        return RichText(say("\(known)Sales since \(Words.month(newest + 1)) are too new."))
    }

    private func finding(_ newest: Month) -> String {
        guard let share = share(newest), share.trials >= context.minimumN, let value = share.estimate else {
            return say("Way back to service")
        }
        return say("\(Words.share(value)) of \(Words.monthName(newest))’s buyers came back")
    }
}
