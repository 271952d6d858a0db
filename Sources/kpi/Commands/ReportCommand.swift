public import ArgumentParser
import Basis
import Dealership
public import Definitions
import Drawing
import Foundation
import Ingest
import Ink
import Measures
import Programs
import Reporting

extension Paper: ExpressibleByArgument {}
extension ReportDrawing.Format: ExpressibleByArgument {}

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Draws a report: PDF, one web page, or a PNG or SVG for each page or panel.")

    @Argument(help: "The report's name (\(BuiltInReports.names.joined(separator: ", "))), or a YAML file.")
    var name: String
    @OptionGroup var folder: FolderOptions
    @Option(help: "2026-10, or latest: the last month that the exports cover to its end.")
    var month = "latest"
    @Option(help: "A store's id; several, A,B, or all: a report of each, in a folder. Default: all stores together in one.")
    var store: String?
    @Option(help: "Of the report outage: its number. Default: the longest of the month.")
    var outage: String?
    @Option(help: "Of the report claim: to whom.")
    var vendor: String?
    @Option(help: "For change: the effort, its file's name in efforts/ without the ending.")
    var effort: String?
    @Option(help: "pdf, html (one file, for telephones too), png (150 dpi) or svg.")
    var format: ReportDrawing.Format = .pdf
    @Option(help: "a4 or letter. Default: what the report says.")
    var paper: Paper?
    @Option(help: "landscape or portrait. Default: what the report says.")
    var orientation: Orientation?
    @OptionGroup var look: LookOption
    @Option(help: "Dots an inch of PNGs.")
    var dpi = 150.0
    @Flag(help: "Of png and svg: a picture for each panel, not for each page.")
    var panels = false
    @Option(help: "Of png and svg: one panel only; 3.2 is the second of page 3.")
    var panel: String?
    @Flag(help: "A list of the pages, with links, comes first.")
    var contents = false
    @OptionGroup var speech: LanguageOption
    @OptionGroup var issuing: IssueOption
    @Option(
        name: .shortAndLong,
        help: "The file; for png, svg and several stores a folder. Default: beside the exports, named by report and month.")
    var output: String?
    @OptionGroup var batch: BatchOption

    func run() async throws {
        let begin = ContinuousClock.now
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            var definition = try ReportLibrary.definition(name)
            if let paper { definition.value.paper = paper }
            if let orientation { definition.value.orientation = orientation }
            if contents { definition.value.contents = true }
            let choice = try PanelChoice(panels: panels, panel: panel, arePictures: format == .png || format == .svg)
            try batch.refuse(unlessSeveral: store)
            let settings = try folder.readSettings()
            // Small files, and slow ones to read: while the exports are.
            let wanted = definition.value
            // One core has nothing to do here, and the first measurer of a process takes longest.
            async let warmed: Void = PageLook.warm()
            async let efforts = ReportEfforts.read(wanted, settings.value, folder, effort: effort)
            let exports = try await folder.readExports(settings.value)
            let notes = settings.diagnostics
            let subject = ReportChoice(month: month, store: store, outage: outage, vendor: vendor)
            let stores = try subject.stores(definition.value, exports.header)
            let request = try subject.request(definition.value, exports.header)
            let book = try speech.book(exports.header.settings.language)
            await warmed
            let look = try look.look(exports.header.settings, directory: folder.directory)
            let run = ReportRun(
                definition: wanted, folder: folder, effort: effort, efforts: try await efforts.get())
            let drawing = ReportDrawing(
                definition: definition.value, look: look, format: format, dpi: dpi, choice: choice)
            try await Speech.$book.withValue(book) {
                if let stores {
                    try await write(
                        stores, run, drawing, request, exports, notes + definition.diagnostics, messages, since: begin)
                } else {
                    try await write(run, drawing, request, exports, notes + definition.diagnostics, messages)
                }
            }
        }
    }

    /// One report.
    private func write(
        _ run: ReportRun, _ drawing: ReportDrawing, _ request: ReportRequest, _ exports: StagedExports,
        _ notes: [Diagnostic], _ messages: Messages
    ) async throws {
        let made = try await run.made(request, exports)
        // Where the rows with faults stand is looked up once the pages are laid out: then a core is free that before would be
        // missing where they are drawn.
        let (layout, laidOut) = AsyncStream.makeStream(of: Void.self)
        async let located = exports.diagnostics(of: made.tabulated, after: layout)
        let issues = try await ReportIssues(issuing, run, exports, made.context)
        var context = made.context
        context.restatements = issues.restatements
        let isFile = format == .pdf || format == .html
        let place = ReportDrawing.Place(
            folder: isFile ? folder.directory : output ?? folder.directory,
            stem: stem(run.definition, request, context.place), path: isFile ? output : nil)
        let drawn = await drawing.drawn(context, place) { laidOut.finish() }
        laidOut.finish()
        let problems = notes + made.diagnostics + (await located)
        messages.print(problems)
        if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
        let files = try drawn.get()
        messages.print(files.diagnostics + issues.diagnostics, least: .note)
        if !isFile { try OutputFile.makeFolder(place.folder) }
        try OutputFile.write(files.files.map { ($0.path, $0.bytes) })
        for file in files.files { print(file.path) }
        if let kept = try issues.keep() { print(kept) }
        withExtendedLifetime((made, context, exports, files)) { Program.leave() }
    }

    /// Two reports of one month lie side by side: the monthly has the plain name.
    private func stem(_ definition: ReportDefinition, _ request: ReportRequest, _ place: String) -> String {
        let name = definition.name == "monthly" ? [] : [Self.slug(definition.name)]
        let about = [request.outage, request.vendor, effort].compactMap { $0 }.map(Self.slug)
        return ([Self.slug(place)] + name + about + ["\(request.month)"]).joined(separator: "-")
    }

    /// ASCII letters, digits and hyphens: a file name everywhere.
    static func slug(_ text: String) -> String {
        let parts = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return parts.isEmpty ? "report" : parts.joined(separator: "-")
    }
}

/// Where reports' definitions come from: a path, or a name among those built in.
enum ReportLibrary {
    static func definition(_ name: String) throws(Rejection) -> Checked<ReportDefinition> {
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.contains("/") {
            guard let data = FileManager.default.contents(atPath: name) else {
                throw Rejection(
                    Diagnostic(.error, "no-file", at: .init(file: name), "there is no such file", remedies: ["check the path"]))
            }
            return try ReportFile.read(bytes: [UInt8](data), file: name)
        }
        guard let definition = BuiltInReports.text(name) else {
            var remedies = ["one of: \(BuiltInReports.names.joined(separator: ", "))", "or the path of a YAML file"]
            if let near = nearestName(to: name, among: BuiltInReports.names) { remedies.insert("did you mean \(near)?", at: 0) }
            throw Rejection(Diagnostic(.error, "unknown-report", "there is no report \(name)", remedies: remedies))
        }
        return try ReportFile.read(text: definition, file: "reports/\(name).yaml")
    }
}
