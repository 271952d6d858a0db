import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// When was it down, and who says so? The month's outages of the contract, our times beside the vendor's, and what we lost.
enum ClaimEvidencePage: ReportPage {
    static let tables: [ReportTable] = [.costs]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let claim = CreditClaim(context), !claim.months.isEmpty else {
            return NoClaim(context, setting).draw(ledger)
        }
        let evidence = EvidencePanel(claim: claim)
        let losses = losses(claim, page: setting.number, &ledger)
        let headline = evidence.headline
        let feet = PageFeet(context: context, setting: setting, tables: [.outages, .claims])
        var layout = setting.layout(
            context, headline: headline, sentence: RichText(marked: evidence.sentence),
            footer: feet.footer(first: [say("Times by the clock of the place hit.")], ledger: ledger))
        let events = evidence.events()
        layout.add(rows: [
            PageRow(.init(span: 12, evidence.timeline())), PageRow(.init(span: 12, evidence.table())),
            losses.map { PageRow(.init(span: 7, events), .init(span: 5, $0)) } ?? PageRow(.init(span: 12, events)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    /// Stated for the vendor; no part of the credit.
    private static func losses(_ claim: CreditClaim, page: Int, _ ledger: inout FigureLedger) -> Block? {
        let context = claim.context
        var rows: [FactsPlate.Row] = []
        for loss in claim.losses {
            let identifier = loss.label.split(separator: ",").first.map(String.init) ?? ""
            let isGross = loss.low != loss.high
            ledger.note(
                page: page, context.figure(isGross ? "COST-01" : "COST-02", context.month, [.outage: identifier]),
                loss.label,
                estimate: loss.middle?.description ?? "", lower: loss.low?.description ?? "",
                upper: loss.high?.description ?? "", n: 1, method: loss.origin)
            guard let middle = loss.middle, let low = loss.low, let high = loss.high else { continue }
            let words =
                low == high
                ? Words.money(middle, context.settings)
                : say("likely \(Words.money(low, context.settings)) to \(Words.money(high, context.settings))")
            // The label of the attached table is English.
            let name =
                loss.label.hasSuffix(", staff time")
                ? say("\(identifier), staff time") : say("\(identifier), gross not earned")
            rows.append(.init(Label(name), Label(words)))
        }
        guard !rows.isEmpty else { return nil }
        return Block(
            say("What it cost us"), sub: say("For your information; no part of the credit"),
            plate: FactsPlate(rows: Array(rows.prefix(4)), rowHeight: 15))
    }
}

/// The outages that count against a contract's month.
struct EvidencePanel {
    let claim: CreditClaim
    private var context: ReportContext { claim.context }
    private var header: JournalHeader { claim.header }
    private static let most = 9
    private static let mostEvents = 9

    /// One an outage and store: what of it counts.
    private var pieces: [ContractMonth.Piece] { claim.months.flatMap(\.pieces) }
    private var outages: [Int] { Set(pieces.map(\.outage)).sorted() }

    var headline: String {
        guard !outages.isEmpty else {
            return say("No outage counts against the contract in \(Words.monthName(context.month))")
        }
        let down = claim.months.reduce(Int64(0)) { $0 + $1.down }
        return say(
            "\(Words.counted(outages.count, "outage", "outages")), \(CreditClaim.seconds(down)) by the contract’s clock"
        )
    }

    var sentence: String {
        let published = outages.filter { header.outages[$0].vendorStart != nil }
        if outages.isEmpty { return say("Our log has none of its systems in the month.") }
        if published.isEmpty {
            return say("No times published by \(claim.vendor) are on file; our own log is the evidence.")
        }
        let compared = published.map { header.outages[$0] }.filter { $0.vendorEnd != nil && $0.end != nil }
        let ours = compared.reduce(Int64(0)) { $0 + $1.down(header).seconds }
        let theirs = compared.reduce(Int64(0)) {
            $0 + max(($1.vendorEnd ?? $1.start) - ($1.vendorStart ?? $1.start), 0)
        }
        if compared.isEmpty { return say("\(claim.vendor) published a beginning, and no end.") }
        let difference = ours - theirs
        if difference == 0 { return say("\(claim.vendor)’s published times agree with ours.") }
        let count = Words.counted(compared.count, "outage", "outages")
        let (told, logged) = (CreditClaim.seconds(theirs), CreditClaim.seconds(ours))
        let apart = CreditClaim.seconds(abs(difference))
        return difference > 0
            ? say("For \(count) \(claim.vendor) published \(told); we logged \(logged), **\(apart) more**.")
            : say("For \(count) \(claim.vendor) published \(told); we logged \(logged), **\(apart) less**.")
    }

    func timeline() -> Block {
        let first = context.month.firstDay
        let count = context.month.lastDay - first + 1
        func position(_ instant: Instant) -> Double {
            let days = Double(claim.zone.localSeconds(at: instant) - Int64(first.number) * 86_400) / 86_400
            return min(max(days, 0), Double(count))
        }
        let systems = Set(outages.map { OutageLog.title(header.outages[$0]) }).sorted()
        var rows: [TimelinePlate.System] = []
        for system in systems.prefix(4) {
            let own = outages.map { header.outages[$0] }.filter { OutageLog.title($0) == system }
            rows.append(
                .init(
                    say("\(system), our log"),
                    own.flatMap { outage in
                        outage.down(header).intervals.map {
                            .init(from: position($0.lowerBound), to: position($0.upperBound), label: "")
                        }
                    }))
            let published = own.compactMap { outage -> TimelinePlate.Outage? in
                outage.vendorStart.map {
                    .init(from: position($0), to: position(outage.vendorEnd ?? outage.end ?? header.asOf), label: "")
                }
            }
            rows.append(.init(say("\(claim.vendor) says"), published, remark: say("no times on file")))
        }
        if rows.isEmpty { rows = [.init(claim.vendor, [], remark: say("no outage recorded"))] }
        let days = (0..<count).map { offset -> TimelinePlate.Day in
            let day = first + offset
            let isMarked = day.weekday == 0 || offset == 0
            let label =
                isMarked ? (offset < 7 ? "\(Words.dayNames[day.weekday]) \(day.civil.day)" : "\(day.civil.day)") : ""
            if day > header.asOfDay { return .init(label, .tooFew(say("not yet over"))) }
            return .init(label, .value(hoursDown(day)))
        }
        return Block(
            say("When it was down in \(Words.month(context.month))"),
            sub: Colours.named(say("Orange: down. Below: hours down a day")),
            plate: TimelinePlate(
                subject: say("Outages of \(claim.vendor)"), days: days, systems: rows,
                volumeTitle: say("Hours down a day")))
    }

    private func hoursDown(_ day: Day) -> Double {
        let whole = IntervalSet([claim.zone.startOfDay(day)..<claim.zone.startOfDay(day + 1)])
        let down = outages.reduce(IntervalSet.empty) { $0.union(header.outages[$1].down(header)) }
        return Double(down.intersection(whole).seconds) / 3_600
    }

    func table() -> Block {
        let isOfStores = Set(pieces.map(\.store)).count > 1
        let rows = pieces.map { piece -> TablePlate.Row in
            let outage = header.outages[piece.outage]
            let isDay = outage.precision == .day
            let end =
                outage.isOpen(header) && piece.span.upperBound >= header.asOf
                ? say("still down") : claim.time(piece.span.upperBound, store: piece.store, isDay: isDay)
            var vendor = "–"
            if let start = outage.vendorStart {
                vendor =
                    claim.time(start, store: piece.store, isDay: isDay) + " – "
                    + (outage.vendorEnd.map { claim.time($0, store: piece.store, isDay: isDay) } ?? say("no end"))
            }
            return .row(
                [Label(outage.identifier, .ink), Label(OutageLog.title(outage))]
                    + (isOfStores ? [Label(header.stores[Int(piece.store)].name)] : []) + [
                        Label(claim.time(piece.span.lowerBound, store: piece.store, isDay: isDay)), Label(end),
                        Label(CreditClaim.seconds(piece.seconds), .ink, bold: true), Label(vendor, .quiet),
                        Label(EvidencePanel.origin(outage), .quiet),
                    ])
        }
        let more = rows.count - EvidencePanel.most
        return Block(
            say("Our times beside \(claim.vendor)’s"),
            sub: say("Counted: what no earlier row covers, by the contract’s clock"),
            note: more > 0 ? RichText(say("And \(more) more rows in the attached table.")) : "",
            plate: TablePlate(
                subject: say("Evidence"),
                columns: [.init(say("Outage")), .init(say("System"))] + (isOfStores ? [.init(say("Store"))] : []) + [
                    .init(say("From")), .init(say("To")), .init(say("Counted"), align: .right),
                    .init(say("\(claim.vendor) published"), flexible: true),
                    .init(say("Source")),
                ], rows: Array(rows.prefix(EvidencePanel.most)), rowHeight: 15,
                emptyText: say("no outage of the contract in the month")))
    }

    /// What happened when, by whose record.
    func events() -> Block {
        let all = context.claimPack?.timeline ?? []
        let days = Set(outages.filter { header.outages[$0].precision == .day }.map { header.outages[$0].identifier })
        let shown = all.prefix(EvidencePanel.mostEvents)
        let more = all.count - shown.count
        return Block(
            say("What happened when"), sub: say("In order of time, by whose record"),
            note: more > 0 ? RichText(say("And \(more) more in the attached table.")) : "",
            plate: TablePlate(
                subject: say("Events"),
                columns: [
                    .init(say("At", context: "time")), .init(say("Outage")), .init(say("What"), flexible: true),
                    .init(say("Record")),
                ],
                rows: shown.map { event in
                    .row([
                        Label(claim.time(event.at, store: -1, isDay: days.contains(event.outage)), .ink),
                        Label(event.outage),
                        Label(EvidencePanel.words(event)),
                        Label(event.origin == .ours ? say("ours") : claim.vendor, .quiet),
                    ])
                }, rowHeight: 14.5, emptyText: say("nothing in this month")))
    }

    /// The attached table has them in English.
    private static func words(_ event: ClaimPack.Event) -> String {
        switch event.words {
        case "down": say("down", context: "stage")
        case "down again": say("down again")
        case "restored": say("restored", context: "stage")
        case "back for a while": say("back for a while")
        case "detected": say("detected", context: "stage")
        case "acknowledged": say("acknowledged", context: "stage")
        case "customers told": say("customers told")
        case "start published by the vendor": say("start published by the vendor")
        case "end published by the vendor": say("end published by the vendor")
        default: event.words
        }
    }

    private static func origin(_ outage: Outage) -> String {
        switch outage.origin {
        case .monitorEvents: say("monitor", context: "record")
        case .outageUpdates: say("status page")
        default: say("outage log")
        }
    }
}
