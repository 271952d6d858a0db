import Basis
import Drawing
import Foundation
@testable import Ink
import Testing

/// Logos as files give them, and as pages take them.
@Suite struct LogoTests {
    static let hasLibrary = SVGDrawing.isPossible

    /// A drawing as PNG: red on the left, blue on the right.
    private func png(_ width: Double, _ height: Double) throws -> [UInt8] {
        func area(_ x: Double, _ color: UInt32) -> FrameItem {
            let right = x + width / 2
            return .path(
                PathShape(
                    [
                        .move(Point(x: x, y: 0)), .line(Point(x: right, y: 0)), .line(Point(x: right, y: height)),
                        .line(Point(x: x, y: height)), .close,
                    ], fill: Color(color)))
        }
        return try renderPNG(
            Frame(
                size: Size(width: width, height: height), items: [area(0, 0xE00000), area(width / 2, 0x0000E0)]),
            dpi: 72
        ).value
    }

    private func svg(_ head: String, _ body: String = "<rect width='10' height='10' fill='#e00000'/>") -> [UInt8] {
        Array("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' \(head)>\(body)</svg>".utf8)
    }

    /// Red, green and blue of the pixel at a share of width and height.
    private func pixel(_ logo: Logo, _ x: Double, _ y: Double) throws -> [UInt8] {
        let picture = try Picture(png: logo.png)
        #expect(Double(picture.width) == logo.size.width && Double(picture.height) == logo.size.height)
        return picture.pixel(Int(Double(picture.width) * x), Int(Double(picture.height) * y))
    }

    private func code(_ bytes: [UInt8]) -> String {
        do throws(Rejection) {
            _ = try readLogo(bytes, name: "logo", words: "Riverside Motors")
            return "none"
        } catch {
            for one in error.diagnostics { #expect(!one.remedies.isEmpty && one.location?.file == "logo") }
            return error.diagnostics.map(\.code).joined(separator: " ")
        }
    }

    @Test func picturesStayAsTheyAre() throws {
        let logo = try readLogo(png(60, 20), name: "logo.png", words: "Riverside Motors")
        #expect(logo.size == Size(width: 60, height: 20) && logo.words == "Riverside Motors")
        #expect(try pixel(logo, 0.2, 0.5) == [0xE0, 0, 0] && pixel(logo, 0.8, 0.5) == [0, 0, 0xE0])
        // Sharper than any print needs is made smaller, in proportion.
        #expect(try readLogo(png(3_000, 1_000), name: "logo.png", words: "").size == Size(width: 720, height: 240))
        #expect(try readLogo(png(4_000, 100), name: "logo.png", words: "").size == Size(width: 1_300, height: 33))
    }

    @Test(arguments: [false, true])
    func greyHasNoColour(_ isGrey: Bool) throws {
        let logo = try readLogo(png(60, 20), name: "logo.png", words: "", isGrey: isGrey)
        for x in [0.2, 0.8] {
            let color = try pixel(logo, x, 0.5)
            #expect((Set(color).count == 1) == isGrey, "\(color)")
        }
        // What is white stays white.
        if isGrey, Self.hasLibrary {
            let drawn = try readLogo(svg("viewBox='0 0 30 10'"), name: "logo.svg", words: "", isGrey: true)
            #expect(try pixel(drawn, 0.9, 0.5) == [255, 255, 255])
        }
    }

    @Test(.enabled(if: hasLibrary, "librsvg is not installed"))
    func drawingsBecomePictures() throws {
        let sized = "width='30mm' height='10mm' viewBox='0 0 30 10'"
        for head in ["viewBox='0 0 30 10'", "width='30' height='10'", sized] {
            let logo = try readLogo(svg(head), name: "logo.svg", words: "")
            #expect(logo.size == Size(width: 720, height: 240), "\(head)")
            if head.contains("viewBox") {
                #expect(try pixel(logo, 0.1, 0.5) == [0xE0, 0, 0], "\(head)")
                #expect(try pixel(logo, 0.9, 0.5) == [255, 255, 255], "\(head)")
            }
            #expect(try readLogo(svg(head), name: "logo.svg", words: "").png == logo.png)
        }
        #expect(code(svg("viewBox='0 0 30 10'", "<text x='1' y='5'>Riverside</text>")) == "logo-with-text")
        #expect(code(Array(svg("viewBox='0 0 30 10'").dropLast(12))) == "logo-unreadable")
        #expect(code(svg("viewBox='0 0 0 10'")) == "logo-unreadable")
    }

    @Test func whatIsNoLogoIsRefused() throws {
        let whole = try png(60, 20)
        #expect(code([]) == "logo-unreadable")
        #expect(code(Array("GIF89a and more".utf8)) == "logo-unreadable")
        #expect(code(Array(whole.prefix(40))) == "logo-unreadable")
        #expect(code(Array(whole.prefix(20))) == "logo-unreadable")
        var huge = whole
        huge.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
        #expect(code(huge) == "logo-too-large")
        #expect(code([UInt8](repeating: 0x20, count: 20_000_001)) == "logo-too-large")
    }

    /// One picture in the file however many pages show it; read out once.
    @Test func aLogoIsOneObjectOfThePDF() throws {
        var theme = Theme.standard
        theme.logo = try readLogo(png(451, 120), name: "logo.png", words: "The mark of Riverside Motors")
        let measurer = try PangoMeasurer()
        let pages = (1...3).map { number in
            PageLayout(
                theme: theme, measurer: measurer,
                header: PageHeader(
                    question: "1  Why?", headline: "Because", sentence: "", place: "Riverside", period: ""),
                footer: PageFooter(first: "", second: "", page: number, pages: 3)
            ).finish().frame
        }
        let info = DocumentInfo(title: "Logo", createdAt: Instant(seconds: 0))
        let pdf = try renderPDF(pages: pages, info: info, measurer: measurer).value
        #expect(try run("qpdf", ["--check"], on: pdf).status == 0)
        #expect(try json(of: pdf).components(separatedBy: "\"/Subtype\": \"/Image\"").count - 1 == 1)
        #expect(try json(of: pdf).components(separatedBy: "The mark of Riverside Motors").count - 1 == 1)
        #expect(renderSVG(pages[0], title: "Logo").components(separatedBy: "data:image/png;base64,").count == 2)
    }
}

/// A dealership's own type.
@Suite struct OwnFontTests {
    private static let words = "Half were answered"
    private static let folder = "/usr/share/fonts/truetype/dejavu/"
    static let isThere = FileManager.default.fileExists(atPath: folder + "DejaVuSans-Bold.ttf")

