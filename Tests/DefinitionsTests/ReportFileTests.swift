import Basis
import Foundation
import Testing

@testable import Definitions

@Suite("reports/*.yaml")
struct ReportFileTests {
    private func builtIn(_ name: String) throws -> Checked<ReportDefinition> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let bytes = Array(try Data(contentsOf: root.appending(path: "reports/\(name).yaml")))
        return try ReportFile.read(bytes: bytes, file: "reports/\(name).yaml")
    }

    @Test("the response report: four pages, with the usual options")
    func response() throws {
        let checked = try builtIn("response")
        #expect(checked.diagnostics.isEmpty)
        #expect(checked.value.pages.map(\.page) == [.howFast, .whenWritten, .whoAnswers, .stillOpen])
        for page in checked.value.pages {
            for option in page.page.options { #expect(page.options[option] == option.usual) }
        }
    }

    @Test("the conversion report: five pages, with the usual options")
    func conversion() throws {
        let checked = try builtIn("conversion")
        #expect(checked.diagnostics.isEmpty)
        #expect(checked.value.pages.map(\.page) == [.howManyBuy, .howLong, .lostSteps, .whoTurns, .whatItBrings])
        for page in checked.value.pages {
            for option in page.page.options { #expect(page.options[option] == option.usual) }
        }
    }

    @Test("outage, claim and vendors: what must be chosen before they can be drawn")
    func subjects() throws {
        let outage = try builtIn("outage").value
        #expect(outage.pages.map(\.page) == [.whatHappened, .whomItHit, .didWeKeepIt])
        #expect(outage.isAbout(.outage) && !outage.isAbout(.vendor) && !outage.isAbout(.month))
        let claim = try builtIn("claim").value
        #expect(claim.pages.map(\.page) == [.claimLetter, .claimEvidence])
        #expect(claim.isAbout(.vendor) && !claim.isAbout(.outage))
        let vendors = try builtIn("vendors").value
        #expect(vendors.pages.map(\.page) == [.vendorYear] && vendors.isAbout(.month))
        #expect(vendors.pages[0].options == [.months: 12, .vendors: PageOption.vendors.usual])
        #expect(try !builtIn("monthly").value.isAbout(.outage))
    }

    @Test("the monthly report: seven pages, each kind once, in their order")
    func monthly() throws {
        let checked = try builtIn("monthly")
        #expect(checked.diagnostics.isEmpty)
        let report = checked.value
        #expect(report.name == "monthly")
        #expect(report.title == "The month in seven pages")
        #expect(report.paper == .letter)
        #expect(report.orientation == .landscape)
        #expect(report.pages.map(\.page) == Array(PageKind.allCases.prefix(7)))
        #expect(
            report.pages.map(\.question) == [
                "What must I do?", "Where do we lose service customers?", "Who waits?", "Do our teams talk?",
                "What broke, and who is owed?", "Did our changes work?", "Can I believe it?",
            ])
        // What the file states is what holds when it says nothing: it documents the usual values.
        for page in report.pages {
            for option in page.page.options { #expect(page.options[option] == option.usual) }
        }
    }

    @Test("an option in the file wins over the usual value, and stays in its range")
    func options() throws {
        let text = """
            name: short
            title: Short
            paper: a4
            pages: [{ question: Who waits?, page: who-waits, options: { channels: 2 } }]
            """
        let page = try #require(try ReportFile.read(text: text, file: "r.yaml").value.pages.first)
        #expect(page[.channels] == 2)
        #expect(page[.months] == 13)
        for option in PageOption.allCases { #expect(option.range.contains(option.usual)) }
    }
}
