public import Basis
public import Definitions
public import Drawing
import Measures

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
            let drawn = draw(page.page, context, setting, &ledger)
            for text in drawn.laid.shortened {
                diagnostics.append(
                    Diagnostic(.note, "shortened-text", "page \(index + 1) had no room for all of: \(text)"))
            }
            pages.append(drawn)
            finished(drawn.laid.frame)
        }
        return Report(pages: pages, ledger: ledger, diagnostics: diagnostics)
    }

    private static func draw(
        _ kind: PageKind, _ context: ReportContext, _ setting: PageSetting, _ ledger: inout FigureLedger
    ) -> DrawnPage {
        switch kind {
        case .whatMustIDo: WhatMustIDoPage.draw(context, setting, ledger: &ledger)
        case .whereLost: WhereLostPage.draw(context, setting, ledger: &ledger)
        case .whoWaits: WhoWaitsPage.draw(context, setting, ledger: &ledger)
        case .doTeamsTalk: DoTeamsTalkPage.draw(context, setting, ledger: &ledger)
        case .whatBroke: WhatBrokePage.draw(context, setting, ledger: &ledger)
        case .didItWork: DidItWorkPage.draw(context, setting, ledger: &ledger)
        case .believe: BelievePage.draw(context, setting, ledger: &ledger)
        }
    }
}
