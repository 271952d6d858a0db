public import Basis
public import Definitions
public import Drawing

/// All pages of a report and the figures they print.
public struct Report: Sendable {
    public var pages: [DrawnPage]
    public var ledger: FigureLedger
    /// Texts that had to be cut.
    public var diagnostics: [Diagnostic]
    /// A list of the pages, before them; nil where none was wanted.
    public var contents: DrawnPage?

    /// Every sheet in order: a page that one sheet has no room for has several.
    public var sheets: [Frame] { allPages.flatMap(\.laid.sheets) }

    /// The contents and the pages.
    public var allPages: [DrawnPage] { (contents.map { [$0] } ?? []) + pages }

    /// What is told while a report is drawn.
    public enum Step: Sendable {
        /// So many sheets follow. Whatever was told before is void: a page turned out longer than was thought, and the
        /// numbers of all sheets with it.
        case begin(sheets: Int)
        case sheet(Frame)
    }

    /// Draws every page of the definition; `step` is told each sheet as soon as it is there.
    ///
    /// Pages are first taken for one sheet each, as nearly all are; where one is not, all are drawn again, by then with
    /// the right numbers.
    public static func draw(
        _ definition: ReportDefinition, context: ReportContext, theme: Theme = .standard, measurer: any TextMeasurer,
        step: (Step) -> Void = { _ in }
    ) -> Report {
        let format = PageFormat(definition.paper, definition.orientation)
        let list = definition.contents
            ? ContentsPage(definition: definition, context: context, format: format, theme: theme, measurer: measurer) : nil
        var sheets = definition.pages.map { _ in 1 }
        for _ in 0..<3 {
            let pass = Pass(definition: definition, context: context, theme: theme, measurer: measurer, list: list, sheets: sheets)
            let report = pass.draw(isLast: false, step)
            let counts = report.pages.map(\.laid.sheets.count)
            if counts == sheets { return report }
            sheets = counts
        }
        // Numbers with more digits may move a line, and a line a sheet: then the last count stands.
        let pass = Pass(definition: definition, context: context, theme: theme, measurer: measurer, list: list, sheets: sheets)
        return pass.draw(isLast: true, step)
    }

    /// All pages once, each taken for so many sheets.
    private struct Pass {
        let definition: ReportDefinition
        let context: ReportContext
        let theme: Theme
        let measurer: any TextMeasurer
        let list: ContentsPage?
        let sheets: [Int]
        private let listSheets: Int

        init(
            definition: ReportDefinition, context: ReportContext, theme: Theme, measurer: any TextMeasurer,
            list: ContentsPage?, sheets: [Int]
        ) {
            self.definition = definition
            self.context = context
            self.theme = theme
            self.measurer = measurer
            self.list = list
            self.sheets = sheets
            listSheets = list?.sheetCount ?? 0
        }

        /// - Parameter isLast: sheets are told whatever their number.
        func draw(isLast: Bool, _ step: (Step) -> Void) -> Report {
            var report = Report(pages: [], ledger: FigureLedger(), diagnostics: [])
            var isAsThought = true
            // What the first sheet lists is known when the last page is drawn.
            let streams = !isLast && list == nil
            if streams { step(.begin(sheets: total)) }
            for index in definition.pages.indices {
                let drawn = page(index, &report.ledger)
                report.diagnostics += drawn.laid.shortened.map {
                    Diagnostic(.note, "shortened-text", "page \(first(index)) had no room for all of: \($0)")
                }
                report.pages.append(drawn)
                let count = drawn.laid.sheets.count
                if count > 1 { report.ledger.lastSheets[first(index)] = first(index) + count - 1 }
                isAsThought = isAsThought && count == sheets[index]
                if isAsThought, streams { drawn.laid.sheets.forEach { step(.sheet($0)) } }
            }
            report.contents = list?.draw(report.pages, firsts: report.pages.indices.map(first), of: total)
            if isLast || (isAsThought && list != nil) {
                step(.begin(sheets: report.sheets.count))
                report.sheets.forEach { step(.sheet($0)) }
            }
            return report
        }

        /// The number of a page's first sheet.
        private func first(_ index: Int) -> Int { sheets.prefix(index).reduce(1 + listSheets, +) }

        private var total: Int { sheets.reduce(listSheets, +) }

        private func page(_ index: Int, _ ledger: inout FigureLedger) -> DrawnPage {
            let page = definition.pages[index]
            let numbers = Dictionary(
                definition.pages.enumerated().map { ($1.page, first($0)) }, uniquingKeysWith: { first, _ in first })
            let setting = PageSetting(
                format: PageFormat(definition.paper, definition.orientation), theme: theme, measurer: measurer,
                number: first(index), pages: total, definition: page, numbers: numbers)
            return Colours.$theme.withValue(theme) { page.page.type.draw(context, setting, ledger: &ledger) }
        }
    }
}

extension PageFormat {
    public init(_ paper: Paper, _ orientation: Orientation) {
        switch (paper, orientation) {
        case (.a4, .landscape): self = .a4Landscape
        case (.a4, .portrait): self = .a4Portrait
        case (.letter, .landscape): self = .letterLandscape
        case (.letter, .portrait): self = .letterPortrait
        }
    }
}

extension PageKind {
    /// Who draws it.
    var type: any ReportPage.Type {
        switch self {
        case .whatMustIDo: WhatMustIDoPage.self
        case .whereLost: WhereLostPage.self
        case .whoWaits: WhoWaitsPage.self
        case .doTeamsTalk: DoTeamsTalkPage.self
        case .whatBroke: WhatBrokePage.self
        case .didItWork: DidItWorkPage.self
        case .believe: BelievePage.self
        case .howFast: HowFastPage.self
        case .whenWritten: WhenWrittenPage.self
        case .whoAnswers: WhoAnswersPage.self
        case .stillOpen: StillOpenPage.self
        case .howManyBuy: HowManyBuyPage.self
        case .howLong: HowLongPage.self
        case .lostSteps: LostStepsPage.self
        case .whoTurns: WhoTurnsPage.self
        case .whatItBrings: WhatItBringsPage.self
        case .whatHappened: WhatHappenedPage.self
        case .whomItHit: WhomItHitPage.self
        case .didWeKeepIt: DidWeKeepItPage.self
        case .claimLetter: ClaimLetterPage.self
        case .claimEvidence: ClaimEvidencePage.self
        case .vendorYear: VendorYearPage.self
        case .changeVerdict: ChangeVerdictPage.self
        case .changeScope: ChangeScopePage.self
        case .efforts: EffortsPage.self
        case .rewards: RewardsPage.self
        case .rewardTrial: RewardTrialPage.self
        case .rewardReview: RewardReviewPage.self
        case .praise: PraisePage.self
        case .storesStandOut: StoresStandOutPage.self
        case .storesOverTime: StoresOverTimePage.self
        }
    }
}

extension ReportDefinition {
    /// What its pages are made from, each table once.
    public var tables: [ReportTable] {
        let read = Set(pages.flatMap { $0.page.type.tables })
        return ReportTable.allCases.filter(read.contains)
    }
}
