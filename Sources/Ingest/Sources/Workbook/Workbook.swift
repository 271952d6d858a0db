import Basis

/// What a workbook says of itself (ECMA-376, part 1): its sheets and where its parts lie.
struct Workbook {
    struct Sheet: Equatable {
        var name: String
        /// Path in the archive.
        var part: String
        var isHidden: Bool
    }

    let archive: ZipArchive
    /// Those with rows, in the workbook's order; charts are none.
    private(set) var sheets: [Sheet] = []
    /// Days count from 1904 on, as on old Macs.
    private(set) var countsFrom1904 = false
    private(set) var stringsPart: String?
    private(set) var stylesPart: String?

    private struct Link {
        var id: String
        /// The last word of its address: `worksheet`.
        var type: String
        var part: String
    }

    /// - Throws: `Rejection` (`damaged-workbook`, `foreign-workbook`, `unreadable-xml`, `locked-workbook`).
    init(_ archive: ZipArchive) throws(Rejection) {
        self.archive = archive
        let roots = archive.has("_rels/.rels") ? try Workbook.links(archive, of: "") : []
        let main = roots.first { $0.type == "officeDocument" }?.part ?? "xl/workbook.xml"
        guard archive.has(main), main.lowercased().hasSuffix(".xml") else {
            throw Workbook.foreign(archive.name, isBinary: archive.has("xl/workbook.bin"))
        }
        let links = try Workbook.links(archive, of: main)
        stringsPart = links.first { $0.type == "sharedStrings" }?.part
        stylesPart = links.first { $0.type == "styles" }?.part
        let parts = Dictionary(links.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var xml = try XMLReader(file: archive.name, part: main, source: archive.stream(main))
        while true {
            let event = try xml.next()
            if event == .done { break }
            guard event == .start else { continue }
            if xml.isNamed("workbookPr") {
                countsFrom1904 = ["1", "true", "on"].contains(xml.attribute("date1904") ?? "")
            } else if xml.isNamed("sheet") {
                guard let link = xml.attribute("id").flatMap({ parts[$0] }), link.type == "worksheet" else { continue }
                sheets.append(
                    Sheet(
                        name: xml.attribute("name") ?? "", part: link.part,
                        isHidden: (xml.attribute("state") ?? "visible") != "visible"))
            }
        }
        guard !sheets.isEmpty else {
            throw ZipArchive.damaged(archive.name, "the workbook has no sheet with rows")
        }
    }

    private static func foreign(_ name: String, isBinary: Bool) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "foreign-workbook", at: .init(file: name),
                isBinary
                    ? "the workbook is of Excel's binary kind (.xlsb)" : "the file is an archive, but no Excel workbook",
                remedies: ["save it as .xlsx, or export it as CSV"]))
    }

    /// What a part names as belonging to it; `""`: the whole archive.
    private static func links(_ archive: ZipArchive, of part: String) throws(Rejection) -> [Link] {
        let cut = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
        let path = "\(part[..<cut])_rels/\(part[cut...]).rels"
        guard archive.has(path) else { return [] }
        var links: [Link] = []
        var xml = try XMLReader(file: archive.name, part: path, source: archive.stream(path))
        while true {
            let event = try xml.next()
            if event == .done { return links }
            guard event == .start, xml.isNamed("Relationship"), let target = xml.attribute("Target") else { continue }
            let type = xml.attribute("Type") ?? ""
            links.append(
                Link(
                    id: xml.attribute("Id") ?? "", type: type.split(separator: "/").last.map(String.init) ?? "",
                    part: resolved(target, in: String(part[..<cut]))))
        }
    }

    /// `../a/b.xml` in `xl/` is `a/b.xml`; `/xl/b.xml` is that from the archive's top.
    private static func resolved(_ target: String, in folder: String) -> String {
        let path = target.hasPrefix("/") ? target : folder + target
        var steps: [Substring] = []
        for step in path.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
