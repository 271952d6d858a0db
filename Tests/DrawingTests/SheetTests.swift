import Drawing
import Testing

/// Pages that need more than one sheet, and sheets upright.
@Suite struct SheetTests {
    static let formats: [PageFormat] = [.a4Landscape, .letterLandscape, .a4Portrait, .letterPortrait]
    static let name = "Maximiliana Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff of Saint Paul x"

    private func page(_ format: PageFormat, _ rows: [PageRow], theme: Theme = .standard) -> LaidPage {
        var page = PageLayout(
            format: format, theme: theme, measurer: FixedWidthMeasurer(characterWidth: 0.5),
            header: PageHeader(
                question: "4  Who answers?", headline: "Three people are worth praising, two need help",
                sentence: "Everyone is held against their own team; this is no ranking.", place: "Riverside Motors",
                period: "October 2026"),
            footer: PageFooter(first: "As of 31 Oct 2026.", second: "Sources: messages.", page: 4, pages: 9))
        page.add(rows: rows)
        return page.finish()
    }

    private func people(_ count: Int, goesOn: Bool = true, name: String = "Robin Ruiz") -> TablePlate {
        TablePlate(
            columns: [.init("Name", flexible: true), .init("Judged", align: .right)],
            rows: (0..<count).map { .row([Label("\(name) \($0)"), Label("\($0)")]) }
                + [.total(["All", Label("\(count)")])],
            goesOn: goesOn)
    }

    private func sound(_ page: LaidPage, _ name: String) {
        for (index, frame) in page.sheets.enumerated() {
            let checks = FrameChecks(frame)
            let area = Rect(x: 36, y: 17, width: frame.size.width - 72, height: frame.size.height - 34)
            #expect(checks.outside(area) == [], "\(name), sheet \(index + 1)")
            #expect(checks.overlapping == [], "\(name), sheet \(index + 1)")
            #expect(checks.faults == [], "\(name), sheet \(index + 1)")
            #expect(checks.runs.contains { $0.text.contains("\(4 + index) / ") }, "\(name), sheet \(index + 1)")
        }
    }

    private func texts(_ frame: Frame) -> [String] { FrameChecks(frame).runs.map(\.text) }

    /// Every row stands once, under the header and over the total of all.
    @Test(arguments: formats.indices, [0, 1, 2, 25, 60, 300])
    func tablesGoOn(_ index: Int, _ count: Int) {
        let laid = page(SheetTests.formats[index], [PageRow(.init(span: 12, Block("Everybody", plate: people(count))))])
        sound(laid, "\(count) people")
        var told: [String] = []
        for frame in laid.sheets {
            let words = texts(frame)
            told += words.filter { $0.hasPrefix("Robin") }
            #expect(words.contains("Judged") && words.contains("All"))
            #expect(words.contains { $0.hasPrefix("Three people are worth") })
            #expect(words.contains { $0.hasPrefix("and ") } == false)
        }
        #expect(told == (0..<count).map { "Robin Ruiz \($0)" })
        #expect(laid.sheets.count == 1 || count > 20)
        for (index, frame) in laid.sheets.enumerated() {
            #expect(texts(frame).contains { $0.contains("Everybody (continued)") } == (index > 0))
            let goesOn = texts(frame).contains { $0.contains("continued on the next page") }
            #expect(goesOn == (index < laid.sheets.count - 1))
            // Already the first sheet says how many there are.
            let number = "\(4 + index) / \(max(9, 3 + laid.sheets.count))"
            #expect(texts(frame).contains(number), "\(number)")
        }
    }

    @Test func tablesThatDoNotGoOnSayHowManyMore() {
        let laid = page(.a4Landscape, [PageRow(.init(span: 12, Block("Everybody", plate: people(60, goesOn: false))))])
        #expect(laid.continued.isEmpty)
        #expect(texts(laid.frame).contains { $0.hasPrefix("and ") && $0.hasSuffix(" more") })
    }

    /// A table beside others goes on by itself; what stood under it follows.
    @Test func tablesBesideOthersGoOn() {
        let line = Gallery.examples.first { $0.name == "line-ordinary" }?.block
        guard let line else { return }
        let rows = [
            PageRow(height: .weight(1), .init(span: 12, line)),
            PageRow(
                height: .weight(1.6), .init(span: 5, Block("Facts", plate: FactsPlate(rows: [.init("One", "1")]))),
                .init(span: 7, Block("Everybody", plate: people(60, name: SheetTests.name)))),
        ]
        for format in SheetTests.formats {
            let laid = page(format, rows)
            sound(laid, "beside")
            #expect(laid.sheets.count > 1)
            #expect(laid.sheets.flatMap(texts).filter { $0.hasPrefix("Maximiliana") }.count == 60)
        }
    }

