import Basis
public import Dealership
public import Drawing

/// The list of customers owed on paper, by rung, the header repeated on every page.
public struct OwedPages {
    public let list: OwedList
    public let selection: OwedList.Selection
    public let header: JournalHeader
    public let format: PageFormat
    public let theme: Theme
    public let measurer: any TextMeasurer
    /// Names and whole phone numbers, not customers' numbers and last digits.
    public let showsCustomers: Bool

    public init(
        list: OwedList, selection: OwedList.Selection, header: JournalHeader, format: PageFormat,
        theme: Theme = .standard,
        measurer: any TextMeasurer, showsCustomers: Bool = false
    ) {
        self.list = list
        self.selection = selection
        self.header = header
        self.format = format
        self.theme = theme
        self.measurer = measurer
        self.showsCustomers = showsCustomers
    }

    /// At least one page: where nobody is owed it says so.
    public func draw() -> [DrawnPage] {
        ListPages(
            format: format, headline: headline, layout: { layout(page: $0, of: $1) }, block: block
        ).draw(table, isEmpty: list.items.isEmpty)
    }

    public var headline: String {
        if !header.knows(.outages), header.outages.isEmpty { return say("No outage is on record") }
        if list.items.isEmpty {
            return list.satisfied > 0
                ? say("Everybody has had theirs: \(Words.counted(list.satisfied, "customer", "customers"))")
                : say("Nobody is owed anything")
        }
        let owed = Words.count(list.items.count)
        if list.items.allSatisfy({ $0.given.isEmpty }), list.satisfied == 0 {
            return say(
                list.items.count, "\(owed) customer is owed, nothing given yet",
                "\(owed) customers are owed, nothing given yet")
        }
        // Elsewhere it stands inside a sentence.
        return say(list.items.count, "\(owed) customer is owed", "\(owed) customers are owed").capitalizedFirst
    }

    private var sentence: RichText {
        if !header.has(.remedies) {
            return say("No remedies are exported: what anybody was given is not known.")
        }
        var parts: [String] = []
        if list.satisfied > 0 { parts.append(say("\(Words.count(list.satisfied)) others have had theirs")) }
        if list.withoutDue > 0 {
            parts.append(say("\(Words.count(list.withoutDue)) were given something though nothing was due"))
        }
        let lesser = list.items.count { !$0.given.isEmpty }
        if lesser > 0 { parts.append(say("\(Words.count(lesser)) of those owed were given less, or something else")) }
        return parts.isEmpty
            ? say("The ladder is yours: `ladder:` in dealership.yaml.")
            : RichText(parts.joined(separator: "; ").capitalizedFirst + ".")
    }

    private func block(_ table: TablePlate) -> Block {
        let outages = Set(list.items.map(\.outage)).count
        return Block(
            list.items.isEmpty ? say("Nothing to give") : say("To whom, and what"),
            sub: outages == 1
                ? say("Of outage \(list.items[0].outage)")
                : say(outages, "Of \(outages) outage", "Of \(outages) outages"),
            plate: table)
    }

    private func layout(page: Int, of pages: Int) -> PageLayout {
        let place =
            selection.store.flatMap { id in header.stores.first { $0.identifier == id }?.name } ?? header.settings.name
        return PageLayout(
            format: format, theme: theme, measurer: measurer,
            header: PageHeader(
                question: say("Who is owed?"), headline: headline, sentence: sentence, place: place,
                period: Words.dayAndYear(header.asOfDay)),
            footer: PageFooter(
                first:
                    say(
                        "As of \(Words.asOf(header)). Waited: open hours until the answer, or until now."
                    ),
                second:
                    say(
                        "One rung a customer and outage, the highest that holds. The ladder stands in dealership.yaml. REM"
                    ),
                page: page, pages: pages))
    }

    private var table: TablePlate {
        let isOfStores = Set(list.items.map(\.store)).count > 1
        let isOfOutages = Set(list.items.map(\.outage)).count > 1
        var rows: [TablePlate.Row] = []
        var rung: Int?
        for item in list.items {
            if item.rung != rung {
                rung = item.rung
                let count = list.items.count { $0.rung == item.rung }
                let amount = item.amount.map { ", \(Words.money($0, header.settings))" } ?? ""
                rows.append(
                    .group(
                        number: Words.count(count),
                        title: item.due.capitalizedFirst + amount))
            }
            rows.append(.row(cells(item, isOfStores, isOfOutages)))
        }
        var columns: [TablePlate.Column] = [.init(say("Customer"))]
        if isOfStores { columns.append(.init(say("Store"))) }
        columns.append(.init(say("Phone")))
        if isOfOutages { columns.append(.init(say("Outage"))) }
        columns += [
            .init(say("Since")), .init(say("Waited")), .init(say("What it cost the customer"), flexible: true),
            .init(say("Given so far")),
            .init(say("By whom")), .init(say("Until")),
        ]
        return TablePlate(
            subject: say("Customers owed by rung"), columns: columns, rows: rows,
            emptyText: say("Nobody is owed anything."))
    }

    /// Open hours, which no number of days says.
    private func waited(_ item: OwedList.Item) -> String {
        if item.waited <= 0 { return "–" }
        let minutes = (item.waited + 30) / 60
        if minutes < 60 { return say("\(max(minutes, 1)) min") }
        return "\(Words.count(Int(minutes / 60))) h \(twoDigits(minutes % 60))"
    }

    private func cells(_ item: OwedList.Item, _ isOfStores: Bool, _ isOfOutages: Bool) -> [Label] {
        let customer = showsCustomers && !item.name.isEmpty ? item.name : item.customer
        let phone = showsCustomers ? item.phone : OwedList.masked(item.phone)
        let flags = [
            item.lost, item.complaint.isEmpty ? "" : say("complaint \(item.complaint)"),
            item.isOverApologised ? say("too many apologies") : "",
        ]
        let isLate = item.dueBy.map { $0 < header.asOfDay } ?? false
        let isOld = item.sinceDay.civil.year != header.asOfDay.civil.year
        var cells = [Label(customer, bold: true)]
        if isOfStores { cells.append(Label(item.store)) }
        cells.append(Label(phone))
        if isOfOutages { cells.append(Label(item.outage)) }
        cells += [
            Label(isOld ? Words.dayAndYear(item.sinceDay) : Words.day(item.sinceDay)), Label(waited(item)),
            Label(flags.filter { !$0.isEmpty }.joined(separator: "; ")),
            Label(item.given.isEmpty ? say("nothing") : item.given), Label(item.owner.isEmpty ? "–" : item.owner),
            Label(item.dueBy.map { Words.day($0) } ?? "–", isLate ? .bad : .text),
        ]
        return cells
    }
}
