import Basis
import Dealership
import Drawing
import Measures

/// What the ladder gives whom an outage (or a month's outages) hit, what was given, and what is still owed.
struct Remedies {
    struct Rung {
        /// Position in the ladder.
        var position: Int
        var give: String
        var due: Int
        /// Nil: no remedies are on record.
        var given: Int?
        var owed: Int?
        var amountOwed: Money?
    }

    let context: ReportContext
    let table: ReportTable
    let slice: [Dimension: String]
    /// From the largest remedy to the smallest, those that are due to somebody.
    let rungs: [Rung]
    let hasLadder: Bool

    init(_ context: ReportContext, _ table: ReportTable, _ slice: [Dimension: String]) {
        self.context = context
        self.table = table
        self.slice = slice
        let ladder = context.settings.ladder
        hasLadder = ladder != nil
        rungs = (ladder?.rungs ?? []).enumerated().reversed().compactMap { position, rung -> Rung? in
            let own = slice.merging([.rung: String(position + 1)]) { $1 }
            guard let due = context.count(table, "due", own), due > 0 else { return nil }
            var amount: Money?
            if case .money(let owed) = context.cell(table, "amount_owed", own) { amount = owed }
            return Rung(
                position: position, give: rung.give, due: due, given: context.count(table, "given", own),
                owed: context.count(table, "owed", own), amountOwed: amount)
        }
    }

    func count(_ column: String) -> Int? { context.count(table, column, slice) }
    var due: Int? { hasLadder ? count("due") : nil }
    var owed: Int? { hasLadder ? count("owed") : nil }
    var amountGiven: Money? {
        if case .money(let amount) = context.cell(table, "amount_given", slice) { return amount }
        return nil
    }

    static func title(_ give: String) -> String { give.capitalizedFirst }
}

struct RemediesPanel {
    let remedies: Remedies
    /// What it is of, for the ledger: an outage's title, or the month's.
    let title: String
    let month: Month
    /// The same without remedies' slice for a whole month.
    let sub: String
    private var context: ReportContext { remedies.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard remedies.hasLadder else {
            return Block(
                say("Who is owed is not decided"), sub: sub,
                plate: NoticePlate(
                    say(
                        """
                        Decide what a customer gets whom an outage hits, from an apology to a call, under ladder: in dealership.yaml. \
                        Then everybody who is owed something stands here.
                        """), showsFrame: false))
        }
        note(page: page, &ledger)
        guard let due = remedies.due else {
            return Block(
                say("Whom it hit is not known"), sub: sub,
                plate: NoticePlate(
                    say("Export messages or appointments to see who was hit."), isMissing: true, showsFrame: false))
        }
        guard due > 0 else {
            return Block(
                say("Nothing is due to anybody"), sub: sub, note: complaints, plate: ParagraphPlate(RichText(nothing)))
        }
        return Block(finding(due), sub: sub, signal: (remedies.owed ?? 0) > 0, note: complaints, plate: table)
    }

    private var nothing: String {
        let exposed = remedies.count("exposed") ?? 0
        let hit = Words.count(exposed)
        return exposed == 0
            ? say("No customer on record was hit.")
            : say(
                exposed, "\(hit) customer was hit; no rung of your ladder applies to them.",
                "\(hit) customers were hit; no rung of your ladder applies to them.")
    }

    private func finding(_ due: Int) -> String {
        guard let owed = remedies.owed else {
            return say(
                due, "Something is due to \(Words.count(due)) customer",
                "Something is due to \(Words.count(due)) customers")
        }
        if owed == 0 {
            return due == 1
                ? say("The one customer owed has had it")
                : say("All \(Words.count(due)) customers owed have had theirs")
        }
        let others = due - owed
        let lesser = remedies.count("lesser") ?? 0
        let had =
            others == 0
            ? (lesser > 0 ? say("none in full yet") : say("nothing given yet"))
            : say(others, "\(Words.count(others)) has had theirs", "\(Words.count(others)) have had theirs")
        return say(owed, "\(Words.count(owed)) customer owed, \(had)", "\(Words.count(owed)) customers owed, \(had)")
    }

    private var table: TablePlate {
        let knows = remedies.owed != nil
        var rows = remedies.rungs.map { rung in
            TablePlate.Row.row([
                Label(Remedies.title(rung.give)), Label(Words.count(rung.due)),
                Label(rung.given.map(Words.count) ?? "–"),
                rung.owed.map {
                    $0 > 0 ? .bad(Words.count($0), cue: .ring) : Label(say("none", context: "customers"), .quiet)
                } ?? Label("–", .quiet),
                Label(rung.amountOwed.map { $0 > .zero ? Words.money($0, context.settings) : "–" } ?? "–"),
            ])
        }
        if rows.count > 1, knows {
            var amount: Money?
            if case .money(let owed) = context.cell(remedies.table, "amount_owed", remedies.slice) { amount = owed }
            rows.append(
                .total([
                    Label(say("Together")), Label(Words.count(remedies.due ?? 0)),
                    Label(Words.count(remedies.count("given") ?? 0)),
                    Label(Words.count(remedies.owed ?? 0)),
                    Label(amount.map { $0 > .zero ? Words.money($0, context.settings) : "–" } ?? "–"),
                ]))
        }
        return TablePlate(
            subject: say("Remedies by rung"),
            columns: [
                .init(say("What your ladder gives"), flexible: true), .init(say("Due to"), align: .right),
                .init(say("Given"), align: .right),
                .init(say("Owed"), align: .right), .init(say("Worth"), align: .right),
            ], rows: rows, rowHeight: 16)
    }

