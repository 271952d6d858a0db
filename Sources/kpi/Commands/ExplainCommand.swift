import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Programs
import Statistics

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "A printed figure: its definition with the parameters in force, its value, and the rows behind it.",
        discussion: """
            FIGURE is an id as the report's figures file lists it: RESP-02@2026-10;channel=sms (quote it in the shell), \
            or a figure's code with --month. Any column of `kpi measures` is a figure as well, \
            calls.missed@2026-10, where no parameter must be stated.
            """)

    @Argument(help: "The figure: RESP-02@2026-10, or with a slice RESP-02@2026-10;channel=sms.")
    var figure: String
    @OptionGroup var folder: FolderOptions
    @Option(help: "The month, where the figure names none: 2026-10.")
    var month: String?
    @Option(help: "A file for the rows behind it, as CSV; - prints them.")
    var rows: String?
    @Flag(help: "For response times: step by step from the average that a CRM prints to ours.")
    var bridge = false

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let settings = try folder.readSettings()
            var id = try self.id(settings.value)
            if let figure = EffortFigure(rawValue: id.code) { return try await explain(figure, id) }
            if let figure = RewardFigure(rawValue: id.code) {
                return try await ExplainReward(figure: figure, id: id, folder: folder, rows: rows).run(say)
            }
            guard let definition = Figures.figure(id.code, settings.value) else {
                var remedies = ["kpi measures lists them; any other column is measure.column: calls.missed"]
                if let near = nearestName(to: id.code, among: Figures.all.map(\.code)) {
                    remedies.insert("did you mean \(near)?", at: 0)
                }
                throw Rejection(Diagnostic(.error, "unknown-measure", "there is no figure \(id.code)", remedies: remedies))
            }
            let (exports, _) = try await folder.readExports()
            if !definition.isMonthly { id.months = exports.header.asOfDay.month...exports.header.asOfDay.month }
            let request = definition.request(exports.header.settings)
            let entry = Catalog.measure(named: request.name)
            let isMonthly = definition.isMonthly && entry?.dimensions.contains(.month) == true
            let by = id.slice.keys.sorted() + (isMonthly && !id.isOverMonths ? [.month] : [])
            try check(by, entry, id)
            let columns = [definition.column, definition.lowerColumn, definition.upperColumn].compactMap { $0 }
            let spec = TableSpec(
                name: id.code, request: request, by: by, columns: columns,
                months: isMonthly ? id.months : nil)
            let result = try await exports.tabulate([spec], tasks: folder.taskCount)
            let labels = by.map { $0 == .month ? id.month.description : id.slice[$0] ?? "" }
            describe(definition, entry, request, exports.header, id)
            if let tally = result.tables[0].cells[labels] {
                let cells = columns.map { Tabulation.value($0, of: tally, in: spec) }
                say("figure      \(words(cells[0]))")
                if cells.count == 3, !cells[1].plain.isEmpty {
                    say("likely      \(cells[1].plain) to \(cells[2].plain) (95 %)")
                }
                say("tally       \(tally)")
            } else {
                say("figure      no data")
            }
            if bridge { try await printBridge(exports, spec, id) }
            try await printEvidence(exports, spec, id)
        }
    }

    /// An effort's figure: how it is got, and how the effort stands at the month's end.
    private func explain(_ figure: EffortFigure, _ id: FigureID) async throws(Rejection) {
        let files = EffortFolder(directory: folder.directory)
        let names = files.identifiers
        let (exports, _) = try await folder.readExports()
        let settings = exports.header.settings
        let store = id.slice[.store]
        let found = try await exports.assess(
            files.records(settings).value, store: store, month: id.month, tasks: folder.taskCount)
        guard let name = id.slice[.effort], let one = found.first(where: { $0.effort.identifier == name }) else {
            throw Rejection(
                Diagnostic(
                    .error, "unknown-effort", "\(id) names no effort",
                    remedies: ["name one: \(id.code)@\(id.month);effort=\(names.first ?? "one-inbox")"]))
        }
        say("\(id)\n\(figure.title): \(figure.inShort)\n")
        for line in EffortLines(one, currency: settings.currency).lines { say(line) }
    }

    /// On standard output; on standard error while the rows go there.
    private func say(_ text: String) {
        let file = rows == "-" ? FileHandle.standardError : FileHandle.standardOutput
        file.write(Data((text + "\n").utf8))
    }

    private func id(_ settings: DealershipSettings) throws(Rejection) -> FigureID {
        if let id = FigureID(figure) { return id }
        // Of all that was read: no month to name.
        if Figures.figure(String(figure.split(separator: ";")[0]), settings)?.isMonthly == false,
            let id = FigureID(figure.replacing(/^[^;]*/) { "\($0.output)@\(Month(year: 2000, month: 1))" }) {
            return id
        }
        if let month, let parsed = Month(month), let id = FigureID("\(figure.split(separator: ";")[0])@\(parsed)") {
            return id
        }
        throw Rejection(
            Diagnostic(
                .error, "bad-figure", "\(figure) names no figure and month",
                remedies: ["write RESP-02@2026-10, or give --month 2026-10"]))
    }

    private func check(_ by: [Measures.Dimension], _ entry: MeasureEntry?, _ id: FigureID) throws(Rejection) {
        guard let entry, let wrong = by.first(where: { !entry.dimensions.contains($0) }) else { return }
        throw Rejection(
            Diagnostic(
                .error, "unknown-dimension", "\(id.code) cannot be split by \(wrong.rawValue)",
                remedies: ["it can be split by \(entry.dimensions.map(\.rawValue).joined(separator: ", "))"]))
    }

    private func describe(
        _ figure: FigureDefinition, _ entry: MeasureEntry?, _ request: MeasureRequest, _ header: JournalHeader, _ id: FigureID
    ) {
        say("\(id)\n\(figure.title): \(figure.inShort)\n")
        if let entry { say("\(entry.definition)\n") }
        say("parameters  \(parameters(request))")
        say("as of       \(header.asOf) (\(header.asOfText), \(header.zones[0].identifier))")
    }

    private func parameters(_ request: MeasureRequest) -> String {
        let stated = request.measure.inForce.map { "\($0.parameter) \($0.value)" }
        return stated.isEmpty ? "none" : stated.joined(separator: ", ")
    }

    private func words(_ cell: Cell) -> String {
        switch cell {
        case .over(let seconds): "over \(seconds) s: silence reaches into it"
        case .tooFew(let tooFew): tooFew.description
        case .tooNew: "too new: not all windows are over"
        case .none: "no data"
        default: cell.plain
        }
    }

    private func printBridge(_ exports: StagedExports, _ spec: TableSpec, _ id: FigureID) async throws(Rejection) {
        guard let measure = spec.request.measure as? FirstResponseTime else {
            throw Rejection(
                Diagnostic(
                    .error, "no-bridge", "--bridge leads to response times, and \(id.code) is none",
                    remedies: ["ask it of RESP-07@\(id.month)"]))
        }
        let own = Tabulation.linking(spec.request, exports.header.settings)
        var alone = own
        alone.answerOn = .same
        let slice = EvidenceSlice(months: id.months, labels: id.slice)
        let contexts = [alone, own].map { LinkingContext(header: exports.header, parameters: $0) }
        let facts = try await concurrently(exports.groupCount, tasks: folder.taskCount) { group throws(Rejection) in
            let journal = try exports.journal(ofGroup: group)
            return contexts.map { Facts(journal, context: $0) }
        }
        let steps = ResponseBridge(measure, slice, sameThread: facts.map { $0[0] }, ours: facts.map { $0[1] }).steps
        say("bridge      seconds  conversations")
        for step in steps {
            let figure = step.figure == .none ? "no data" : step.figure.plain.split(separator: ".").first.map(String.init) ?? ""
            say("        \(pad(figure, 11))\(pad(String(step.conversations), 15))\(step.change)")
        }
    }

    /// To the right of a column so wide.
    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text + "  "
    }

    private func printEvidence(_ exports: StagedExports, _ spec: TableSpec, _ id: FigureID) async throws(Rejection) {
        let context = LinkingContext(
            header: exports.header, parameters: Tabulation.linking(spec.request, exports.header.settings))
        let slice = EvidenceSlice(
            months: spec.months, labels: id.slice, column: spec.columns.first, showsValues: folder.showValues)
        let parts = try await concurrently(exports.groupCount, tasks: folder.taskCount) { group throws(Rejection) in
            spec.request.measure.evidence(Facts(try exports.journal(ofGroup: group), context: context), slice)
        }
        let found = parts.compactMap { $0 }
        guard let columns = found.first?.columns else {
            say("rows        this measure counts rows as they are; kpi tables lists them by its dimensions")
            return
        }
        let all = found.flatMap(\.rows).sorted { $0.source < $1.source }
        var standings: [String: Int] = [:]
        for row in all { standings[row.standing, default: 0] += 1 }
        say("rows        \(all.count { $0.isCounted }) counted, \(all.count { !$0.isCounted }) left out")
        let corrections = Corrections(exports, showsValues: folder.showValues)
        let corrected = all.count { corrections.touch($0) }
        if corrected > 0 { say("            \(corrected) corrected by a later import, or rest on rows that were; --rows says how") }
        for (standing, count) in standings.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            say("            \(count)  \(standing)")
        }
        guard let rows else {
            say("            --rows FILE.csv lists them")
            return
        }
        let places = exports.locations(of: all.map(\.source))
        let header = columns + ["counted", "standing", "file", "row"] + (corrections.isEmpty ? [] : ["corrected"])
        let table = [header] + zip(all, places).map { row, place in
            row.cells + [row.isCounted ? "yes" : "no", row.standing, place.file, place.row.map(String.init) ?? ""]
                + (corrections.isEmpty ? [] : [corrections.words(row)])
        }
        let bytes = DelimitedText.csv(table)
        if rows == "-" { FileHandle.standardOutput.write(Data(bytes)) } else { try OutputFile.write(bytes, to: rows) }
    }
}
