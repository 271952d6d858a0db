import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

/// The mails in Tests/Fixtures/adf, against Python's reading of them (Scripts/oracles/adf_oracle.py).
@Suite("Leads in mails")
struct LeadMailTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/adf")
        .standardizedFileURL

    struct Expected: Decodable {
        struct Lead: Decodable {
            var id: String, idSource: String, status: String, name: String, phone: String, email: String
            var vehicle: [String]
            var vendor: String, provider: String, messageID: String
            var received: Int64?
            var requested: Requested?
        }
        enum Requested: Decodable {
            case instant(Int64)
            case clock(String)
            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let seconds = try? value.decode(Int64.self) {
                    self = .instant(seconds)
                } else {
                    self = .clock(try value.decode(String.self))
                }
            }
        }
        var leads: [Lead]?
        var unread: String?
    }

    static func expected() throws -> [String: Expected] {
        try JSONDecoder().decode([String: Expected].self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    }

    static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).sorted()
        .filter { SourceKind(fileName: $0) == .mail }

    static func read(_ name: String) -> LeadsRead {
        var read = LeadsRead(dayFirst: false)
        read.read(SourceFile(path: folder.appending(path: name).path(), name: name))
        return read
    }

    static func leads(_ read: LeadsRead) -> [Lead] {
        read.entries.compactMap { if case .lead(let lead) = $0 { lead } else { nil } }
    }

    @Test("Python reads the same, where it reads", arguments: names)
    func oracle(name: String) throws {
        let expected = try #require(try Self.expected()[name])
        guard let theirs = expected.leads else { return }
        let read = Self.read(name)
        let ours = Self.leads(read)
        #expect(read.faults.isEmpty)
        try #require(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) {
            #expect(our.prospect.identifier?.value ?? "" == their.id)
            #expect(our.prospect.identifier?.source ?? "" == their.idSource)
            #expect(our.prospect.status == their.status)
            #expect(our.prospect.customer.name == their.name)
            #expect(our.prospect.customer.phone == their.phone)
            #expect(our.prospect.customer.email == their.email)
            let car = our.prospect.vehicle
            #expect([car.year, car.make, car.model, car.stock, car.vin] == their.vehicle)
            #expect(our.prospect.provider == their.provider)
            if !their.vendor.isEmpty { #expect(our.prospect.vendor == their.vendor) }
            #expect(our.messageID == their.messageID)
            #expect(our.receivedAt?.instant(in: .utc)?.seconds == their.received)
            switch their.requested {
            case .instant(let seconds): #expect(our.requestedAt?.instant(in: .utc)?.seconds == seconds)
            // `31 Oct … CDT`: the name of the zone is lost on Python.
            case .clock(let text): #expect(our.requestedAt.map { "\($0.text.prefix(19))" } == text)
            case nil: break
            }
        }
    }

    @Test("most of them are such as Python reads")
    func oracleReads() throws {
        let expected = try Self.expected()
        #expect(expected.count == Self.names.count && expected.count >= 60)
        #expect(expected.values.count { $0.leads?.isEmpty == false } >= 40)
    }

    /// What is wrong with each, and who asks.
    static let mended: [(name: String, deviation: LeadDeviation, customer: String)] = [
        ("06-alternative.eml", .localeDate, ""), ("12-escaped-page.eml", .escapedMarkup, "Customer M12"),
        ("13-locale-date.eml", .localeDate, "Customer N13"), ("14-short-offset.eml", .looseOffset, "Customer O14"),
        ("15-compact-offset.eml", .looseOffset, "Customer P15"), ("16-no-offset.eml", .noOffset, "Customer Q16"),
        ("17-capital-instructions.eml", .upperCaseInstruction, "Customer R17"),
        ("19-mobile.eml", .phoneType, "Customer T19"), ("19-mobile.eml", .phoneTime, "Customer T19"),
        ("20-no-vendorname.eml", .noVendorName, "Customer U20"), ("21-curly-quotes.eml", .curlyQuotes, "Customer V21"),
        ("22-bare-ampersand.eml", .bareAmpersand, "Moore & Sons"), ("23-foreign-bytes.eml", .foreignBytes, "José Muñoz"),
        ("24-capital-elements.eml", .wrongCase, "Customer Y24"), ("25-mixed-case.eml", .wrongCase, "Customer Z25"),
        ("32-no-id.eml", .noIdentifier, "Customer G32"), ("38-doctype.eml", .documentType, "Customer M38"),
        ("39-entity-bomb.eml", .documentType, "Customer &j;"), ("40-outside-entity.eml", .documentType, "Customer &xxe;"),
        ("49-breaks-in-comments.eml", .looseMarkup, "Customer A52"), ("50-unquoted-attributes.eml", .looseMarkup, "Customer B53"),
        ("51-java-date.eml", .localeDate, "Customer C54"), ("52-html-letters.eml", .foreignEntity, "Renée Dubóis"),
        ("53-control-character.eml", .controlCharacter, "Customer E56"), ("56-no-mail-date.eml", .noMailDate, "Customer H59"),
        ("59-nobody.eml", .noContact, ""), ("60-offset-nowhere.eml", .badOffset, "Customer L63"),
    ]

    @Test("what departs from ADF is read and noted", arguments: mended.dropFirst())
    func deviations(name: String, deviation: LeadDeviation, customer: String) throws {
        let read = Self.read(name)
        let lead = try #require(Self.leads(read).first)
        #expect(lead.prospect.customer.name == customer)
        #expect(lead.deviations.contains(deviation))
        #expect(read.deviations[deviation]?.count == 1)
    }

    @Test("a lead as ADF says it departs in nothing")
    func plain() {
        let names = [
            "01-plain-body.eml", "04-quoted-printable.eml", "07-attached-xml.eml", "11-utf16-attachment.eml", "43-bare.adf",
        ]
        for name in names {
            #expect(Self.read(name).deviations.isEmpty, "\(name)")
        }
    }

    @Test("the mended ones' times, phones and cars")
    func values() throws {
        func lead(_ name: String) throws -> Lead { try #require(Self.leads(Self.read(name)).first) }
        #expect(try lead("14-short-offset.eml").requestedAt?.text == "2026-10-15T15:05:00-08:00")
        #expect(try lead("16-no-offset.eml").requestedAt?.text == "2026-10-17T15:05:00")
        #expect(try lead("60-offset-nowhere.eml").requestedAt?.text == "2026-10-10T16:03:00")
        #expect(try lead("51-java-date.eml").requestedAt?.text == "2026-10-01T10:54:00-05:00")
        #expect(try lead("42-date-alone-est.eml").receivedAt?.text == "2026-10-16T10:47:00-05:00")
        #expect(try lead("03-two-received-crlf.eml").receivedAt?.text == "2026-10-04T12:09:00-05:00")
        #expect(try lead("46-forwarded.eml").receivedAt?.text == "2026-10-23T10:53:30-05:00")
        #expect(try lead("56-no-mail-date.eml").createdAt?.text == "2026-10-06T12:59:00-05:00")
        #expect(try lead("19-mobile.eml").prospect.customer.phone == "312-555-0119")
        #expect(try lead("19-mobile.eml").prospect.customer.otherPhone == "312-555-0901")
        #expect(try lead("21-curly-quotes.eml").prospect.customer.phone == "312-555-0121")
        #expect(try lead("50-unquoted-attributes.eml").prospect.customer.phone == "312-555-0153")
        #expect(try lead("58-phone-only.eml").customerID == "3125550161")
        #expect(try lead("59-nobody.eml").customerID == "CarPages:2062")
        #expect(try lead("34-no-id-at-all.eml").leadID.hasPrefix("adf-"))
        #expect(try lead("32-no-id.eml").leadID == "m32@leads.example")
        #expect(try lead("48-sequences.eml").leadID == "MotorSite:2051")
        let trade = try lead("47-trade-in.eml").prospect
        #expect(trade.vehicle.interest == "lease" && trade.vehicle.price == "41,250.00" && trade.vehicle.currency == "USD")
        #expect(trade.tradeIn.vin == "19XFC2F59JE000001" && trade.tradeIn.odometer == "61,200")
        let words = try lead("41-encoded-words.eml")
        #expect(words.mailFrom == "Marktplätze AG <leads@marktplatz.example>")
        #expect(words.mailSubject == "Anfrage – Subaru für Müller")
        #expect(try lead("29-cdata.eml").prospect.comments == "<b>Call me</b> & soon")
        #expect(try lead("10-windows-1252.eml").prospect.comments == "Price “all in” – €38,000?")
        #expect(try lead("45-mailbox.mbox").prospect.comments == "From here on, please call")
        #expect(try lead("30-tabs-in-values.eml").prospect.vehicle.model == "Forester \"Sport\", 2.5")
    }

    @Test("what cannot be read at all is kept as that, with its place; leads beside it are read")
    func unreadable() {
        func places(_ name: String) -> [Int32] {
            Self.read(name).entries.compactMap { if case .unreadable(let place, _) = $0 { place.row } else { nil } }
        }
        #expect(places("35-unclosed-tag.eml").count == 1)
        #expect(places("36-cut-off.eml").count == 1)
        #expect(places("37-one-of-three.eml").count == 1)
        #expect(Self.leads(Self.read("37-one-of-three.eml")).map(\.leadID) == ["CarPages:3701", "CarPages:3703"])
        #expect(Self.read("54-no-lead.eml").withoutLead?.count == 1)
        #expect(Self.read("45-mailbox.mbox").withoutLead?.count == 1)
    }

    @Test(
        "a lead's place is its line in the file",
        arguments: ["01-plain-body.eml", "27-three-leads.eml", "04-quoted-printable.eml"])
    func places(name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = lines.indices.filter { lines[$0].contains("<prospect") }.map { Int32($0 + 1) }
        #expect(Self.leads(Self.read(name)).map(\.place.row) == wanted)
    }

    private func lead(_ id: Int, vendor: String, phone: String = "312-555-0142", email: String = "") -> String {
        """
        <?xml version="1.0"?><?adf version="1.0"?><adf><prospect><id source="P">\(id)</id>
        <requestdate>2026-10-03T14:0\(id):00-05:00</requestdate><vehicle><year>2026</year><make>M</make><model>N</model></vehicle>
        <customer><contact><name part="full">A, "B"\nC</name><phone>\(phone)</phone><email>\(email)</email></contact>
        <comments>call; me</comments></customer><vendor><vendorname>\(vendor)</vendorname></vendor></prospect></adf>
        """
    }

    @Test("vendors are stores by mapping; what customers wrote is taken where a mapping names it")
    func mapping() async throws {
        let folder = try Folder([
            "dealership.yaml": """
            name: Riverside
            time-zone: America/Chicago
            exports:
              leads:
                file: "*.adf"
                delimiter: semicolon
                columns: { store_id: { column: vendor, values: { North Motors: N, South Motors: S } }, source: comments }
              customers: { file: "*.adf" }
            """,
            "exports/stores.csv": "store_id,name,sharing_group\nN,North,G\nS,South,G\n",
            "exports/1.adf": lead(1, vendor: "North Motors"),
            "exports/2.adf": lead(2, vendor: "South Motors", email: "a@b.example"),
            "exports/3.adf": lead(3, vendor: "West Motors"),
        ])
        let exports = try await folder.read()
        let journal = exports.group(0)
        #expect(journal.leads.count == 2)
        #expect(Set(journal.leads.store) == [0, 1])
        #expect(exports.header.audits.first { $0.table == .leads }?.setAside == [.unknownStore: 1])
        #expect(journal.leads.origin.map { exports.header.names[Int($0)] } == ["call; me", "call; me"])
        // One customer, whose e-mail a later lead told; no line break of a name breaks the text.
        #expect(journal.customerRecords.count == 1)
        #expect(journal.customerRecords.emails.count == 1)
        #expect(journal.leads.customer[0] == journal.leads.customer[1])
        let fault = try #require(exports.diagnostics.first { $0.code == "unknown-store" })
        #expect(fault.location?.file == "exports/3.adf" && fault.location?.row == 1)
    }

    @Test("what is in the text a mapping asks for")
    func onDemand() {
        let read = Self.read("29-cdata.eml")
        let leads = Self.leads(read)
        let repeats = LeadRepeats(leads, zone: .utc)
        func text(_ export: ExportSettings) -> String {
            String(decoding: LeadText(read, leads, repeats, for: export).bytes, as: UTF8.self)
        }
        #expect(!text(ExportSettings(table: .leads, file: "x.eml")).contains("Call me"))
        let asking = ExportSettings(
            table: .leads, file: "x.eml", columns: ["status": .init(rule: .column(["Comments"]))])
        #expect(text(asking).contains("<b>Call me</b> & soon"))
    }

    /// The whole folder through everything.
    @Test("the journal of all fixtures")
    func journal() async throws {
        let folder = try Folder([
            "dealership.yaml": """
            name: Riverside
            time-zone: America/Chicago
            exports:
              leads: { file: "adf/*", system: adf }
              customers: { file: "adf/*", system: adf }
            """
        ])
        try FileManager.default.createDirectory(atPath: "\(folder.path)/exports/adf", withIntermediateDirectories: true)
        for name in Self.names {
            try folder.write([UInt8](Data(contentsOf: Self.folder.appending(path: name))), to: "exports/adf/\(name)")
        }
        let exports = try await folder.read()
        let journal = exports.group(0)
        let header = exports.header(counting: journal.faults)
        let all = Self.names.map(Self.read)
        let rows = all.reduce(0) { $0 + $1.entries.count }
        let audit = try #require(header.audits.first { $0.table == .leads })
        #expect(audit.rowsRead == rows)
        #expect(audit.setAside == [.unreadableLead: 3, .duplicateRow: 2])
        #expect(journal.leads.count == rows - 5)
        let code = try #require((0..<journal.leads.count).first { journal.leads.identifiers[Int32($0)] == "CarPages:1001" })
        #expect(journal.leads.createdAt[code] == Moment(Instant(seconds: 1_791_054_550)))  // 2026-10-03 14:09:10 -0500
        #expect(journal.leads.requestedAt[code] == Moment(Instant(seconds: 1_791_054_300)))  // 14:05:00 -0500
        let place = exports.location(of: journal.leads.source[code])
        #expect(place.file == "exports/adf/01-plain-body.eml" && place.row == 14)
        let customers = Set(all.flatMap(Self.leads).map(\.customerID))
        #expect(journal.customerRecords.count == customers.count)
        #expect((0..<journal.leads.count).allSatisfy { journal.leads.customer[$0] >= 0 })
        let told = Set(exports.diagnostics.map(\.code))
        #expect(told.isSuperset(of: ["adf-deviation", "repeated-lead", "mail-without-lead", "request-delay", "unreadable-lead"]))
        #expect(exports.diagnostics.count { $0.code == "repeated-lead" } == 1)
        #expect(!exports.diagnostics.contains { $0.rendered().contains("Moore") || $0.rendered().contains("555-") })
    }
}