    private var complaints: RichText {
        var parts: [String] = []
        if remedies.due != nil, remedies.owed == nil, (remedies.due ?? 0) > 0 {
            parts.append(say("What was given is not on record: exports/remedies.csv."))
        }
        if let lesser = remedies.count("lesser"), lesser > 0 {
            parts.append(say("\(Words.count(lesser)) of those owed had less, or something else."))
        }
        if let over = remedies.count("over_apologised"), over > 0 {
            let most = context.settings.ladder?.mostApologies ?? 2
            let (customers, apologies) = (Words.count(over), Words.counted(most, "apology", "apologies"))
            parts.append(
                say(
                    over, "**\(customers) customer has had more than \(apologies)**: call rather than write again.",
                    "**\(customers) customers have had more than \(apologies)**: call rather than write again."))
        }
        if let without = remedies.count("without_due"), without > 0 {
            let customers = Words.count(without)
            parts.append(
                say(
                    without, "\(customers) customer was given something though nothing was due.",
                    "\(customers) customers were given something though nothing was due."))
        }
        if let all = remedies.count("complaints"), all > 0 {
            let ends = [
                ("solved", say("solved", context: "complaints")), ("declined", say("declined our offer")),
                ("parted", say("left us")),
                ("open_complaints", say("open", context: "complaints")),
            ].compactMap { column, words in
                remedies.count(column).flatMap { $0 > 0 ? "\(Words.count($0)) \(words)" : nil }
            }
            parts.append("\(Words.counted(all, "complaint", "complaints")): \(Words.list(ends)).")
        }
        return RichText(marked: parts.joined(separator: " "))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        func add(_ code: String, _ label: String, _ column: String, _ slice: [Dimension: String]) {
            let cell = context.cell(remedies.table, column, slice)
            guard !cell.plain.isEmpty else { return }
            ledger.note(
                page: page, context.figure(code, month, slice), "\(title), \(label)", cell,
                n: remedies.count("exposed") ?? 0)
        }
        for rung in remedies.rungs {
            let own = remedies.slice.merging([.rung: String(rung.position + 1)]) { $1 }
            add("REM-01", "due: \(rung.give)", "due", own)
            add("REM-03", "owed: \(rung.give)", "owed", own)
        }
        add("REM-01", "customers a remedy is due to", "due", remedies.slice)
        add("REM-02", "of them given", "given", remedies.slice)
        add("REM-03", "of them owed", "owed", remedies.slice)
        add("REM-04", "worth of what is owed", "amount_owed", remedies.slice)
        add("REM-05", "complaints", "complaints", remedies.slice)
    }
}

/// Customers still owed something, those of the largest remedy first: the list to act on.
struct OwedListPanel {
    let incident: Incident
    private var context: ReportContext { incident.context }

    func block() -> Block {
        let command = "kpi owed DIR --outage \(incident.outage.identifier)"
        guard let owed = context.details.owed, let ladder = context.settings.ladder else {
            return Block(
                say("Names are not listed"), sub: say("Customers still owed"),
                plate: ParagraphPlate(
                    RichText(
                        context.settings.ladder == nil
                            ? say("Without a ladder nobody is owed anything yet.") : say("\(command) lists them."))))
        }
        guard !owed.isEmpty else {
            return Block(say("Nobody is owed anything"), sub: say("Customers still owed"), plate: ParagraphPlate(""))
        }
        let isOfStores = Set(owed.map(\.store)).count > 1
        var rows: [TablePlate.Row] = []
        var rung: Int?
        for customer in owed {
            if customer.rung != rung, ladder.rungs.indices.contains(customer.rung) {
                let count = owed.count { $0.rung == customer.rung }
                rows.append(.group(number: Words.count(count), title: Remedies.title(ladder.rungs[customer.rung].give)))
                rung = customer.rung
            }
            rows.append(
                .row(
                    [Label(customer.number, .ink)] + (isOfStores ? [Label(customer.store)] : []) + [
                        Label(customer.waited.map { Words.duration($0) } ?? "–"), Label(customer.cost),
                        Label(customer.hasLesser ? say("less given") : say("nothing given"), .quiet),
                    ]))
        }
        return Block(
            say("\(Words.counted(owed.count, "customer", "customers")) to act on"),
            sub: say("Numbers as exported; \(command) has them all"),
            plate: TablePlate(
                subject: say("Customers still owed"),
                columns: [.init(say("Customer"))] + (isOfStores ? [.init(say("Store"))] : []) + [
                    .init(say("Waited"), align: .right), .init(say("What it cost"), flexible: true),
                    .init(say("So far"), align: .right),
                ], rows: rows, rowHeight: 13.5))
    }
}
