import Basis
import Dealership
import Drawing
import Measures

/// Who knew when: our times and the vendor's own, with what lies between.
struct TimesPanel {
    let incident: Incident
    private var outage: Outage { incident.outage }
    private var context: ReportContext { incident.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        return Block(finding, sub: sub, note: note, plate: FactsPlate(rows: rows, rowHeight: 15.5))
    }

    private var sub: String {
        incident.isDayPrecise
            ? say("Known by the day alone: no hour is claimed") : say("Our log; in brackets how long after it began")
    }

    private var finding: String {
        if let difference, difference != 0, !incident.isDayPrecise {
            let words = Words.duration(abs(difference))
            return difference > 0
                ? say("We saw it down \(words) longer than the vendor says")
                : say("The vendor says \(words) more than we saw")
        }
        if outage.vendorStart != nil, difference == 0 { return say("The vendor’s times agree with ours") }
        if let notified = outage.notified, !incident.isDayPrecise, notified >= outage.start {
            return say("Customers were told after \(Words.duration(notified - outage.start))")
        }
        return outage.notified == nil ? say("Nobody wrote down when customers were told") : say("Who knew when")
    }

    /// Seconds that we saw it down beyond what the vendor publishes; nil: it published no end.
    private var difference: Int64? {
        guard let start = outage.vendorStart, let end = outage.vendorEnd, end >= start, outage.end != nil else {
            return nil
        }
        return incident.seconds - (end - start)
    }

    private var rows: [FactsPlate.Row] {
        let first = incident.zone.day(at: outage.start)
        var rows = [FactsPlate.Row(say("Began"), Label(incident.words(outage.start), .ink, bold: true))]
        func add(_ name: String, _ instant: Instant?, missing: String) {
            guard let instant else {
                rows.append(.init(Label(name), Label(missing, .quiet)))
                return
            }
            let after = incident.after(instant)
            let words = incident.words(instant, without: first)
            rows.append(.init(Label(name), Label(after.isEmpty ? words : "\(words) (\(after))", .ink)))
        }
        add(say("Seen by us"), outage.detected, missing: say("not recorded"))
        add(say("Acknowledged"), outage.acknowledged, missing: say("not recorded"))
        add(say("Customers told"), outage.notified, missing: say("not recorded"))
        for span in incident.down.intervals.dropFirst() {
            rows.append(.init(say("Down again"), Label(incident.words(span.lowerBound), .ink, bold: true)))
        }
        if incident.isDayPrecise, !incident.isStillDown {
            rows.append(
                .init(say("Back for good"), Label(say("in the course of \(Words.day(incident.lastDay))"), .ink)))
        } else {
            add(
                incident.isStillDown ? say("Back") : say("Back for good"), incident.isStillDown ? nil : outage.end,
                missing: say("still down"))
        }
        rows.append(.init(say("Fault"), Label(incident.fault)))
        if let stores = incident.stores { rows.append(.init(say("Hit"), Label(stores))) }
        rows.append(.init(say("Vendor says"), Label(vendorWords, outage.vendorStart == nil ? .quiet : .ink)))
        return rows
    }

    private var vendorWords: String {
        guard let start = outage.vendorStart else { return say("nothing on file") }
        guard let end = outage.vendorEnd else { return say("from \(incident.words(start)), no end given") }
        let own = incident.zone.day(at: start)
        return "\(incident.words(start))–\(incident.words(end, without: own))"
    }

    private var note: RichText {
        outage.vendor.isEmpty && outage.vendorStart == nil
            ? ""
            : outage.vendorStart == nil
                ? RichText(
                    say(
                        "Note the vendor’s own times (vendor_started_at, vendor_ended_at): a claim stands or falls with them."
                    ))
                : ""
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        let context = context
        // Downtime is split at month ends: the figure is of all months that it lasted.
        let months = incident.month...max(incident.lastDay.month, incident.month)
        ledger.note(
            page: page, context.figure("OUT-07", months, incident.slice),
            "\(incident.title), seconds down by the clock",
            count: Int(incident.seconds))
        guard let open = context.count(.incidents, "open_seconds_down", incident.slice) else { return }
        ledger.note(
            page: page, context.figure("OUT-03", months, incident.slice), "\(incident.title), open seconds down",
            count: open)
    }
}

extension Incident {
    /// The month that its figures are of: that of its start.
    var month: Month { zone.month(at: outage.start) }
}
