import Basis
import Dealership
import Definitions
import Foundation
import Measures
import Testing

@testable import Ingest

/// A folder of exports, and the dealership.yaml that is drafted of it.
@Suite("the first hour's folder")
struct FolderRecognitionTests {
    private func month(_ month: Int, number: Int = 0) -> String {
        "RONumber,CustNo,OpenDate,VIN\n"
            + (1...40).map {
                "\(number + month * 1_000 + $0),\(500 + $0),\(month)/\(12 + $0 % 15)/2026,1HGCM82633A00\(2_000 + $0)\n"
            }.joined()
    }

    private func customers(_ system: String) -> String {
        "Contact ID,Full Name,Cell Phone\n"
            + (1...60).map { "\(500 + $0),\(system) \(["Ann", "Bob", "Cleo"][$0 % 3]) No\($0),201-555-0\(100 + $0)\n" }.joined()
    }

    @Test("a file a month is one mapping; a copy is left out; what is mapped reads")
    func folder() async throws {
        let folder = try Folder([
            "exports/RO_Sep.csv": month(9), "exports/RO_Oct.csv": month(10), "exports/RO_Oct (1).csv": month(10),
            "exports/contacts.csv": customers("crm"), "exports/notes.pdf": "no export",
        ])
        let found = try FolderRecognition.look(at: folder.path + "/exports")
        #expect(found.lines.contains("RO_Oct.csv: the same as RO_Oct (1).csv, left out"))
        #expect(found.passedOver == ["notes.pdf"])
        let orders = found.groups.filter { $0.recognition.table == .serviceVisits }
        #expect(orders.map(\.pattern) == ["RO_*.csv"])
        #expect(orders.first?.recognition.rowCount == 80)
        let draft = DealershipDraft(found, name: "Riverside: the second")
        #expect(draft.decisions.contains("one store assumed, set time-zone"))
        #expect(draft.decisions.contains("no outages: write `outages: none` if true"))
        let settings = try DealershipFile.read(text: draft.text, file: "dealership.yaml")
        #expect(settings.value.name == "Riverside: the second")
        #expect(settings.diagnostics.isEmpty)
        try FileManager.default.removeItem(atPath: folder.path + "/exports/RO_Oct.csv")
        try folder.write(Array(draft.text.utf8), to: "dealership.yaml")
        let exports = try await folder.read()
        #expect(exports.header.audits.filter { $0.table == .serviceVisits }.map(\.rowsKept) == [80])
    }

    @Test("customers in orders and deals, where no export is of customers; deals taken back")
    func besides() async throws {
        func name(_ row: Int) -> (String, String) { (["Ann", "Bob", "Cleo"][row % 40 % 3], "No\(row % 40)") }
        var orders = "RO Number,RO Open Date,Customer Number,First Name,Last Name,Cell Phone,Advisor Email\n"
        var deals = "Deal #,Contract Date,Status,Cust #,Buyer Name,Buyer Cell,Salesperson 1\n"
        for row in 0..<120 {
            let (first, last) = name(row)
            let day = "\(1 + row % 9)/\(13 + row % 15)/2026", phone = "201-555-0\(100 + row % 40)"
            orders += "R\(row),\(day),\(500 + row % 40),\(first),\(last),\(phone),amy@dealer.example\n"
            let status = row % 10 == 0 ? "Unwound" : "Finalized"
            deals += "\(7_000 + row),\(day),\(status),9\(500 + row % 40),\"\(last), \(first)\",\(phone),Kim Day\n"
        }
        // The same customer with another phone is one more record, not a fault.
        orders += "R900,9/13/2026,500,Ann,No0,201-555-0999,amy@dealer.example\n"
        let folder = try Folder(["exports/Service History.csv": orders, "exports/Deal Log.csv": deals])
        let found = try FolderRecognition.look(at: folder.path + "/exports")
        #expect(found.lines.contains("  customers are read from it too: name, phone"))
        #expect(found.lines.contains("  left out: Status Unwound, deals that were taken back"))
        let draft = DealershipDraft(found, name: "Besides")
        #expect(!draft.decisions.contains { $0.contains("no customers") })
        #expect(draft.text.contains("name: { join: [First Name, Last Name], with: \" \" }"), "\(draft.text)")
        #expect(!draft.text.contains("email: Advisor Email"))
        try folder.write(Array(draft.text.utf8), to: "dealership.yaml")
        let exports = try await folder.read()
        let audits = exports.header.audits
        #expect(audits.filter { $0.table == .sales }.map(\.rowsKept) == [108])
        #expect(audits.filter { $0.table == .customers }.map(\.rowsRead) == [121, 120])
        let journal = try exports.journal(ofGroup: 0)
        // Each customer once a system, whoever stood there three times; nothing of it is listed.
        let again = journal.faults.filter { $0.reason == .customerAgain }
        #expect(journal.customerRecords.count == 81 && again.count == 160)
        #expect(!journal.faults.contains { $0.reason == .duplicateIdentifier })
        #expect(!journal.faults.contains { $0.reason == .duplicateRow })
        #expect(exports.diagnostics(of: again).isEmpty)
    }

