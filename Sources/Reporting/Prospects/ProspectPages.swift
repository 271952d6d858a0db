import Basis
public import Dealership
public import Drawing

/// The list of prospects on paper, for the salesperson: by day, the header repeated on every page.
public struct ProspectPages {
    public let list: ProspectList
    public let selection: ProspectList.Selection
    public let rule: ProspectRule
    public let header: JournalHeader
    public let format: PageFormat
    public let theme: Theme
    public let measurer: any TextMeasurer
    /// Names and whole phone numbers, not their last digits.
    public let showsCustomers: Bool

    public init(
        list: ProspectList, selection: ProspectList.Selection, rule: ProspectRule, header: JournalHeader,
        format: PageFormat, theme: Theme = .standard, measurer: any TextMeasurer, showsCustomers: Bool = false
    ) {
        self.list = list
        self.selection = selection
        self.rule = rule
        self.header = header
        self.format = format
        self.theme = theme
        self.measurer = measurer
        self.showsCustomers = showsCustomers
    }

    /// At least one page: without prospects it says so.
    public func draw() -> [DrawnPage] {
        ListPages(
            format: format, headline: headline, layout: { layout(page: $0, of: $1) }, block: block
        ).draw(table, isEmpty: list.items.isEmpty)
    }

    public var headline: String {
        if list.lookedAt == 0 { return say("No service appointment is booked for these days") }
        if let person {
            return list.items.isEmpty
                ? say("None of \(person)’s customers is worth a word on these days")
                : say(
                    list.items.count, "\(Words.count(list.items.count)) customer of \(person) is worth a word",
                    "\(Words.count(list.items.count)) customers of \(person) are worth a word")
        }
        let asked = Words.counted(
            list.lookedAt, "booked service customer", "booked service customers", context: "of or among")
        if list.items.isEmpty { return say("No prospect among \(asked)") }
        return say(
            list.items.count, "\(Words.count(list.items.count)) of \(asked) is worth a word",
            "\(Words.count(list.items.count)) of \(asked) are worth a word")
    }

    private var sentence: RichText {
        guard !list.items.isEmpty else { return RichText(say("The rule is yours: `prospects:` in dealership.yaml.")) }
        let open = list.items.count { $0.isContacted == false }
        if list.items.contains(where: { $0.isContacted == nil }) {
            return say("Messages are not exported: whether sales has written or called is not known.")
        }
        let days = say(
            rule.beforeDays, "in the \(Words.count(rule.beforeDays)) day before",
            "in the \(Words.count(rule.beforeDays)) days before")
        if open == 0 { return RichText(say("Sales has written to or called every one of them \(days).")) }
        if open == list.items.count { return RichText(marked: say("**None of them has heard from sales** \(days).")) }
        return RichText(
            marked: say(
                open, "**\(Words.count(open)) of them has not heard from sales** \(days).",
                "**\(Words.count(open)) of them have not heard from sales** \(days)."))
    }

    /// The salesperson asked for, by name where it is known.
    private var person: String? {
        selection.person.map { id in header.people[id].flatMap { $0.name.isEmpty ? nil : $0.name } ?? id }
    }

    private var ruleWords: String {
        ProspectRuleWords(rule: rule, currency: header.settings.currency).text
    }

    private var period: String {
        let (first, last) = (selection.days.lowerBound, selection.days.upperBound)
        return "\(Words.span(first, last)) \(last.civil.year)"
    }

    private func block(_ table: TablePlate) -> Block {
        Block(
            list.items.isEmpty ? say("Nobody to speak to by this rule") : say("Whom to speak to, by day and time"),
            sub: say("Worth a word: \(ruleWords)"), plate: table)
    }

    private func layout(page: Int, of pages: Int) -> PageLayout {
        let place = selection.store.flatMap { id in header.stores.first { $0.identifier == id }?.name } ?? header.settings.name
        let left = list.leftOutInShort
        let first = say("As of \(Words.asOf(header)).")
            + (left.isEmpty ? "" : say(" Left out: \(left.joined(separator: "; "))."))
        return PageLayout(
            format: format, theme: theme, measurer: measurer,
            header: PageHeader(
                question: say("Who is worth a word?") + (person.map { say(" For \($0)") } ?? ""), headline: headline,
                sentence: sentence, place: place, period: period),
            footer: PageFooter(
                first: first,
                second: say(
                    "Car and purchase as on record before the day. The rule stands in dealership.yaml, prospects."),
                page: page, pages: pages))
    }

    private var table: TablePlate {
        let isOfStores = Set(list.items.map(\.store)).count > 1
        var rows: [TablePlate.Row] = []
        var day: Day?
        for item in list.items {
            if item.day != day {
                day = item.day
                let ofDay = list.items.count { $0.day == item.day }
                let weekday = Words.capitalised(Words.longDayNames[item.day.weekday])
                let name = say("\(weekday) \(Words.day(item.day))", context: "long weekday and day")
                rows.append(.group(number: "", title: "\(name): \(Words.counted(ofDay, "customer", "customers"))"))
            }
            rows.append(.row(cells(item, isOfStores)))
        }
        return TablePlate(
            subject: say("Prospects by day and time"),
            columns: [.init(say("At"))] + (isOfStores ? [.init(say("Store"))] : []) + [
                .init(say("Customer")), .init(say("Phone")), .init(say("Car")), .init(say("What else"), flexible: true),
                .init(say("Word from sales")),
                .init(say("Advisor")), .init(say("For")),
            ], rows: rows, emptyText: say("No prospect on these days."))
    }

    private func cells(_ item: ProspectList.Item, _ isOfStores: Bool) -> [Label] {
        let words = ProspectWords(item, currency: header.settings.currency)
        let phone = showsCustomers ? item.phone : words.maskedPhone
        let customer = showsCustomers && !item.name.isEmpty ? item.name : item.customer
        let contact = item.isContacted == nil ? say("not known") : item.isContacted == true
            ? say("wrote or called \(item.lastContact.map { Words.day($0.day) } ?? "")")
            : item.lastContact.map { say("last \(Words.dayAndYear($0.day))") } ?? say("not yet")
        return [Label(words.time, bold: true)] + (isOfStores ? [Label(item.store)] : []) + [
            Label(customer), Label(phone), Label(words.car), Label(words.more),
            Label(contact, item.isContacted == true ? .good : .text), Label(item.advisor.words),
            Label(item.owner.words.isEmpty ? "–" : item.owner.words),
        ]
    }
}
