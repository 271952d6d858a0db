import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Which share of the visits had bought by each day after them, loyalty against conquest.
struct CurvesPanel {
    let visits: FinishedVisits
    private var context: ReportContext { visits.context }
    private var window: Int { visits.outcomes.windowDays }

    private struct Side {
        var label: String
        var days: SaleDays
        var share: Proportion
    }

    /// Those with visits enough; visits of unknown relation only where there is nothing else.
    private var sides: [Side] {
        let known = ["loyalty", "conquest"].compactMap(side)
        return known.isEmpty ? [side("")].compactMap { $0 } : known
    }

    private func side(_ label: String) -> Side? {
        guard let tally = visits.tally(.visitsByRelation, [.relation: label]),
            let share = visits.share(.visitsByRelation, [.relation: label])
        else { return nil }
        return Side(label: label, days: SaleDays(tally, context), share: share)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("\(Words.capitalised(visits.words)) that had bought by each day after, %. Band: likely range")
        guard let months = visits.months else {
            return Block(
                say("How long it takes is not known yet"), sub: say("Visits that had bought by each day after, %"),
                plate: NoticePlate(
                    RichText(say("A curve needs a finished month: \(window) days after its last visit."))))
        }
        let sides = sides
        let drawn = sides.filter { $0.days.followed >= context.minimumN }
        for side in drawn {
            guard let end = side.days.share(by: window) else { continue }
            ledger.note(
                page: page, context.figure("TTS-02", months, [.relation: side.label]),
                "visits that had bought by day \(window), \(name(side.label))", estimate: end.estimate.fixed(6),
                lower: end.limits.lower.fixed(6), upper: end.limits.upper.fixed(6), n: side.days.followed,
                method: "Kaplan–Meier, \(end.limits.method)")
        }
        return Block(finding(drawn), sub: sub, note: note(sides), plate: plate(drawn))
    }

    private func name(_ label: String) -> String { label.isEmpty ? say("All visits") : ConversionWords.relation(label) }

    private func finding(_ sides: [Side]) -> String {
        guard sides.count == 2 else {
            guard let only = sides.first else { return say("By day \(window): too few visits") }
            return only.share.estimate.map {
                say("By day \(window) \(Words.share($0, decimals: 1)) of the visits have bought")
            }
                ?? say("By day \(window)")
        }
        let difference = NewcombeDifference(first: sides[0].share, second: sides[1].share)
        guard let estimate = difference.estimate, let limits = difference.interval(), !limits.contains(0) else {
            return say("Loyalty and conquest buy alike: no clear difference by day \(window)")
        }
        let more = estimate > 0 ? sides[0] : sides[1]
        let words = Words.points(abs(estimate), estimate > 0 ? limits : flipped(limits), decimals: 1)
        return more.label == "loyalty" ? say("Loyalty buys more: \(words)") : say("Conquest buys more: \(words)")
    }

    private func flipped(_ limits: ConfidenceInterval) -> ConfidenceInterval {
        ConfidenceInterval(lower: -limits.upper, upper: -limits.lower, level: limits.level, method: limits.method)
    }

    private func note(_ sides: [Side]) -> RichText {
        let few = sides.filter { $0.days.followed < context.minimumN }
        if let one = few.first {
            return RichText("\(name(one.label)), \(Words.tooFew(one.days.followed, of: context.minimumN)).")
        }
        if sides.count == 1, sides[0].label.isEmpty {
            return RichText(
                marked: say("Export **bought_here** with service_visits, and this chart tells loyalty from conquest."))
        }
        return ""
    }

    private func plate(_ sides: [Side]) -> StepCurvePlate {
        let ticks = [0] + SaleDays.named(window)
        let looks: [StepCurvePlate.Curve.Look] = [.main, .other]
        let curves = zip(sides, looks).map { side, look in
            let last = side.days.share(by: window)
            let note = last.map {
                say("likely \(($0.limits.lower * 100).shown(1)) to \(($0.limits.upper * 100).shown(1))")
            }
            return StepCurvePlate.Curve(
                name(side.label), steps: steps(side.days), until: Double(window),
                value: last.map { Words.share($0.estimate, decimals: 1) } ?? "", note: note ?? "", look: look,
                watched: ticks.map { Words.count(side.days.watched($0)) })
        }
        return StepCurvePlate(
            subject: say("Visits that had bought by each day, \(visits.words)"), curves: curves,
            times: Axis(
                lower: 0, upper: Double(window),
                ticks: ticks.map { .init(Double($0), $0 == window ? say("\($0) days") : String($0)) }),
            watchedTitle: say("Still without a sale"), absence: .tooFew(say("too few visits to draw a line")))
    }