    @Test("UTF-16 and lines that end with returns are recognised as they are read")
    func encodings() throws {
        let returns = month(9).replacing("\n", with: "\r")
        let wide = [0xFF, 0xFE] + [UInt8](try #require(month(10).data(using: .utf16LittleEndian)))
        for bytes in [Array(returns.utf8), wide] {
            let folder = try Folder()
            try folder.write(bytes, to: "exports/RO.csv")
            let found = try Recognition.look(at: folder.path + "/exports/RO.csv")
            #expect(found.table == .serviceVisits && found.rowCount == 40)
            let rows = try MappedRows.read(path: folder.path + "/exports/RO.csv", draft: MappingDraft(found), showsPeople: false)
            #expect(rows.rowsRead == 40 && rows.rowsSetAside == 0)
        }
    }

    @Test("a German dealership's exports: Windows-1252, semicolons, D.M.YYYY, 1.234,50 €, kilometres")
    func german() async throws {
        var orders = "Auftragsnummer;Kundennummer;Annahmedatum;Fertigmeldung;Betrag;Kilometerstand\r\n"
        var deals = "Vertragsnummer;Kundennummer;Verkaufsdatum;Verkäufer;Bruttoertrag\r\n"
        var messages = "Nachricht Nr;Gespräch;Kundennummer;Kanal;Richtung;Zeitpunkt;Mitarbeiter\r\n"
        for row in 0..<60 {
            let day = "\(13 + row % 15).0\(1 + row % 9).2026"
            orders += "A\(1_000 + row);\(500 + row % 40);\(day) 08:30;\(day);1.2\(10 + row),50 €;1\(row % 9).\(100 + row)\r\n"
            deals += "V\(row);\(500 + row % 40);\(day);VK\(row % 3);-\(row + 1),25\r\n"
            messages += "\(row);G\(row);\(500 + row % 40);\(["Telefon", "E-Mail"][row % 2]);eingehend;\(day) 09:15;\r\n"
        }
        let folder = try Folder()
        for (name, text) in [("Auftraege.csv", orders), ("Verkaeufe.csv", deals), ("Nachrichten.csv", messages)] {
            try folder.write([UInt8](try #require(text.data(using: .windowsCP1252))), to: "exports/\(name)")
        }
        let found = try FolderRecognition.look(at: folder.path + "/exports")
        #expect(found.currency == "EUR")
        #expect(found.groups.map(\.recognition.table) == [.serviceVisits, .sales, .messages])
        #expect(found.groups.allSatisfy { $0.recognition.unused.isEmpty })
        let draft = DealershipDraft(found, name: "Autohaus").text
        #expect(draft.contains("\ncurrency: EUR") && draft.contains("{ column: Kilometerstand, unit: km }"))
        try folder.write(Array(draft.utf8), to: "dealership.yaml")
        let exports = try await folder.read()
        #expect(exports.diagnostics.filter { $0.severity > .note }.map(\.code) == ["no-time-zone"], "\(exports.diagnostics)")
        let journal = exports.group(0)
        #expect(journal.orders.amount.prefix(2) == [121_050, 121_150])
        #expect(journal.orders.mileage.first == 6_276)
        #expect(journal.sales.gross.prefix(2) == [-125, -225])
        #expect(journal.messages.count == 60)
    }

    @Test("every setting that stands behind a # reads when the # is taken away")
    func usualSettings() throws {
        let folder = try Folder(["exports/RO_Sep.csv": month(9)])
        let text = DealershipDraft(try FolderRecognition.look(at: folder.path + "/exports"), name: "X").text
        let uncommented = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isSetting = line.hasPrefix("#") && (!line.hasPrefix("# ") || line.hasPrefix("#  "))
            return isSetting && line != "#outages: none" ? line.dropFirst() : line
        }.joined(separator: "\n")
        #expect(uncommented.contains("\nhours:\n"))
        #expect(uncommented.contains("\nconversion:\n"))
        let read = try DealershipFile.read(text: uncommented, file: "dealership.yaml")
        #expect(read.diagnostics.filter { $0.severity > .note }.isEmpty, "\(read.diagnostics)")
        #expect(read.value.hours.standard != nil)
    }

    @Test("two systems' customers: each export says whose numbers it has")
    func systems() throws {
        let shop = customers("dms").replacing("5", with: "7")
        let folder = try Folder([
            "exports/customers_dms.csv": shop, "exports/customers_crm.csv": customers("crm"),
            "exports/RO_Sep.csv": month(9).replacing(",5", with: ",7"),
        ])
        let found = try FolderRecognition.look(at: folder.path + "/exports")
        let orders = try #require(found.groups.first { $0.recognition.table == .serviceVisits })
        #expect(orders.recognition.system == "dms")
        #expect(orders.recognition.systemReason.contains("stand in customers_dms.csv"))
    }

    @Test("patterns take what differs and no other file")
    func patterns() {
        #expect(FolderGroups.pattern(["RO_Oct.csv", "RO_Nov.csv"]) == "RO_*.csv")
        #expect(FolderGroups.pattern(["RO_2026-09.csv", "RO_2026-10.csv"]) == "RO_2026-*.csv")
        #expect(FolderGroups.pattern(["deals_2026.csv"]) == "deals_*.csv")
        #expect(FolderGroups.pattern(["deals.csv"]) == "deals.csv")
        #expect(FolderGroups.pattern(["a.csv", "b.csv"]) == nil)
    }

    @Test("who writes from a telephone number is the customer who has it")
    func telephone() async throws {
        let texts = "message_id,phone,channel,direction,sent_at\n1,(201) 555-0101,sms,inbound,2026-09-01 10:00\n"
            + "2,+1 201 555 0199,sms,inbound,2026-09-01 11:00\n3,2015550101,sms,outbound,2026-09-01 12:00\n"
            + "4,Restricted,sms,inbound,2026-09-01 12:00\n"
        let folder = try Folder([
            "exports/customers.csv": "customer_id,name,phone\nC7,Ann Bo,201-555-0101\n", "exports/texts.csv": texts,
            "dealership.yaml": """
            name: X
            time-zone: America/Chicago
            exports:
              customers: { file: customers.csv, system: crm }
              messages: { file: texts.csv, system: texting, columns: { customer_id: { phone: phone } } }

            """,
        ])
        let exports = try await folder.read()
        for tasks in [1, 2] {
            let (journal, identity) = try await exports.journal(ofGroup: 0, tasks: tasks)
            let code = try #require(journal.customers.code(of: "crm·C7"))
            let same = journal.messages.customer.map { identity[$0] == identity[code] }
            #expect(same == [true, false, true])
            #expect(journal.messages.customer[0] == journal.messages.customer[2])
        }
        #expect(exports.diagnostics.contains { $0.code == "missing-value" && $0.location?.row == 5 })
    }

    @Test("every sheet of a workbook is looked at; a cover is none, a hidden one is not")
    func sheets() async throws {
        typealias Cell = WorkbookWriter.Cell
        func row(_ texts: [String]) -> [Cell] { texts.map { .inline($0) } }
        let messages = [row(["Message ID", "Thread", "Customer ID", "Channel", "Direction", "User", "Sent"])]
            + (0..<40).map { row([
                "M\($0)", "T\($0 / 2)", "\(1_000 + $0 / 2)", "Email", $0 % 2 == 0 ? "Inbound" : "Outbound", "ann",
                "2026-09-\(10 + $0 / 2) 1\($0 % 2):00",
            ]) }
        let deals = [row(["Deal #", "Customer ID", "VIN", "Sold Date", "Salesperson"])]
            + (0..<20).map {
                row(["D\($0)", "\(1_000 + $0)", "1HGCM82633A\(100_000 + $0)", "2026-09-\(10 + $0)", "Kim Day"])
            }
        let book = WorkbookWriter([
            .init("Cover", [row(["Extract for Riverside"]), row(["Prepared by", "Ana"])]), .init("Messages", messages),
            .init("Deals", deals), .init("Old", deals, state: "hidden"),
        ])
        let folder = try Folder(["exports/notes.pdf": "no export"])
        try book.write(to: folder.path + "/exports/crm.xlsx")
        let found = try FolderRecognition.look(at: folder.path + "/exports")
        #expect(found.groups.map { "\($0.pattern) \($0.recognition.sheet ?? "")" } == ["crm.xlsx Deals", "crm.xlsx Messages"])
        let draft = DealershipDraft(found, name: "Riverside").text
        #expect(draft.contains("# crm.xlsx!Cover was not recognised."))
        #expect(!draft.contains("delimiter:"))
        try folder.write(Array(draft.utf8), to: "dealership.yaml")
        let audits = try await folder.read().header.audits
        #expect(audits.map(\.rowsKept).sorted() == [20, 40])
        let path = folder.path + "/exports/crm.xlsx"
        #expect(try Recognition.look(at: path).notes.contains { $0.contains("crm.xlsx!Cover") })
        let one = try Recognition.look(at: path + "!Deals")
        #expect(one.table == .sales && Recognition.place(path + "!Deals").path == path)
        #expect(try MappedRows.read(path: path, draft: MappingDraft(one), showsPeople: false).rowsRead == 20)
    }

    @Test("mails of leads are one export, in a folder of their own too, with their customers")
    func mails() async throws {
        let folder = try Folder(["exports/contacts.csv": customers("crm")])
        let fixtures = LeadMailTests.folder
        for (name, target) in [("01-plain-body", "a"), ("04-quoted-printable", "adf/b"), ("07-attached-xml", "adf/c")] {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/exports/adf", withIntermediateDirectories: true)
            try folder.write([UInt8](Data(contentsOf: fixtures.appending(path: name + ".eml"))), to: "exports/\(target).eml")
        }
        let found = try FolderRecognition.look(at: folder.path + "/exports")
        #expect(found.passedOver.isEmpty)
        #expect(found.files.flatMap(\.members).map(\.name).sorted() == ["a.eml", "adf/b.eml", "adf/c.eml", "contacts.csv"])
        let leads = found.groups.filter { $0.recognition.table == .leads }
        #expect(leads.map(\.pattern) == ["a.eml", "adf/*.eml"])
        try folder.write(Array(DealershipDraft(found, name: "Riverside").text.utf8), to: "dealership.yaml")
        let header = try await folder.read().header
        #expect(header.audits.filter { $0.table == .leads }.map(\.rowsKept).sorted() == [1, 2])
        #expect(header.audits.filter { $0.table == .customers && $0.system == "leads" }.count == 2)
    }

    @Test("outages: none is a log without rows")
    func noOutages() async throws {
        let files = ["exports/service_visits.csv": "visit_id,customer_id,opened_at\n1,2,2026-09-01\n3,4,2026-09-30\n"]
        let yaml = "name: X\ntime-zone: America/Chicago\n"
        let silent = try await Folder(files.merging(["dealership.yaml": yaml], uniquingKeysWith: { $1 })).read()
        #expect(!silent.header.has(.outages))
        let stated = try await Folder(
            files.merging(["dealership.yaml": yaml + "outages: none\n"], uniquingKeysWith: { $1 })).read()
        #expect(stated.header.has(.outages))
        let audit = try #require(stated.header.audits.first { $0.table == .outages })
        #expect(audit.firstDay == Day(year: 2026, month: 9, day: 1))
        #expect(audit.lastDay == Day(year: 2026, month: 9, day: 30))
        #expect(audit.rowsRead == 0)
    }
}