    /// What has no room on the sheet stands on the next one, headings with their charts.
    @Test(arguments: formats.indices)
    func chartsGoOn(_ index: Int) {
        let names = [
            "line-ordinary", "bars-ordinary", "histogram-ordinary", "table-ordinary", "facts-ordinary",
            "step-curve-ordinary",
        ]
        let examples = names.compactMap { name in Gallery.examples.first { $0.name == name } }
        let blocks = examples.enumerated().map { order, example in
            var block = example.block
            block.finding = "Finding \(order)"
            return block
        }
        let laid = page(
            SheetTests.formats[index],
            [
                PageRow(.init(span: 5, blocks[0]), .init(span: 7, blocks[1])),
                PageRow(.init(span: 6, blocks[2]), .init(span: 6, blocks[3])),
                PageRow(.init(span: 4, blocks[4]), .init(span: 8, blocks[5])), PageRow(.init(span: 12, blocks[0])),
            ])
        sound(laid, "charts")
        #expect(laid.sheets.count > 1)
        let findings = laid.sheets.flatMap(texts).filter { $0.hasPrefix("Finding") }
        #expect(findings == ["Finding 0", "Finding 1", "Finding 2", "Finding 3", "Finding 4", "Finding 5", "Finding 0"])
        for frame in laid.sheets {
            for case .group(let group) in frame.items where group.role == .section {
                let hasPlate = group.items.contains {
                    guard case .group(let inner) = $0 else { return false }
                    return inner.role != .artifact && inner.role != .heading(level: 2)
                }
                #expect(hasPlate)
            }
        }
    }

    /// Upright: wide blocks take the whole width, narrow ones stand two a row, in the same order.
    @Test func narrowBlocksStandInPairs() {
        let facts = { (name: String) in Block(name, plate: FactsPlate(rows: [.init("One", "1")])) }
        let laid = page(
            .a4Portrait,
            [
                PageRow(cells: ["a", "b", "c"].map { .init(span: 4, facts($0)) }),
                PageRow(.init(span: 5, facts("d")), .init(span: 7, facts("e"))),
            ])
        #expect(laid.continued.isEmpty)
        let runs = FrameChecks(laid.frame).runs
        let places = ["a", "b", "c", "d", "e"].compactMap { name in runs.first { $0.text == name }?.origin }
        #expect(places.map(\.x) == [36, 36 + PageFormat.a4Portrait.width(span: 6) + 18, 36, 36, 36])
        #expect(places[0].y == places[1].y && zip(places.dropFirst(), places.dropFirst(2)).allSatisfy { $0.y < $1.y })
    }

    /// Numbered by sheet, said once, above the footer.
    @Test(arguments: formats.indices)
    func footnotesStandAtTheFoot(_ index: Int) {
        let format = SheetTests.formats[index]
        var first = Block("One", sub: "Share of all", plate: FactsPlate(rows: [.init("One", "1")]))
        first.footnotes = ["Without those of the last day.", "By the clock of the store."]
        var second = Block("Two", plate: FactsPlate(rows: [.init("Two", "2")]))
        second.footnotes = ["By the clock of the store."]
        let everybody = Block("Everybody", plate: people(90))
        let laid = page(
            format,
            [PageRow(.init(span: 6, first)), PageRow(.init(span: 12, second)), PageRow(.init(span: 12, everybody))])
        sound(laid, "notes")
        let words = texts(laid.frame)
        #expect(words.contains("Share of all ¹\u{2009}²") && words.contains("Two ²"))
        #expect(words.contains { $0.hasPrefix("¹ Without") } && words.filter { $0.hasPrefix("² By") }.count == 1)
        let runs = FrameChecks(laid.frame).runs
        let foot = runs.first { $0.text.hasPrefix("¹ Without") }?.origin.y ?? 0
        #expect(foot > format.size.height - 100 && foot < format.footerRule)
        #expect(laid.continued.allSatisfy { !texts($0).contains { $0.hasPrefix("¹") } })
    }

    /// The logo keeps its proportions, stays clear of the words, and is said once.
    static let logos = [
        Size(width: 300, height: 100), Size(width: 2_000, height: 60), Size(width: 50, height: 400),
    ]

    @Test(arguments: formats.indices, logos)
    func logosStandInTheHeader(_ index: Int, _ size: Size) {
        var theme = Theme.standard
        theme.logo = Logo(png: [1], size: size, words: "Riverside Motors")
        let format = SheetTests.formats[index]
        let laid = page(format, [PageRow(.init(span: 12, Block("Everybody", plate: people(90))))], theme: theme)
        for frame in laid.sheets {
            let image = image(frame.items)
            guard let image else {
                Issue.record("no logo")
                continue
            }
            #expect(abs(image.frame.width / image.frame.height - size.width / size.height) < 0.01)
            #expect(image.frame.maxX <= format.right + 0.01 && image.frame.height <= Logo.height + 0.01)
            for run in FrameChecks(frame).runs {
                let box = FrameChecks.bounds(run)
                #expect(box.maxX < image.frame.x || box.y > image.frame.maxY, "\(run.text)")
            }
        }
        // Page 4 is not the document's first: there the logo is decoration.
        #expect(FrameChecks(laid.frame).alternatives == [])
    }

    private func image(_ items: [FrameItem]) -> ImageShape? {
        for item in items {
            switch item {
            case .image(let image): return image
            case .group(let group): if let image = image(group.items) { return image }
            default: continue
            }
        }
        return nil
    }
}
