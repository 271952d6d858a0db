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

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Draws a report: PDF, one web page, or a PNG or SVG for each page or panel.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case pdf, html, png, svg }

    @Argument(help: "The report's name (\(BuiltInReports.names.joined(separator: ", "))), or a YAML file.")
    var name: String
    @OptionGroup var folder: FolderOptions
    @Option(help: "2026-10, or latest: the last month that the exports cover to its end.")
    var month = "latest"
    @Option(help: "A store's id, or all.")
    var store: String?
    @Option(help: "Of the report outage: its number. Default: the longest of the month.")
    var outage: String?
    @Option(help: "Of the report claim: to whom.")
    var vendor: String?
    @Option(help: "For change: the effort, its file's name in efforts/ without the ending.")
    var effort: String?
    @Option(help: "pdf, html (one file, for telephones too), png (150 dpi) or svg.")
    var format: Format = .pdf
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
    @Option(name: .shortAndLong, help: "The file; for png and svg a folder. Default: beside the exports, named by report and month.")
    var output: String?

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            var definition = try ReportLibrary.definition(name)
            if let paper { definition.value.paper = paper }
            if let orientation { definition.value.orientation = orientation }
            if contents { definition.value.contents = true }
            let choice = try PanelChoice(panels: panels, panel: panel, arePictures: format == .png || format == .svg)
            let (exports, notes) = try await folder.readExports()
            let subject = ReportChoice(month: month, store: store, outage: outage, vendor: vendor)
            let request = try subject.request(definition.value, exports.header)
            let book = try speech.book(exports.header.settings.language)
            let look = try look.look(exports.header.settings, directory: folder.directory)
            let run = ReportRun(definition: definition.value, folder: folder, effort: effort)
            try await Speech.$book.withValue(book) {
                let made = try await run.made(request, exports)
                // Where the rows with faults stand is looked up while the pages are drawn.
                async let located = exports.diagnostics(of: made.tabulated)
                let issues = try await ReportIssues(issuing, run, exports, made.context)
                var context = made.context
                context.restatements = issues.restatements
                let drawn = await drawn(definition.value, context, look, choice)
                let problems = notes + definition.diagnostics + made.diagnostics + (await located)
                messages.print(problems)
                if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
                let (files, diagnostics) = try drawn.get()
                messages.print(diagnostics + issues.diagnostics, least: .note)
                for path in try write(files) { print(path) }
                if let kept = try issues.keep() { print(kept) }
            }
        }
    }

    private typealias Drawn = (files: [OutputPart], diagnostics: [Diagnostic])

    /// Everything that will be written, made in memory: a report that fails half-way leaves nothing behind.
    private func drawn(
        _ definition: ReportDefinition, _ context: ReportContext, _ look: PageLook, _ choice: PanelChoice?
    ) async -> Result<Drawn, Rejection> {
        do throws(Rejection) {
            let stem = stem(definition, context.request, context.place)
            let (report, files, diagnostics) = switch format {
            case .pdf: try await pdf(definition, context, look, stem)
            case .html: try html(definition, context, look, stem)
            case .png, .svg: try pictures(definition, context, look, stem, choice)
            }
            let beside = ((files.first?.path ?? "\(folder.directory)/\(stem)") as NSString).deletingLastPathComponent
            let figures = OutputPart(
                path: (beside as NSString).appendingPathComponent("\(stem)-figures.csv"),
                bytes: DelimitedText.csv(report.ledger.rows))
            let restated = context.restatements.isEmpty ? [] : [
                OutputPart(
                    path: (beside as NSString).appendingPathComponent("\(stem)-restated.csv"),
                    bytes: DelimitedText.csv(RestatedRows.rows(context.restatements)))
            ]
            let attached = (definition.isAbout(.vendor) ? context.claimPack?.attachments ?? [] : []).map {
                OutputPart(path: (beside as NSString).appendingPathComponent($0.name), bytes: Array($0.text.utf8))
            }
            return .success((files + [figures] + restated + attached, report.diagnostics + diagnostics))
        } catch {
            return .failure(error)
        }
    }

    /// Pages become PDF on one task while another lays out the next ones.
    private func pdf(
        _ definition: ReportDefinition, _ context: ReportContext, _ look: PageLook, _ stem: String
    ) async throws(Rejection) -> (Report, [OutputPart], [Diagnostic]) {
        let info = info(definition, context)
        let (steps, page) = AsyncStream.makeStream(of: Report.Step.self)
        async let written = PDFCommandFile.written(steps, info: info, look: look)
        let report = Result { () throws(Rejection) in
            Report.draw(definition, context: context, theme: look.theme, measurer: try look.measurer()) { page.yield($0) }
        }
        page.finish()
        let file = await written
        let drawn = try report.get()
        let pdf = try file.get()
        return (drawn, [OutputPart(path: output ?? "\(folder.directory)/\(stem).pdf", bytes: pdf.value)], pdf.diagnostics)
    }

    private func info(_ definition: ReportDefinition, _ context: ReportContext) -> DocumentInfo {
        DocumentInfo(
            title: "\(context.place), \(say(text: definition.title)), \(context.month)", author: context.settings.name,
            subject: say(text: definition.title), language: Speech.book.language, createdAt: context.header.asOf)
    }

    /// One file that lists its pages by itself.
    private func html(
        _ definition: ReportDefinition, _ context: ReportContext, _ look: PageLook, _ stem: String
    ) throws(Rejection) -> (Report, [OutputPart], [Diagnostic]) {
        var definition = definition
        definition.contents = false
        let measurer = try look.measurer()
        let report = Report.draw(definition, context: context, theme: look.theme, measurer: measurer)
        let html = try PageFile.html(report.pages, info: info(definition, context), measurer: measurer)
        let path = output ?? "\(folder.directory)/\(stem).html"
        return (report, [OutputPart(path: path, bytes: html.value)], html.diagnostics)
    }

    private func pictures(
        _ definition: ReportDefinition, _ context: ReportContext, _ look: PageLook, _ stem: String, _ choice: PanelChoice?
    ) throws(Rejection) -> (Report, [OutputPart], [Diagnostic]) {
        let measurer = try look.measurer()
        let report = Report.draw(definition, context: context, theme: look.theme, measurer: measurer)
        let pictures = try choice?.pictures(of: report, measurer: measurer) ?? PagePicture.sheets(of: report.allPages)
        var files: [OutputPart] = []
        var diagnostics: [Diagnostic] = []
        for picture in pictures {
            let file = try picture.file(isPNG: format == .png, dpi: dpi, measurer: measurer)
            diagnostics += file.diagnostics
            let path = "\(output ?? folder.directory)/\(stem)-\(picture.name).\(format.rawValue)"
            files.append(OutputPart(path: path, bytes: file.value))
        }
        return (report, files, diagnostics)
    }

    private func write(_ files: [OutputPart]) throws(Rejection) -> [String] {
        if format == .png || format == .svg { try OutputFile.makeFolder(output ?? folder.directory) }
        try OutputFile.write(files.map { ($0.path, $0.bytes) })
        return files.map(\.path)
    }

    /// Two reports of one month lie side by side: the monthly has the plain name.
    private func stem(_ definition: ReportDefinition, _ request: ReportRequest, _ place: String) -> String {
        let name = definition.name == "monthly" ? [] : [slug(definition.name)]
        let about = [request.outage, request.vendor, effort].compactMap { $0 }.map(slug)
        return ([slug(place)] + name + about + ["\(request.month)"]).joined(separator: "-")
    }

    /// ASCII letters, digits and hyphens: a file name everywhere.
    private func slug(_ text: String) -> String {
        let parts = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return parts.isEmpty ? "report" : parts.joined(separator: "-")
    }
}

/// A PDF of pages that come one after the other.
private enum PDFCommandFile {
    static func written(
        _ steps: AsyncStream<Report.Step>, info: DocumentInfo, look: PageLook
    ) async -> Result<Checked<[UInt8]>, Rejection> {
        do throws(Rejection) {
            let measurer = try look.measurer()
            var document = PDFPages(pageCount: 0, info: info, measurer: measurer)
            for await step in steps {
                switch step {
                // What was drawn before a page turned out longer is given up.
                case .begin(let sheets): document = PDFPages(pageCount: sheets, info: info, measurer: measurer)
                case .sheet(let frame): try document.add(frame)
                }
            }
            return .success(try document.finish())
        } catch {
            return .failure(error)
        }
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
