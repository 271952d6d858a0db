import Foundation
import Testing

/// One folder a code in `Tests/Errors`: a dealership's folder and in `expected.txt` what checking it says.
/// A folder without its text gets one written, fails, and wants to be read by somebody.
@Suite("Tests/Errors of exports")
struct ErrorsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Errors")
        .standardizedFileURL

    static let codes: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.sorted().filter { name in
            ["exports", "dealership.yaml"].contains {
                FileManager.default.fileExists(atPath: folder.appending(path: "\(name)/\($0)").path())
            }
        }
    }()

    @Test("each folder gives the expected text", arguments: codes)
    func expected(code: String) async throws {
        let place = Self.folder.appending(path: code)
        let found = try await check(place.path())
        let file = place.appending(path: "expected.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            try found.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(code): read it, then run again")
            return
        }
        #expect(found == text)
        #expect(text.contains("[\(code)]"))
    }

    @Test("a folder that is not there")
    func noFolder() async throws {
        let place = Self.folder.appending(path: "no-folder")
        let found = try await check(place.path() + "/nowhere").replacing("riverside/nowhere", with: "riverside")
        #expect(found == (try String(contentsOf: place.appending(path: "expected.txt"), encoding: .utf8)))
    }
}
