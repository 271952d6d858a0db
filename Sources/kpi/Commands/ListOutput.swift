import ArgumentParser
import Basis
import Definitions
import Drawing
import Foundation
import Ink
import Reporting

/// Where a list goes and as what: rows as CSV or JSON on standard output or in a file, pages as PDF, PNG or SVG in files.
struct ListOutput: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json, pdf, png, svg }

    @Option(help: "csv, json, pdf, png or svg (a file a page).")
    var format: Format?
    @Option(help: "a4 or letter.")
    var paper = Paper.letter
    @Option(help: "landscape or portrait.")
    var orientation = Orientation.landscape
    @OptionGroup var look: LookOption
    @Option(help: "Dots an inch of PNGs.")
    var dpi = 150.0
    @Option(name: .shortAndLong, help: "The file; its ending says the format. Default: standard output.")
    var output: String?

    var pageFormat: PageFormat { PageFormat(paper, orientation) }

    /// What is asked for, by the option or the file's ending; `name` is how a file of it may be called.
    func chosen(name: String) throws(Rejection) -> Format {
        if let format {
            guard output != nil || format == .csv || format == .json else {
                throw Rejection(
                    Diagnostic(
                        .error, "no-output", "\(format.rawValue) goes to a file",
                        remedies: ["name it: -o \(name).\(format.rawValue)"]))
            }
            return format
        }
        guard let output else { return .csv }
        guard let format = Format(rawValue: (output as NSString).pathExtension.lowercased()) else {
            throw Rejection(
                Diagnostic(
                    .error, "bad-output", at: .init(file: output), "the ending says no format",
                    remedies: ["end it in .csv, .json, .pdf, .png or .svg, or give --format"]))
        }
        return format
    }

    func isPages(_ format: Format) -> Bool { format != .csv && format != .json }

    /// A list as rows, of which the first columns are texts, and as pages.
    struct Content {
        var rows: [[String]]
        var textColumns: Int
        var pages: () -> [DrawnPage]
        var look: PageLook
        var info: DocumentInfo
    }

    /// Writes it, and says on standard output which files there are.
    func write(_ content: Content, as format: Format) throws(Rejection) {
        for file in try files(content, format) {
            if let path = file.path {
                try OutputFile.write(file.bytes, to: path)
                print(path)
            } else {
                FileHandle.standardOutput.write(Data(file.bytes))
            }
        }
    }

    private struct File {
        /// Nil: standard output.
        var path: String?
        var bytes: [UInt8]
    }

    private func files(_ content: Content, _ format: Format) throws(Rejection) -> [File] {
        switch format {
        case .csv: return [File(path: output, bytes: DelimitedText.csv(content.rows))]
        case .json:
            return [File(path: output, bytes: DelimitedText.json(content.rows, textColumns: content.textColumns))]
        case .pdf:
            let drawn = content.pages()
            if drawn.isEmpty { return [] }
            return [File(path: output, bytes: try PageFile.pdf(drawn, info: content.info, measurer: content.look.measurer()).value)]
        case .png, .svg:
            let measurer = try content.look.measurer()
            let pictures = PagePicture.sheets(of: content.pages())
            var files: [File] = []
            for picture in pictures {
                let bytes = try picture.file(isPNG: format == .png, dpi: dpi, measurer: measurer).value
                files.append(File(path: output.map { numbered($0, picture.page, of: pictures.count) }, bytes: bytes))
            }
            return files
        }
    }

    /// `list.png`; of several pages `list-1.png`.
    private func numbered(_ path: String, _ page: Int, of pages: Int) -> String {
        if pages == 1 { return path }
        let ending = (path as NSString).pathExtension
        let stem = (path as NSString).deletingPathExtension
        return "\(stem)-\(page).\(ending.isEmpty ? "png" : ending)"
    }
}
