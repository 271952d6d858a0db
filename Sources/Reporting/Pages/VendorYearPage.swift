import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// With which vendors do we stay? A year of promises, outages, claims, and the owner's verdict.
enum VendorYearPage: ReportPage {
    static let tables: [ReportTable] = [.scorecards, .contractMonths]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let year = VendorYear(context)
        guard !year.vendors.isEmpty else { return missing(context, setting).draw(ledger) }
        let limit = setting.definition[.vendors]
        let promise = PromisePanel(year: year, limit: limit).block(
            page: setting.number, isNarrow: setting.format.isPortrait, ledger: &ledger)
        let credit = CreditPanel(year: year, limit: min(limit, 6)).block(page: setting.number, ledger: &ledger)
        let headline = headline(year)
        let feet = PageFeet(context: context, setting: setting, tables: [.outages, .claims])
        var layout = setting.layout(
            context, headline: headline, sentence: sentence(year),
            footer: feet.footer(first: footNotes(year), ledger: ledger))
        layout.add(rows: [
            PageRow(.init(span: 12, promise)),
            PageRow(
                height: .weight(1), .init(span: 7, VerdictPanel(year: year, limit: limit).block()),
                .init(span: 5, blocks: [credit, NoticePanel(year: year, limit: 4).block()])),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func headline(_ year: VendorYear) -> String {
        let (leave, watch) = (year.of(.switch), year.of(.watch))
        func names(_ vendors: [VendorYear.Vendor]) -> String {
            vendors.count <= 3 ? Words.list(vendors.map(\.name)) : say("\(vendors.count) vendors")
        }
        if year.rule == nil {
            let missed = year.thatMissed
            if year.underContract.isEmpty {
                return say(
                    "No contract and no rule on file: \(Words.counted(year.vendors.count, "vendor", "vendors")) unjudged"
                )
            }
            return missed.isEmpty
                ? say("Every promise kept; no rule set, so no verdict")
                : missed.count == 1
                    ? say("\(names(missed)) missed its promise; no rule set, so no verdict")
                    : say("\(names(missed)) missed their promise; no rule set, so no verdict")
        }
        if !leave.isEmpty {
            return watch.isEmpty
                ? say("Your rule says switch: \(names(leave))")
                : say("Your rule says switch: \(names(leave)); watch \(names(watch))")
        }
        if !watch.isEmpty { return say("Your rule says watch: \(names(watch))") }
        if year.of(.stay).isEmpty {
            return say("Too few months to judge: \(year.months) of \(year.monthsWanted) needed")
        }
        return year.vendors.count == 1
            ? say("Your rule says stay with \(year.vendors[0].name)") : say("Your rule says stay with every vendor")
    }

    private static func sentence(_ year: VendorYear) -> RichText {
        let outages = year.vendors.reduce(0) { $0 + $1.outages }
        let months = Words.counted(year.months, "month", "months")
        guard outages > 0 else { return RichText(say("No outage of a vendor on record in \(months).")) }
        let most = year.vendors.max { ($0.wallSeconds, $1.name) < ($1.wallSeconds, $0.name) }
        let longest =
            most.map { say("**\($0.name) was down longest, \(Words.duration($0.wallSeconds))** in all.") } ?? ""
        let vendors = Words.counted(year.vendors.count, "vendor", "vendors")
        return RichText(
            marked: say("\(Words.counted(outages, "outage", "outages")) of \(vendors) in \(months). \(longest)"))
    }

    private static func footNotes(_ year: VendorYear) -> [String] {
        [
            say("Own faults do not count."), say("Availability by each contract’s own clock."),
            say("No mean below 3 outages."),
        ]
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        let has = context.header.has(.outages)
        return MissingPage(
            context: context, setting: setting,
            headline: has
                ? say("No vendor is on file: nobody can be judged") : say("No outage log: no vendor can be judged"),
            sentence: has
                ? say(
                    "Name each system’s vendor under outages: systems: in dealership.yaml, and what it promises under contracts:."
                )
                : say("Write down every outage: which system, whose, from when to when. A spreadsheet will do."),
            needs: [
                .init(
                    panel: say("Who was down, how long"), table: .outages,
                    holds: say("outages with system, vendor, started_at, ended_at")),
                .init(
                    panel: say("What was asked and answered"), table: .claims,
                    holds: say("claims with vendor, asked_at, answered_at")),
            ], reads: [.outages])
    }
}
