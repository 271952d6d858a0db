import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// What do we ask for? The cover of a credit request: who, whom, which contract and month, how much, and the computation.
enum ClaimLetterPage: ReportPage {
    static let tables: [ReportTable] = [.contractMonths]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let claim = CreditClaim(context), !claim.months.isEmpty else {
            return NoClaim(context, setting).draw(ledger)
        }
        note(claim, page: setting.number, &ledger)
        let headline = headline(claim)
        let feet = PageFeet(context: context, setting: setting, tables: [.outages, .claims])
        var layout = setting.layout(
            context, headline: headline, sentence: sentence(claim),
            footer: feet.footer(first: [say("Times by the clock of the place hit.")], ledger: ledger))
        layout.add(rows: [
            PageRow(.init(span: 7, request(claim)), .init(span: 5, parties(claim))),
            PageRow(height: .weight(1), .init(span: 7, computation(claim)), .init(span: 5, blocks: below(claim))),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func headline(_ claim: CreditClaim) -> String {
        let month = Words.month(claim.context.month)
        guard let due = claim.due else {
            return claim.isMissed
                ? say("\(claim.vendor) broke its promise in \(month); what it owes is not on file")
                : say("\(claim.vendor) kept its promise in \(month)")
        }
        if due > .zero { return say("\(claim.vendor): service credit of \(claim.exact(due)) for \(month)") }
        return claim.isMissed
            ? say("\(claim.vendor) broke its promise in \(month); no tier gives a credit")
            : say("No credit is due from \(claim.vendor) for \(month)")
    }

    private static func sentence(_ claim: CreditClaim) -> RichText {
        guard let first = claim.months.first(where: { $0.standing == .missed }) ?? claim.months.first, first.total > 0
        else {
            return ""
        }
        let systems = claim.systems.isEmpty ? say("its service") : Words.list(claim.systems)
        let (name, reached, promised) = (
            systems.capitalizedFirst, CreditClaim.reached(first), first.contract.availability.shown
        )
        return RichText(
            marked: first.isOver
                ? say("\(name): available **\(reached)** of the month, promised **\(promised)**.")
                : say("\(name): available **\(reached)** of the month so far, promised **\(promised)**."))
    }

    private static func parties(_ claim: CreditClaim) -> Block {
        let context = claim.context
        let owner =
            context.settings.owners[claim.vendor] ?? claim.systems.compactMap { context.settings.owners[$0] }.first
            ?? context.settings.owners["default"]
        var rows: [FactsPlate.Row] = [
            .init(say("From", context: "letter"), Label(context.settings.name, .ink, bold: true)),
            .init(say("To", context: "letter"), Label(claim.vendor, .ink, bold: true)),
            .init(
                say("For", context: "letter"),
                Label(claim.systems.isEmpty ? say("all its systems") : Words.list(claim.systems))),
            .init(say("Month"), Label(Words.month(context.month))),
        ]
        for month in claim.months {
            let contract = month.contract
            let from = contract.from.map { say("from \(Words.dayAndYear($0))", context: "contract") } ?? ""
            let until = contract.until.map { say("to \(Words.dayAndYear($0))", context: "contract") } ?? ""
            let span = [from, until].filter { !$0.isEmpty }.joined(separator: " ")
            rows.append(.init(say("Contract in force"), Label(span.isEmpty ? say("no dates on file") : span)))
            if !contract.stores.isEmpty {
                rows.append(
                    .init(say("Stores covered"), Label(Words.counted(contract.stores.count, "store", "stores"))))
            }
        }
        if let owner {
            rows.append(
                .init(
                    say("Signed for"),
                    Label([owner.name, owner.role ?? ""].filter { !$0.isEmpty }.joined(separator: ", "))))
        }
        return Block(
            say("The contract"), sub: say("Between whom, and for what"), plate: FactsPlate(rows: rows, rowHeight: 15.5))
    }

    private static func computation(_ claim: CreditClaim) -> Block {
        let rows = claim.months.flatMap { lines($0, claim) }
        let due = claim.due.map { claim.exact($0) } ?? say("not known")
        return Block(
            claim.isDue ? say("How \(due) comes about") : say("How the month comes out"),
            sub: say("By the contract, line by line, to the second"),
            plate: TablePlate(
                subject: say("Computation"),
                columns: [.init(say("Line"), flexible: true), .init(say("By the contract"), align: .right)], rows: rows,
                rowHeight: 15.5))
    }

    private static func lines(_ month: ContractMonth, _ claim: CreditClaim) -> [TablePlate.Row] {
        let contract = month.contract
        let clock = contract.measured == .open ? say("open hours") : say("all hours")
        func row(_ name: String, _ value: String) -> TablePlate.Row { .row([Label(name), Label(value, .ink)]) }
        var rows: [TablePlate.Row] = []
        let days =
            month.days.lowerBound == month.month.firstDay && month.days.upperBound == month.month.lastDay
            ? "" : ", \(Words.span(month.days.lowerBound, month.days.upperBound))"
        rows.append(row(say("Time of the month, \(clock)\(days)"), CreditClaim.seconds(month.total)))
        rows.append(
            row(
                contract.maintenance == .excluded
                    ? say("Down, planned maintenance left out") : say("Down, planned maintenance counted"),
                CreditClaim.seconds(month.down)))
        if month.total > 0 {
            rows.append(row(say("Available: 1 − down ÷ time, cut to a thousandth"), CreditClaim.reached(month)))
        }
        rows.append(
            row(say("Promised \(contract.availability.shown): at most down"), CreditClaim.seconds(month.allowance)))
        if let tier = month.tier {
            let below = tier.below.shown
            let name = tier.from.map { say("Tier: below \(below), \($0.shown) or more") } ?? say("Tier: below \(below)")
            let share = "\((Double(tier.creditPermille) / 10).shown(tier.creditPermille % 10 == 0 ? 0 : 1)) %"
            rows.append(row(name, say("\(share) of the fee")))
        } else if month.standing == .missed {
            rows.append(row(say("Tier"), contract.tiers.isEmpty ? say("none on file") : say("none applies")))
        }
        rows.append(row(say("Fee of the month"), month.fee.map { claim.exact($0) } ?? say("not on file")))
        rows.append(
            .total([Label(say("Credit due")), Label(month.creditDue.map { claim.exact($0) } ?? say("not known"))]))
        return rows
    }

    /// Whether it is made in time, what was asked before, and where to sign. It is mailed: no word of what is only ours.
    private static func below(_ claim: CreditClaim) -> [Block] {
        var rows: [FactsPlate.Row] = []
        if claim.isDue {
            let within = claim.months.compactMap(\.contract.claimWithinDays).first
            rows.append(
                .init(
                    say("To be claimed within"),
                    Label(within.map { Words.counted($0, "day", "days") } ?? say("no days are stated"))))
            if let by = claim.claimBy {
                rows.append(.init(say("Last day"), Label("\(Words.weekday(by)) \(by.civil.year)", .ink)))
            }
        }
        for one in claim.claims {
            let asked =
                one.askedAt.isMissing
                ? say("not asked") : say("asked \(Words.day(claim.zone.day(at: one.askedAt.instant)))")
            let answer =
                one.answeredAt.isMissing
                ? say("no answer yet") : say("answered \(Words.day(claim.zone.day(at: one.answeredAt.instant)))")
            let got = one.amountReceived.map { say("\(claim.exact($0)) received") } ?? ""
            let promised = one.promise.isEmpty ? "" : say("Promised: \(one.promise)")
            rows.append(
                .init(
                    Label("\(one.identifier), \(asked)"), Label(answer),
                    note: [got, promised].filter { !$0.isEmpty }.joined(separator: ". ")))
        }
        var finding = claim.isDue ? say("The contract gives no last day") : say("Nothing to ask for")
        if !claim.claims.isEmpty {
            finding = say("Asked for already")
        } else if let left = claim.daysLeft, let by = claim.claimBy, claim.isDue {
            finding =
                left < 0
                ? say("The last day was \(Words.dayAndYear(by))")
                : say("Made in time: \(Words.counted(left, "day", "days")) before the last day")
        }
        let deadline = Block(
            finding, sub: say("By the contract, as of \(Words.dayAndYear(claim.header.asOfDay))"),
            plate: FactsPlate(rows: rows, rowHeight: 16, emptyText: say("Nothing was asked for this month.")))
        guard claim.isMissed else { return [deadline] }
        let signature = Block(
            say("Signed"),
            plate: FactsPlate(
                rows: [.init(say("Place, date"), ""), .init(say("Name"), ""), .init(say("Signature"), "")],
                rowHeight: 27))
        return [deadline, signature]
    }

    private static func request(_ claim: CreditClaim) -> Block {
        var text = ""
        let month = Words.month(claim.context.month)
        if claim.isDue, let due = claim.due {
            let count = Set(claim.months.flatMap(\.pieces).map(\.outage)).count
            let received = claim.claims.reduce(Money.zero) { $0 + ($1.amountReceived ?? .zero) }
            if received >= due {
                return Block(
                    say("To \(claim.vendor)"), sub: say("Service credit received"),
                    plate: ParagraphPlate(
                        RichText(
                            marked: say(
                                """
                                In \(month) your service fell below the availability that our contract promises. We have received the \
                                service credit of **\(claim.exact(received))** and ask for nothing more.
                                """))))
            }
            if received > .zero {
                text += say("Of the credit below we have received **\(claim.exact(received))** and ask for the rest.") + " "
            }
            text += say(
                """
                In \(month) your service fell below the availability that our contract promises. We ask for the service credit of \
                **\(claim.exact(due))** under the contract, to be set off against the next invoice. The next page lists \
                \(Words.counted(count, "outage", "outages")) with our times and, where you published them, yours; logs and tables are \
                attached as CSV. Please answer in writing, with the cause and what will keep it from happening again.
                """)
        } else if claim.isMissed {
            text += say(
                """
                In \(month) your service fell below the availability that our contract promises. Please tell us the cause, and what will \
                keep it from happening again.
                """)
        } else {
            text = say("There is nothing to ask for: by our log the promise was kept in \(month).")
        }
        return Block(
            claim.isMissed ? say("To \(claim.vendor)") : say("No request"),
            sub: claim.isMissed ? say("Request for service credit") : "",
            plate: ParagraphPlate(RichText(marked: text)))
    }

    private static func note(_ claim: CreditClaim, page: Int, _ ledger: inout FigureLedger) {
        let context = claim.context
        for month in claim.months {
            if let reached = month.availability {
                ledger.note(
                    page: page, FigureID("VEND-01", month.month, claim.slice),
                    "\(claim.vendor), availability of the month",
                    estimate: reached.fixed(6), n: Int(month.total))
            }
            ledger.note(
                page: page, FigureID("VEND-02", month.month, claim.slice),
                "\(claim.vendor), seconds down by the contract",
                count: Int(month.down))
        }
        if let due = claim.due {
            ledger.note(
                page: page, FigureID("VEND-03", context.month, claim.slice), "\(claim.vendor), credit due", .money(due),
                n: claim.months.count)
        }
    }
}

/// A claim that cannot be written: no vendor chosen, or no contract in force in the month.
struct NoClaim {
    let context: ReportContext
    let setting: PageSetting
    init(_ context: ReportContext, _ setting: PageSetting) {
        self.context = context
        self.setting = setting
    }

    func draw(_ ledger: FigureLedger) -> DrawnPage {
        let vendors = Set(context.settings.contracts.map(\.vendor)).sorted()
        let month = Words.month(context.month)
        var headline = say("No contract is on file: nobody can claim")
        var sentence: RichText = say(
            "Enter what each vendor promises under contracts: in dealership.yaml: availability, fee, credit tiers, days to claim."
        )
        if let vendor = context.request.vendor {
            headline =
                vendors.contains(vendor)
                ? say("Nothing is known of \(vendor) in \(month)") : say("No contract with \(vendor) is on file")
            if vendors.contains(vendor) {
                sentence = say("The contract was not in force then, or the outage log does not reach there.")
            }
        } else if !vendors.isEmpty {
            headline = say("Choose a vendor: \(Words.list(Array(vendors.prefix(6))))")
            sentence = say("Give --vendor and the name of one of them.")
        }
        return MissingPage(
            context: context, setting: setting, headline: headline, sentence: sentence,
            needs: [
                .init(
                    panel: say("When it was down"), table: .outages,
                    holds: say("outages with vendor, system, started_at, ended_at, vendor’s times")),
                .init(
                    panel: say("What was asked and answered"), table: .claims,
                    holds: say("claims with vendor, asked_at, amounts")),
            ], reads: [.outages]
        ).draw(ledger)
    }
}
