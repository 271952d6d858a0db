import Foundation
import Testing

/// The web pages in a browser, where the machine has one: Chromium or Chrome, without a window.
@Suite("kpi report --format html in a browser", .enabled(if: Browser.path != nil, "no Chromium or Chrome on the PATH"))
struct WebPageTests {
    @Test(
        "a telephone's 390 pixels are enough, and nothing is complained of",
        arguments: ["monthly", "conversion", "outage"])
    func narrow(_ name: String) throws {
        let papers = try Papers.made.get()
        let file = papers.folder.appending(path: "\(name).html").path()
        let ran = try Program.run(list: Papers.arguments(name, papers.data) + ["--format", "html", "-o", file])
        #expect(ran.status == 0, "\(ran.errors)")
        for width in [390, 768, 1_200] {
            let seen = try Browser.open(file, width: width, in: papers.folder)
            #expect(seen.complaints.isEmpty, "\(name) at \(width) px: \(seen.complaints)")
            #expect(seen.scrollWidth == width, "\(name) is \(seen.scrollWidth) px wide at \(width) px: \(seen.tooWide)")
            // One of each pair of drawings is shown, so that type is as large as on paper.
            #expect(seen.hiddenDrawings > 0)
        }
    }
}

/// A page as a browser lays it out.
struct Browser {
    var scrollWidth: Int
    var hiddenDrawings: Int
    /// What stands out at the right.
    var tooWide: String
    var complaints: [String]

    static let path: String? = {
        ["chromium", "google-chrome", "chromium-browser"].lazy.compactMap { Program.find($0)?.path() }.first
    }()

    /// A window is never narrower than 500 pixels: the page is laid out in a frame of the width that is asked for.
    static func open(_ file: String, width: Int, in folder: URL) throws -> Browser {
        let around = folder.appending(path: "frame-\(UUID().uuidString).html")
        try """
            <!DOCTYPE html><body style="margin:0"><iframe id="f" src="file://\(file)"
            style="width:\(width)px;height:900px;border:0"></iframe>
            <script>document.getElementById("f").onload = function () {
            var page = this.contentDocument, wide = [], hidden = 0
            page.querySelectorAll("body *").forEach(function (element) {
              var box = element.getBoundingClientRect()
              var isWide = box.right > \(width) + 0.5 && box.width > 0 && !element.closest(".scroll")
              if (isWide) wide.push(element.tagName + " " + box.right)
            })
            page.querySelectorAll(".panel > svg").forEach(function (drawing) {
              if (getComputedStyle(drawing).display == "none") hidden++
            })
            document.title = ["seen", page.documentElement.scrollWidth, hidden, wide.slice(0, 9).join(", ")].join("|")
            }</script></body>
            """.write(to: around, atomically: true, encoding: .utf8)
        // Of its own: a browser refuses a profile that another one has open, and tests run side by side.
        let profile = folder.appending(path: "browser-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: profile) }
        let ran = try Program.run(
            URL(filePath: path ?? ""),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                "--virtual-time-budget=3000", "--hide-scrollbars", "--window-size=1400,1000",
                "--enable-logging=stderr",
                "--user-data-dir=\(profile.path())", "--dump-dom", around.absoluteString,
            ])
        let title = ran.out.components(separatedBy: "<title>seen|").last?
            .components(separatedBy: "</title>").first ?? ""
        let parts = title.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let complaints = ran.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init)
        guard parts.count == 3 else {
            throw Papers.Failed(words: "the browser says nothing: \(ran.errors.suffix(500))")
        }
        return Browser(
            scrollWidth: Int(parts[0]) ?? 0, hiddenDrawings: Int(parts[1]) ?? 0, tooWide: parts[2],
            complaints: complaints)
    }
}
