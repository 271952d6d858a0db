import Basis
public import Drawing
import Measures
public import Programs

/// Statements on paper: one person, one page; nobody else's rows on it.
public struct StatementPages {
    public let statement: RewardStatement
    /// The dealership's name and currency.
    public let place: String
    public let currency: String
    /// The name of the person's store where there are several.
    public let store: String
    public let format: PageFormat
    public let measurer: any TextMeasurer
    /// The file that has all rows, as the page names it.
    public let rowsFile: String

    public init(
        _ statement: RewardStatement, place: String, currency: String, store: String = "", format: PageFormat,
        measurer: any TextMeasurer, rowsFile: String
    ) {
        self.statement = statement
        self.place = place
        self.currency = currency
        self.store = store
        self.format = format
        self.measurer = measurer
        self.rowsFile = rowsFile
    }

    private var words: StatementWords { StatementWords(statement: statement, currency: currency) }
    private var asides: StatementAsides { StatementAsides(statement: statement, currency: currency) }

    /// With fewer lines than this for them the rows go to a page of their own.
    private static let fewest = 5

    /// One page; two where changes of earlier months and questions leave the rows no room.
    public func draw() -> [DrawnPage] {
        let rows = StatementRows(statement)
        let layout = layout(page: 1, of: 1)
        let (above, below) = (upper, lower)
        let others = ([above] + below).reduce(0) { $0 + height(of: $1, in: layout) + PageLayout.rowGap }
        let room = format.contentBottom - layout.contentTop - others
        let most = capacity(room, rows, layout)
        if most >= min(rows.rows.count, StatementPages.fewest) {
            return [page(1, of: 1, [above], block(rows, most), below)]
        }
        let whole = format.contentBottom - layout.contentTop
        return [
            page(1, of: 2, [above], nil, below),
            page(2, of: 2, [], block(rows, capacity(whole, rows, layout)), []),
        ]
    }

    private func page(
        _ number: Int, of pages: Int, _ above: [[PageRow.Cell]], _ middle: Block?, _ below: [[PageRow.Cell]]
    ) -> DrawnPage {
        var page = layout(page: number, of: pages)
        let rows = (above + (middle.map { [[.init(span: 12, $0)]] } ?? []) + below).filter { !$0.isEmpty }
        page.add(rows: rows.map { PageRow(height: .points(height(of: $0, in: page)), cells: $0) })
        return DrawnPage(laid: page.finish(), headline: words.headline)
    }

    private func layout(page: Int, of pages: Int) -> PageLayout {
        PageLayout(
            format: format, measurer: measurer,
            header: PageHeader(
                question: say("Your reward: \(statement.rule.name)"), headline: words.headline, sentence: whose,
                place: place,
                period: Words.month(statement.month), titleSize: 30),
            footer: PageFooter(
                first:
                    say("Times by the store’s clock; outages and leave are taken out of them. Data up to \(Words.dayAndYear(statement.asOf))."),
                second: say("""
                    Rule \(statement.rule.identifier), version \(statement.rule.version), approved \
                    \(Words.dayAndYear(statement.rule.approved)). All your rows: \(rowsFile)
                    """),
                page: page, pages: pages))
    }

    /// **Ana Ruiz**, service advisor, Service. Payroll id 00412.
    private var whose: RichText {
        let reward = statement.reward
        let facts = [reward.role, reward.department, store].filter { !$0.isEmpty }
        let name = reward.name.isEmpty ? reward.person : reward.name
        let payroll = reward.payroll.isEmpty ? "" : say(" Payroll id \(reward.payroll).")
        var text =
            RichText(name, emphasised: true)
            + RichText((facts.isEmpty ? "" : ", ") + facts.joined(separator: ", ") + "." + payroll)
        if statement.entry == nil { text = text + RichText(say(" Preview: nobody is paid by this page."), emphasised: true) }
        return text
    }

    // MARK: Blocks

    private var upper: [PageRow.Cell] {
        var parts: [any Plate] = [ParagraphPlate(words.counts), FactsPlate(rows: words.receipt)]
        if let spared = words.spared { parts.append(ParagraphPlate(spared)) }
        let came = Block(
            say("How this came"), sub: words.own,
            plate: StackPlate(parts: parts, gap: 6))
        var beside: [Block] = []
        if let tiers = words.tierTable { beside.append(Block(say("What the rule pays"), plate: tiers)) }
        let leftOut = words.leftOut
        beside.append(
            Block(
                say("Left out: \(Words.count(statement.reward.count.leftOutCount)) of \(Words.count(statement.reward.count.assigned))"),
                plate: FactsPlate(rows: Array(leftOut.prefix(6)), rowHeight: 13.5, emptyText: say("Nothing was left out."))))
        let gates = words.gates
        if !gates.isEmpty {
            beside.append(Block(say("Bounds that hold for it"), plate: FactsPlate(rows: gates, rowHeight: 13.5)))
        }
        return [.init(span: 7, came), .init(span: 5, blocks: beside)]
    }

    /// Many changes have a line each over the page's width; few stand with their reasons beside the approval.
    private var lower: [[PageRow.Cell]] {
        let asides = self.asides
        let isTable = statement.adjustments.count > StatementAsides.mostDetailed
        let whole = isTable ? asides.adjustments.map { [[PageRow.Cell(span: 12, $0)]] } ?? [] : []
        let left = [isTable ? nil : asides.adjustments, asides.disputes].compactMap { $0 }
        if left.isEmpty { return whole + [[.init(span: 6, asides.approval), .init(span: 6, asides.asking)]] }
        return whole + [[.init(span: 7, blocks: left), .init(span: 5, blocks: [asides.approval, asides.asking])]]
    }

    private func block(_ rows: StatementRows, _ most: Int) -> Block {
        let rest = rows.rows.count - most
        let isOpen = statement.rule.basis.timing.clock == .open
        return Block(
            rows.finding,
            sub: rows.rows.isEmpty
                ? ""
                : isOpen
                    ? say("Late by open hours, outages and leave allowed for")
                    : say("Late by the clock, outages and leave allowed for"),
            note: rest > 0 ? RichText(marked: say("**and \(Words.count(rest)) more**, all of them in \(rowsFile)")) : "",
            plate: rows.table(most))
    }

    // MARK: Heights

    private func height(of cells: [PageRow.Cell], in layout: PageLayout) -> Double {
        cells.map { cell in
            let width = format.width(span: cell.span)
            let heights = cell.blocks.map {
                $0.naturalHeight(width: width, pen: layout.pen) ?? $0.leastHeight(width: width, pen: layout.pen)
            }
            return heights.reduce(14 * Double(max(heights.count - 1, 0)), +)
        }.max() ?? 0
    }

    /// How many rows a height has room for, the words on the others counted in.
    private func capacity(_ height: Double, _ rows: StatementRows, _ layout: PageLayout) -> Int {
        let width = format.width(span: 12)
        func needed(_ count: Int) -> Double { block(rows, count).naturalHeight(width: width, pen: layout.pen) ?? 0 }
        if needed(rows.rows.count) <= height { return rows.rows.count }
        return max(Int((height - needed(1)) / StatementRows.rowHeight) + 1, 0)
    }
}
