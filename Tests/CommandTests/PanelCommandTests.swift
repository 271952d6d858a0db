import Foundation
import Testing

/// Pages, panels and a web page of one report, from the command line.
@Suite("kpi report as pictures and as a web page")
struct PanelCommandTests {
    private func made(_ more: String...) throws -> (ran: Program.Ran, folder: URL) {
        let papers = try Papers.made.get()
        let folder = papers.folder.appending(path: "panels-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let output = more.contains("html") ? folder.appending(path: "report.html").path() : folder.path()
        return (try Program.run(list: ["report", "monthly", papers.data, "-o", output] + more), folder)
    }

    private func names(_ folder: URL, _ ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(ending) }.sorted()
    }

    @Test("a picture for each panel, named by page, place and finding")
    func panels() throws {
        let (ran, folder) = try made("--format", "svg", "--panels")
        #expect(ran.status == 0, "\(ran.errors)")
        let files = try names(folder, ".svg")
        #expect(files.count > 20)
        for page in 1...7 { #expect(files.contains { $0.contains("-2026-10-p\(page)-1") }, "page \(page)") }
        for file in files {
            let svg = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            #expect(svg.hasPrefix("<svg ") && svg.contains("role=\"img\"") && svg.contains("<title>"), "\(file)")
            #expect(svg.contains("<text "), "\(file) has no text")
        }
    }

    @Test("one panel alone, in any resolution")
    func panel() throws {
        let (ran, folder) = try made("--format", "png", "--panel", "3.2", "--dpi", "96")
        #expect(ran.status == 0, "\(ran.errors)")
        let files = try names(folder, ".png")
        #expect(files.count == 1 && files[0].contains("-p3-2-"), "\(files)")
        let none = try made("--format", "png", "--panel", "9.1").ran
        #expect(none.status == 1 && none.errors.contains("the report has no panel 9.1; it has 1.1 "), "\(none.errors)")
        let odd = try made("--format", "png", "--panel", "three").ran
        #expect(odd.status == 1 && odd.errors.contains("write --panel 3.2"))
        let pdf = try made("--panels").ran
        #expect(pdf.status == 1 && pdf.errors.contains("bad-combination"))
    }

    @Test("one web page with every headline, every table as a table, and nothing from elsewhere")
    func web() throws {
        let (ran, folder) = try made("--format", "html")
        #expect(ran.status == 0, "\(ran.errors)")
        let html = try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
        #expect(html.components(separatedBy: "<h2 id=\"p").count == 8)
        #expect(html.components(separatedBy: "<li><a href=\"#p").count == 8)
        #expect(html.contains("<table>") && html.contains("class=\"w\"") && html.contains("class=\"n\""))
        #expect(!html.contains("http://") && !html.contains("<script"))
        // The figures lie beside it, as with every report.
        #expect(try names(folder, "-figures.csv").count == 1)
    }

    @Test("a list of the pages comes first, and the numbers move on")
    func contents() throws {
        let papers = try Papers.made.get()
        let path = papers.folder.appending(path: "contents.pdf").path()
        let ran = try Program.run(list: ["report", "monthly", papers.data, "--contents", "-o", path])
        #expect(ran.status == 0, "\(ran.errors)")
        let words = try Program.words(ofPDF: path)
        #expect(words.hasPrefix("CONTENTS Riverside Motors, October 2026"), "\(words.prefix(200))")
        #expect(words.contains("8 / 8"))
        let objects = try Program.run(
            URL(filePath: "/usr/bin/env"), ["qpdf", "--json", "--json-stream-data=none", path]
        ).out
        #expect(objects.components(separatedBy: "\"/Subtype\": \"/Link\"").count - 1 >= 7)
        #expect(objects.contains("\"/Type\": \"/Outlines\"") || objects.contains("/Outlines"))
        if Checkers.areThere {
            let outloud = try Program.run(Checkers.outloud, ["--no-info", "--fail-on", "error", path])
            #expect(outloud.status == 0, "\(outloud.out)")
        }
    }
}
