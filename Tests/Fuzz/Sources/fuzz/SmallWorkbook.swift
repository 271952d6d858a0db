/// Workbooks with nothing in them that is not read: what Excel writes has ten times the letters, most of them colours.
enum SmallWorkbook {
    static let all = [parts(shared), parts(inline, date1904: true), parts(shared, sheet: "Leads", other: true)]

    private static let shared = """
        <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
        <row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3"><v>1E2</v></c><c r="C3" s="1"><v>46300.5</v></c></row>
        <row><c t="str"><f>A3&amp;"x"</f><v>L2</v></c><c t="b"><v>1</v></c><c s="2"><v>46301</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A2:C2"/></mergeCells>
        """

    private static let inline = """
        <cols><col min="2" max="2" hidden="1"/></cols><sheetData><row><c t="inlineStr"><is><t>lead_id</t></is></c>
        <c t="inlineStr"><is><t>created_at</t></is></c></row><row hidden="1"><c r="A9"><v>12345678901234567</v></c>
        <c t="d"><v>2026-10-01T09:00:00Z</v></c></row><row><c t="e"><v>#N/A</v></c><c><f>NOW()</f></c></row></sheetData>
        """

    private static func parts(
        _ rows: String, date1904: Bool = false, sheet: String = "S", other: Bool = false
    ) -> [(name: String, bytes: [UInt8])] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        func links(_ links: [(String, String)]) -> String {
            "<Relationships>"
                + links.enumerated().map {
                    #"<Relationship Id="r\#($0.offset)" Type="\#(office)/\#($0.element.0)" Target="\#($0.element.1)"/>"#
                }.joined() + "</Relationships>"
        }
        let texts = ["lead_id", "customer_id", "created_at", "L1"].map { "<si><t>\($0)</t></si>" }.joined()
        let parts = [
            ("_rels/.rels", links([("officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                #"<workbook xmlns:r="\#(office)"><workbookPr date1904="\#(date1904)"/><sheets>"#
                    + #"<sheet name="\#(sheet)" r:id="r0"/>"#
                    + (other ? #"<sheet name="T" state="hidden" r:id="r0"/>"# : "") + "</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                links([("worksheet", "s.xml"), ("sharedStrings", "/xl/t.xml"), ("styles", "../xl/c.xml")])
            ),
            ("xl/s.xml", "<worksheet>\(rows)</worksheet>"),
            ("xl/t.xml", "<sst>\(texts)<si><r><t xml:space=\"preserve\"> a</t></r><rPh><t>b</t></rPh></si></sst>"),
            (
                "xl/c.xml",
                #"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="d/m/yy h:mm"/></numFmts><cellXfs>"#
                    + #"<xf/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
            ),
        ]
        return parts.map { ($0.0, Array($0.1.utf8)) }
    }
}
