import Basis
import Drawing
import Foundation
import Ink
import Testing
@Test func look() throws {
    let info = DocumentInfo(title: "Sample & co", author: "Riverside", subject: "S", keywords: ["a", "b"], createdAt: Instant(seconds: 1_793_491_199))
    let m = try PangoMeasurer()
    let pdf = try renderPDF(pages: [SamplePage.frame], info: info, measurer: m)
    print(pdf.diagnostics, pdf.value.count)
    try Data(pdf.value).write(to: URL(fileURLWithPath: "/tmp/ink.pdf"))
    let png = try renderPNG(SamplePage.frame, dpi: 150, measurer: m)
    try Data(png.value).write(to: URL(fileURLWithPath: "/tmp/ink.png"))
}
