import Basis
import Dealership
import Definitions
import Drawing
import Foundation
import Ink
import Measures
import Programs
import Reporting

/// A report's pages made into files.
struct ReportDrawing: Sendable {
    enum Format: String, CaseIterable { case pdf, html, png, svg }

    let definition: ReportDefinition
    let look: PageLook
    let format: Format
    var dpi = 150.0
    /// Of pictures: panels in place of pages.
    var choice: PanelChoice?

    /// Where a report's files go.
    struct Place {
        /// Their folder.
        var folder: String
        /// What their names begin with.
        var stem: String
        /// The PDF's or web page's own path, where somebody has said it: other files lie beside it.
        var path: String?
        func file(_ ending: String) -> String { path ?? "\(folder)/\(stem).\(ending)" }
        func beside(_ ending: String) -> String {
            ((path.map(OutputFile.folder) ?? folder) as NSString).appendingPathComponent(ending)
        }
    }

    struct Drawn {
        var files: [OutputPart]
        var sheets: Int
        var diagnostics: [Diagnostic]
    }

    /// Everything that will be written, made in memory: a report that fails half-way leaves nothing behind. Pages become
    /// PDF on one task while another lays out the next ones.
    /// - Parameter laidOut: called when there is nothing left but to write pages.
    func drawn(
        _ context: ReportContext, _ place: Place, laidOut: @Sendable () -> Void = {}
    ) async -> Result<Drawn, Rejection> {
        do throws(Rejection) {
            guard format == .pdf else { return .success(try drawn(context, place, measurer: look.measurer())) }
            let (report, pdf) = try await pdf(context, laidOut)
            return .success(finished(report, [OutputPart(path: place.file("pdf"), bytes: pdf.value)], pdf.diagnostics, context, place))
        } catch {
            return .failure(error)
        }
    }

    /// The same on one task, with somebody's own measurer: it has most lines shaped already when reports are alike.
    func drawn(
        _ context: ReportContext, _ place: Place, measurer: PangoMeasurer
    ) throws(Rejection) -> Drawn {
        switch format {
        case .pdf:
            let report = Report.draw(definition, context: context, theme: look.theme, measurer: measurer)
            let pdf = try PageFile.pdf(report.allPages, info: info(context), measurer: measurer)
            return finished(report, [OutputPart(path: place.file("pdf"), bytes: pdf.value)], pdf.diagnostics, context, place)
        case .html: return try html(context, place, measurer)
        case .png, .svg: return try pictures(context, place, measurer)
        }
    }

    /// The figures, and what is attached, beside the pages.
    private func finished(
        _ report: Report, _ files: [OutputPart], _ diagnostics: [Diagnostic], _ context: ReportContext, _ place: Place
    ) -> Drawn {
        var all = files + [
            OutputPart(
                path: place.beside("\(place.stem)-figures.csv"), bytes: DelimitedText.csv(report.ledger.rows))
        ]
        if !context.restatements.isEmpty {
            all.append(
                OutputPart(
                    path: place.beside("\(place.stem)-restated.csv"),
                    bytes: DelimitedText.csv(RestatedRows.rows(context.restatements))))
        }
        all += (definition.isAbout(.vendor) ? context.claimPack?.attachments ?? [] : []).map {
            OutputPart(path: place.beside($0.name), bytes: Array($0.text.utf8))
        }
        return Drawn(files: all, sheets: report.sheets.count, diagnostics: report.diagnostics + diagnostics)
    }

    private func pdf(
        _ context: ReportContext, _ laidOut: @Sendable () -> Void
    ) async throws(Rejection) -> (Report, Checked<[UInt8]>) {
        let (steps, page) = AsyncStream.makeStream(of: PDFCommandFile.Step.self)
        let shaped = ShapedTexts()
        async let written = PDFCommandFile.written(steps, info: info(context), look: look, shaped)
        let report = Result { () throws(Rejection) in
            var number = 0
            return Report.draw(definition, context: context, theme: look.theme, measurer: try look.measurer(shaped)) { step in
                switch step {
                case .begin(let sheets):
                    number = 0
                    page.yield(.begin(sheets: sheets))
                case .sheet(let frame):
                    number += 1
                    // Here and not where pages become PDF, which is done last.
                    page.yield(.sheet(frame, Result { () throws(Rejection) in try checkSound(frame, page: number) }))
                }
            }
        }
        page.finish()
        laidOut()
        let file = await written
        return (try report.get(), try file.get())
    }

    private func info(_ context: ReportContext) -> DocumentInfo {
        DocumentInfo(
            title: "\(context.place), \(say(text: definition.title)), \(context.month)", author: context.settings.name,
            subject: say(text: definition.title), language: Speech.book.language, createdAt: context.header.asOf)
    }

    /// One file that lists its pages by itself.
    private func html(
        _ context: ReportContext, _ place: Place, _ measurer: PangoMeasurer
    ) throws(Rejection) -> Drawn {
        var definition = definition
        definition.contents = false
        let report = Report.draw(definition, context: context, theme: look.theme, measurer: measurer)
        let html = try PageFile.html(report.pages, info: info(context), measurer: measurer)
        return finished(report, [OutputPart(path: place.file("html"), bytes: html.value)], html.diagnostics, context, place)
    }

    private func pictures(
        _ context: ReportContext, _ place: Place, _ measurer: PangoMeasurer
    ) throws(Rejection) -> Drawn {
        let report = Report.draw(definition, context: context, theme: look.theme, measurer: measurer)
        let pictures = try choice?.pictures(of: report, measurer: measurer) ?? PagePicture.sheets(of: report.allPages)
        var files: [OutputPart] = []
        var diagnostics: [Diagnostic] = []
        for picture in pictures {
            let file = try picture.file(isPNG: format == .png, dpi: dpi, measurer: measurer)
            diagnostics += file.diagnostics
            let name = "\(place.stem)-\(picture.name).\(format.rawValue)"
            files.append(OutputPart(path: "\(place.folder)/\(name)", bytes: file.value))
        }
        return finished(report, files, diagnostics, context, place)
    }
}

/// A PDF of pages that come one after the other.
private enum PDFCommandFile {
    enum Step: Sendable {
        case begin(sheets: Int)
        /// With what `checkSound` said of it.
        case sheet(Frame, Result<[Diagnostic], Rejection>)
    }

    static func written(
        _ steps: AsyncStream<Step>, info: DocumentInfo, look: PageLook, _ shaped: ShapedTexts
    ) async -> Result<Checked<[UInt8]>, Rejection> {
        do throws(Rejection) {
            let measurer = try look.measurer(shaped)
            var document = PDFPages(pageCount: 0, info: info, measurer: measurer)
            for await step in steps {
                switch step {
                // What was drawn before a page turned out longer is given up.
                case .begin(let sheets): document = PDFPages(pageCount: sheets, info: info, measurer: measurer)
                case .sheet(let frame, let notes): try document.add(frame, notes: try notes.get())
                }
            }
            return .success(try document.finish())
        } catch {
            return .failure(error)
        }
    }
}
