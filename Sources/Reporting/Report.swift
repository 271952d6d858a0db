public import Basis
public import Definitions
public import Drawing

/// All pages of a report and the figures they print.
public struct Report: Sendable {
    public var pages: [DrawnPage]
    public var ledger: FigureLedger
    /// Texts that had to be cut.
    public var diagnostics: [Diagnostic]

    /// Draws every page of the definition; `finished` is told each as soon as it is.
    public static func draw(
        _ definition: ReportDefinition, context: ReportContext, measurer: any TextMeasurer,
        finished: (Frame) -> Void = { _ in }
    ) -> Report {
        var ledger = FigureLedger()
        var pages: [DrawnPage] = []
        var diagnostics: [Diagnostic] = []
        let format: PageFormat = definition.paper == .a4 ? .a4Landscape : .letterLandscape
        let numbers = Dictionary(
            definition.pages.enumerated().map { ($1.page, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        for (index, page) in definition.pages.enumerated() {
            let setting = PageSetting(
                format: format, theme: .standard, measurer: measurer, number: index + 1, pages: definition.pages.count,
                definition: page, numbers: numbers)
            let drawn = page.page.type.draw(context, setting, ledger: &ledger)
            for text in drawn.laid.shortened {
                diagnostics.append(
                    Diagnostic(.note, "shortened-text", "page \(index + 1) had no room for all of: \(text)"))
            }
            pages.append(drawn)
            finished(drawn.laid.frame)
        }
        return Report(pages: pages, ledger: ledger, diagnostics: diagnostics)
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
