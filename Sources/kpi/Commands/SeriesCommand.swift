public import ArgumentParser
import Basis
import Definitions
import Drawing
import Foundation
import Ingest
import Ink
import Reporting
public import Statistics

extension ChangeStudy.Method: ExpressibleByArgument {}

struct SeriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series",
        abstract: "A figure over time, anybody's: what is out of the ordinary, and whether a change worked.",
        discussion: """
            FILE has a row a period: months (2026-10), dates or plain numbers in --time. Periods without a value are named \
            and passed over. Methods: xmr (usual range), its (before and after, neighbours alike), counterfactual \
            (a level that wanders, with control series), did (against units that did not change). Too few points is an \
            answer, not an error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, pdf, png, svg }

    @Argument(help: "A CSV or TSV file, also .gz.", completion: .file())
    var file: String
    @Option(help: "The column with the times.")
    var time: String
    @Option(help: "The column with the figure.")
    var value: String
    @Option(help: "The column with what counts are out of; the figure is then a count.")
    var exposure: String?
    @Option(help: "A column that the change left alone; may be repeated.")
    var control: [String] = []
    @Option(help: "The column that tells units apart.")
    var unit: String?
    @Option(help: "A unit that changed; may be repeated.")
    var treated: [String] = []
    @Option(help: "xmr, its, counterfactual or did.")
    var method: ChangeStudy.Method
    @Option(help: "The first changed period: 2026-07, 2026-07-06 or a number.")
    var change: String?
    @Flag(help: "The trend may have changed too, not the level alone.")
    var slope = false
    @Flag(help: "The figure is a count, without anything it is out of.")
    var counts = false
    @Option(help: "A season's length in periods, 0 for none. Default: 12 for 24 months and more.")
    var season: Double?
    @Flag(help: "3/4/2026 is 3 April.")
    var dayFirst = false
    @Option(help: "The seed of what is simulated.")
    var seed: UInt64 = 1
    @Option(help: "How many series are simulated for limits.")
    var replicates = 999
    @Option(help: "json, pdf, png or svg.")
    var format: Format = .json
    @Option(help: "a4 or letter.")
    var paper: Paper = .a4
    @OptionGroup var look: LookOption
    @Option(help: "Dots an inch of a PNG.")
    var dpi = 150.0
    @OptionGroup var speech: LanguageOption
    @Option(name: .shortAndLong, help: "The file to write. Default: standard output for JSON.")
    var output: String?
    @Flag(help: "Show offending values in messages; they may be customers' data.")
    var showValues = false

    func run() async throws {
        let messages = Messages(showValues: showValues)
        try await messages.run {
            let name = (file as NSString).lastPathComponent
            if format != .json, output == nil {
                throw Rejection(
                    Diagnostic(
                        .error, "no-output", "a page needs a file to be written to",
                        remedies: ["say which: -o \((name as NSString).deletingPathExtension).\(format.rawValue)"]))
            }
            try checkUnits()
            let columns = SeriesColumns(
                time: time, value: value, exposure: exposure, controls: control, unit: unit, dayFirst: dayFirst)
            let table = try SeriesFile.read(path: file, name: name, columns: columns)
            messages.print(table.diagnostics)
            let study = ChangeStudy(table.value, try settings(table.value))
            switch format {
            case .json:
                let text = SeriesJSON(study: study, file: name).value.rendered() + "\n"
                if let output { try write(Array(text.utf8), to: output) } else { print(text, terminator: "") }
            case .pdf, .png, .svg:
                let measurer = try PangoMeasurer()
                // The page alone is translated: JSON is for machines.
                let drawn = try Speech.$book.withValue(try speech.book(nil)) {
                    let page = SeriesPage.draw(
                        study, file: name, format: PageFormat(paper, .landscape), theme: look.plain.theme,
                        measurer: measurer)
                    let picture = PagePicture.sheets(of: [page])[0]
                    return format == .pdf
                        ? try pdf(page, study.table.periods, measurer)
                        : try picture.file(isPNG: format == .png, dpi: dpi, measurer: measurer)
                }
                messages.print(drawn.diagnostics)
                try write(drawn.value, to: output ?? "")
            }
        }
    }

    private func pdf(
        _ page: DrawnPage, _ periods: SeriesPeriods, _ measurer: PangoMeasurer
    ) throws(Rejection) -> Checked<[UInt8]> {
        // No clock is read: a page's date is its data's, and plain numbers have none.
        let end = periods.lastDay(periods.count - 1).map { Int64($0.number + 1) * 86_400 } ?? 0
        let info = DocumentInfo(
            title: page.headline, author: "", subject: "series", language: Speech.book.language,
            createdAt: Instant(seconds: end))
        return try PageFile.pdf([page], info: info, measurer: measurer)
    }

    private func write(_ bytes: [UInt8], to path: String) throws(Rejection) {
        try OutputFile.write(bytes, to: path)
        print(path)
    }

    private func checkUnits() throws(Rejection) {
        func refuse(_ what: String, _ remedy: String) -> Rejection {
            Rejection(Diagnostic(.error, "bad-combination", what, remedies: [remedy]))
        }
        if method == .did {
            if unit == nil || treated.isEmpty {
                throw refuse("did compares units", "name their column with --unit and those that changed with --treated")
            }
            if !control.isEmpty { throw refuse("did has units, not control series", "leave out --control") }
        } else if unit != nil || !treated.isEmpty {
            throw refuse(
                "--unit and --treated belong to did", "take --method did, or a file with the rows of one unit alone")
        }
        if method != .xmr, change == nil {
            throw refuse("\(method.rawValue) needs to know when the change began", "say when: --change 2026-07")
        }
        if slope, method != .its { throw refuse("--slope belongs to its", "leave it out") }
        if counts, method != .its { throw refuse("--counts belongs to its", "leave it out") }
        if method == .xmr, !control.isEmpty { throw refuse("xmr has no control series", "leave out --control") }
        if let season, season != 0, !(season >= 2) {
            throw refuse("a season has two periods at the least", "--season 12, or 0 for none")
        }
        if replicates < 99 { throw refuse("limits need 99 simulated series at the least", "leave out --replicates") }
    }

    private func settings(_ table: SeriesTable) throws(Rejection) -> ChangeStudy.Settings {
        let names = table.units.map(\.name)
        for unit in treated where !names.contains(unit) {
            var remedies = ["the column has \(names.prefix(12).joined(separator: ", "))"]
            if let near = nearestName(to: unit, among: names) { remedies.insert("did you mean \(near)?", at: 0) }
            throw Rejection(
                Diagnostic(.error, "unknown-unit", "no row is of the unit \(unit)", remedies: remedies))
        }
        let periods = table.periods
        var place: Int?
        if let change {
            guard let found = periods.position(of: change, dayFirst: dayFirst), found > 0, found < periods.count else {
                throw Rejection(
                    Diagnostic(
                        .error, "bad-change", "--change \(change) is no time inside the series",
                        remedies: [
                            "it runs from \(periods.name(0)) to \(periods.name(periods.count - 1)); write it as the file does"
                        ]))
            }
            place = found
        }
        let own = season.map { $0 == 0 ? nil : Season(length: $0, harmonics: $0 >= 4 ? 2 : 1) } ?? periods.season
        return ChangeStudy.Settings(
            method: method, change: place, slope: slope, counts: counts, season: method == .xmr || method == .did ? nil : own,
            treated: treated, replicates: replicates, seed: seed)
    }
}