    private func file(_ name: String, _ use: FontFile.Use) throws -> FontFile {
        FontFile(name: name, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: Self.folder + name))), use: use)
    }

    @Test(.enabled(if: isThere, "Debian's fonts-dejavu-core is not installed"))
    func textIsSetInIt() throws {
        let own = try PangoMeasurer(extraFonts: [file("DejaVuSans.ttf", .text), file("DejaVuSans-Bold.ttf", .text)])
        #expect(own.families == FontFamilies(text: "DejaVu Sans", display: "DejaVu Sans"))
        let inter = try PangoMeasurer()
        let style = Theme.standard.style(.body)
        #expect(own.width(of: Self.words, style: style) > inter.width(of: Self.words, style: style) + 2)
        let bold = Theme.standard.style(.body, bold: true)
        #expect(own.width(of: Self.words, style: bold) > own.width(of: Self.words, style: style) + 2)
        let run = TextRun(
            Self.words, at: Point(x: 10, y: 20), style: style, width: own.width(of: Self.words, style: style))
        let frame = Frame(size: Size(width: 200, height: 40), items: [.text(run)])
        let info = DocumentInfo(title: "Own", createdAt: Instant(seconds: 0))
        let pdf = try renderPDF(pages: [frame], info: info, measurer: own).value
        let fonts = try run_("pdffonts", pdf)
        #expect(fonts.contains("DejaVu") && !fonts.contains("Inter"))
        let svg = renderSVG(frame, title: "Own", families: own.families)
        #expect(svg.contains("'DejaVu Sans', Inter,"))
    }

    private func run_(_ tool: String, _ pdf: [UInt8]) throws -> String { try run(tool, [], on: pdf).text }

    @Test(.enabled(if: isThere, "Debian's fonts-dejavu-core is not installed"))
    func headlinesMayHaveTheirOwn() throws {
        let own = try PangoMeasurer(extraFonts: [file("DejaVuSans-Bold.ttf", .display)])
        #expect(own.families == FontFamilies(text: "Inter", display: "DejaVu Sans"))
    }

    @Test(.enabled(if: isThere, "Debian's fonts-dejavu-core is not installed"))
    func withoutABoldCutNothingStandsOut() throws {
        func code(_ files: [FontFile]) -> String {
            do throws(Rejection) {
                _ = try PangoMeasurer(extraFonts: files)
                return "none"
            } catch { return error.diagnostics.map(\.code).joined(separator: " ") }
        }
        #expect(code([try file("DejaVuSans.ttf", .text)]) == "font-without-bold")
        let two = [try file("DejaVuSans.ttf", .text), try file("DejaVuSansMono-Bold.ttf", .text)]
        #expect(code(two) == "font-families")
        #expect(code([FontFile(name: "x.ttf", bytes: [1, 2, 3], use: .display)]) == "font-unusable")
    }
}