    /// The days on which somebody bought, with the share from then on.
    private func steps(_ days: SaleDays) -> [StepCurvePlate.Step] {
        days.curve.curve.steps.filter { $0.events > 0 && $0.time <= Int64(window) }.compactMap { step in
            days.share(by: Int(step.time)).map {
                .init(
                    Double(step.time), $0.estimate * 100,
                    likely: LikelyRange($0.limits.lower * 100, $0.limits.upper * 100))
            }
        }
    }
}

/// How soon those who buy buy: half, three in four, nine in ten.
struct BuyersDaysPanel {
    let visits: FinishedVisits
    private var context: ReportContext { visits.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Days from the visit to the sale, of those who bought")
        guard let months = visits.months else {
            return Block(
                say("When buyers buy: not known yet"), sub: sub, plate: NoticePlate(say("No month is finished yet.")))
        }
        let all = SaleDays(visits.tally(.visitsByRelation), context)
        guard all.buyers >= context.minimumN else {
            return Block(
                say("When buyers buy: \(Words.tooFew(all.buyers, of: context.minimumN))"), sub: sub,
                plate: ParagraphPlate(RichText(say("Sales from the \(visits.words)."))))
        }
        let groups = [("", all)] + ["loyalty", "conquest"].map {
            ($0, SaleDays(visits.tally(.visitsByRelation, [.relation: $0]), context))
        }.filter { $0.1.buyers > 0 }
        let parts = [("TTS-01", 1, 2), ("TTS-03", 3, 4), ("TTS-04", 9, 10)]
        func name(_ relation: String) -> String {
            relation.isEmpty ? say("All") : ConversionWords.shortRelation(relation)
        }
        for (relation, days) in groups where days.buyers >= context.minimumN {
            for part in parts {
                guard let day = days.day(Quantile(numerator: part.1, denominator: part.2)) else { continue }
                ledger.note(
                    page: page, context.figure(part.0, months, relation.isEmpty ? [:] : [.relation: relation]),
                    "day by which \(part.1) in \(part.2) of the buyers had bought, \(name(relation).lowercased())",
                    .count(Int64(day)),
                    n: days.buyers)
            }
        }
        let rows = groups.map { relation, days -> TablePlate.Row in
            guard days.buyers >= context.minimumN else {
                return .row([
                    Label(name(relation)), Label(Words.count(days.buyers)), "–", "–", Label(say("too few"), .quiet),
                ])
            }
            let cells = parts.map { part -> Label in
                let day = days.day(Quantile(numerator: part.1, denominator: part.2))
                return Label(day.map { say("day \($0)") } ?? "–", bold: part.1 == 1 ? true : nil)
            }
            return .row([Label(name(relation)), Label(Words.count(days.buyers))] + cells)
        }
        return Block(
            finding(all), sub: sub,
            plate: StackPlate(
                TablePlate(
                    columns: [
                        .init(say("Buyers")), .init(say("Sales"), align: .right), .init(say("Half"), align: .right),
                        .init(say("3 in 4"), align: .right), .init(say("9 in 10"), align: .right),
                    ], rows: rows, rowHeight: 15.5), bars(all), gap: 12))
    }

    /// How many bought in each stretch of days.
    private func bars(_ all: SaleDays) -> BarsPlate {
        var first = 0
        let rows = SaleDays.named(visits.outcomes.windowDays).map { last -> BarsPlate.Row in
            let count = all.buyers(from: first, to: last)
            let label = first == 0 ? say("Day 0 to \(last)") : say("\(first) to \(last)")
            first = last + 1
            return BarsPlate.Row(label, .value(Double(count)), end: Label(Words.count(count)))
        }
        return BarsPlate(subject: say("Buyers by days since the visit"), rows: rows, rowHeight: 14.5)
    }

    /// What a follow-up would still find.
    private func finding(_ all: SaleDays) -> String {
        let window = visits.outcomes.windowDays
        let late = all.buyers(from: 15, to: window)
        guard window > 14, late > 0 else {
            return all.day(.median).map { say("Half of the buyers by day \($0)") } ?? say("When buyers buy")
        }
        return say("\(Words.count(late)) of \(Words.count(all.buyers)) bought after day 14")
    }
}
