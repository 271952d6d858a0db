import Basis
import Dealership
import Definitions
import Drawing
import Foundation
import Ingest
import Measures
import Reporting
import Testing

/// The monthly report of folders that have some exports and lack most.
struct MonthlyReportTests {
    static let months = [
        "boston311": "2015-12", "care": "2020-03", "github": "2026-07", "github-history": "2023-09", "upptime": "2026-08",
    ]

    @Test(arguments: ["boston311", "care", "github", "github-history", "upptime"])
    func `every page is drawn and says nothing that is no figure`(name: String) async throws {
        let folder = name == "boston311" ? try await RealFolder.boston.value : try await RealFolder.read(name)
        let report = try Self.draw(folder, month: #require(Self.months[name]))
        #expect(report.pages.count == 7)
        for (index, page) in report.pages.enumerated() {
            let texts = page.laid.frame.items.flatMap(\.texts)
            #expect(!page.headline.isEmpty)
            #expect(!texts.isEmpty)
            for text in texts {
                let words = text.lowercased().split { !$0.isLetter }
                #expect(!words.contains("nan") && !words.contains("inf"), "page \(index + 1): \(text)")
                #expect(!text.contains("To come"), "page \(index + 1): \(text)")
            }
        }
    }

    /// Nobody came to service in these data: a share of nothing is no share.
    @Test(arguments: ["boston311", "care", "github", "github-history", "upptime"])
    func `pages without their exports print no share and no zero`(name: String) async throws {
        let folder = name == "boston311" ? try await RealFolder.boston.value : try await RealFolder.read(name)
        let report = try Self.draw(folder, month: #require(Self.months[name]))
        let hasConversations = folder.header.has(.messages) || folder.header.has(.conversations)
        let lacking = [2] + (hasConversations ? [] : [3]) + (folder.header.has(.outages) ? [] : [5])
        for number in lacking {
            for text in report.pages[number - 1].laid.frame.items.flatMap(\.texts) {
                #expect(!["0", "0 %", "0.0 %", "0 h", "0 min", "$0"].contains(text), "page \(number): \(text)")
                #expect(!text.hasPrefix("0 of 0") && !text.contains(" 0 of 0"), "page \(number): \(text)")
            }
        }
    }

    /// Without messages there are no turns, calls, handoffs or people; what is not exported is named and not 0.
    @Test(arguments: ["boston311", "care", "github", "github-history", "upptime"])
    func `the response report is drawn of whatever there is`(name: String) async throws {
        let folder = name == "boston311" ? try await RealFolder.boston.value : try await RealFolder.read(name)
        let report = try Self.draw(folder, month: #require(Self.months[name]), report: "response")
        #expect(report.pages.count == 4)
        for page in report.pages {
            let texts = page.laid.frame.items.flatMap(\.texts)
            #expect(!page.headline.isEmpty)
            for text in texts {
                let words = text.lowercased().split { !$0.isLetter }
                #expect(!words.contains("nan") && !words.contains("inf"), "\(text)")
            }
        }
        if !folder.header.has(.messages) {
            let codes = Set(report.ledger.entries.map { String($0.id.code.prefix(4)) })
            #expect(codes.isDisjoint(with: ["NEXT", "LEAD", "CALL", "HAND", "STOP", "TRAF"]))
        }
    }

    @Test func `the same input draws the same pages`() async throws {
        let first = try Self.draw(try await RealFolder.read("github"), month: "2026-07")
        let second = try Self.draw(try await RealFolder.read("github"), month: "2026-07")
        #expect(first.pages.map(\.laid.frame) == second.pages.map(\.laid.frame))
        #expect(first.ledger.rows == second.ledger.rows)
    }

    static func draw(_ folder: RealFolder, month: String, report: String = "monthly") throws -> Report {
        let file = RealFolder.project.appending(path: "reports/\(report).yaml")
        let definition = try ReportFile.read(bytes: [UInt8](Data(contentsOf: file)), file: "reports/\(report).yaml")
        let monthsBack = definition.value.pages.map { $0[.months] }.max() ?? PageOption.months.usual
        let request = ReportRequest(month: try #require(Month(month)), monthsBack: monthsBack)
        let tables = definition.value.tables
        let result = folder.tabulate(ReportContext.specs(tables, for: request, settings: folder.settings))
        let context = ReportContext(
            request: request, header: folder.exports.header(counting: result.faults), tables: tables,
            tallies: result.tables, leftOutByRule: result.leftOut)
        return Report.draw(definition.value, context: context, measurer: FixedWidthMeasurer())
    }
}

extension FrameItem {
    /// What a reader reads, and what a screen reader reads out.
    fileprivate var texts: [String] {
        switch self {
        case .text(let run): return [run.text]
        case .path, .image: return []
        case .link(let link): return link.items.flatMap(\.texts)
        case .group(let group):
            var own: [String] = []
            if case .figure(let alternative) = group.role { own = [alternative] }
            return own + group.items.flatMap(\.texts)
        }
    }
}
