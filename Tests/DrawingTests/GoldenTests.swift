import Drawing
import Foundation
import Testing

/// Every example as text, compared with what was recorded. `RECORD_GOLDENS=1` records anew, and still fails the run.
@Suite struct GoldenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Goldens")
    private static let records = ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"

    private func compare(_ text: String, name: String) throws {
        let file = GoldenTests.folder.appendingPathComponent("\(name).txt")
        if GoldenTests.records {
            if (try? String(contentsOf: file, encoding: .utf8)) == text { return }
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(name): look at the difference, then run again without RECORD_GOLDENS")
            return
        }
        guard let known = try? String(contentsOf: file, encoding: .utf8) else {
            Issue.record("no golden for \(name): run once with RECORD_GOLDENS=1")
            return
        }
        let now = text.split(separator: "\n", omittingEmptySubsequences: false)
        let before = known.split(separator: "\n", omittingEmptySubsequences: false)
        let differing = zip(now, before).enumerated().first { $0.element.0 != $0.element.1 }
        if let differing {
            Issue.record("\(name):\(differing.offset + 1): \(differing.element.0) was \(differing.element.1)")
        } else if now.count != before.count {
            Issue.record("\(name): \(now.count) lines, were \(before.count)")
        }
    }

    @Test(arguments: Gallery.examples.indices)
    func example(_ index: Int) throws {
        let example = Gallery.examples[index]
        try compare(example.draw(FixedWidthMeasurer()).frame.description, name: example.name)
    }

    @Test func firstPage() throws {
        let page = try #require(Gallery.pages.first { $0.name == "page-1" })
        try compare(page.make(FixedWidthMeasurer()).frame.description, name: page.name)
    }

    /// No golden is left over from an example that is gone.
    @Test func goldensHaveExamples() throws {
        let names = Set(Gallery.examples.map(\.name) + ["page-1"])
        let files = try FileManager.default.contentsOfDirectory(atPath: GoldenTests.folder.path)
        for file in files where file.hasSuffix(".txt") { #expect(names.contains(String(file.dropLast(4))), "\(file)") }
        #expect(names.count == Gallery.examples.count + 1, "two examples of one name")
    }
}
