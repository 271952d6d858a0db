import Basis
import Dealership
import Definitions
import Foundation
import Testing

@testable import Ingest

/// What exports seem to be, told from names and values.
@Suite("recognising exports")
struct RecognitionTests {
    private func recognise(_ text: String, file: String = "export.csv", as table: StandardTable? = nil) throws -> Recognition {
        let bytes = ExportBytes(name: file, made: Array(text.utf8), origins: nil)
        return TableRecogniser(try ExportSample.read(bytes), known: KnownNumbers()).recognise(as: table)
    }

    private func rule(_ recognition: Recognition, _ column: String) -> Recognition.Rule? { recognition.match(of: column)?.rule }

    @Test(
        "notations of one name are the same words",
        arguments: [
            ("RONumber", "RO #"), ("ro_no", "Repair Order Number"), ("CustNo", "Customer #"), ("custno", "cust_id"),
            ("OpenDate", "Opened On"), ("ClosedDate", "CLOSE DT"), ("SalesRep", "sales_rep"), ("SentAt", "sent time"),
            ("Veh Yr", "Vehicle Year"), ("appt_no", "AppointmentID"), ("Kundennummer", "Kunden Nr"),
        ])
    func words(a: String, b: String) {
        let (one, other) = (HeaderWords(a), HeaderWords(b))
        // Repair Order is a phrase for RO: the table of synonyms knows it.
        if a == "ro_no" {
            #expect(Synonyms.phrases(.serviceVisits, "visit_id").contains { $0.words == other.words })
            #expect(Synonyms.phrases(.serviceVisits, "visit_id").contains { $0.words == one.words })
        } else if a == "Kundennummer" {
            #expect(other.words == ["customer", "id"])
        } else {
            #expect(one.likeness(to: other) >= 0.9, "\(one.words) \(other.words)")
        }
    }

    @Test("names that mean something else are told apart")
    func strangers() {
        #expect(HeaderWords("Customer Name").likeness(to: HeaderWords("Customer Number")) < 0.55)
        #expect(HeaderWords("Open Date").likeness(to: HeaderWords("Close Date")) < 0.55)
        #expect(HeaderWords("Front Gross").likeness(to: HeaderWords("Back Gross")) < 0.55)
    }

    /// Repair orders as CDK names them, in another order and with columns nobody asked for.
    private func orders(_ count: Int, date: (Int) -> String, number: (Int) -> String = { "\(100_000 + $0)" }) -> String {
        var text = "Comments,VIN,CustNo,OpenDate,HasWarrPayFlag,RONumber,ServiceAdvisor,Total Amt,Pay,Status\n"
        for row in 0..<count {
            let vin = "1HGCM82633A00\(1_000 + row)"
            text += "call back,\(vin),\(number(row % 50)),\(date(row)),N,\(row + 7_000),A\(row % 4),\(row).50,"
                + "\(["C", "W", "I"][row % 3]),\(row % 9 == 0 ? "V" : "C")\n"
        }
        return text
    }

    @Test("a comma before decimals is drafted; what may be thousands is asked")
    func decimals() throws {
        func drafted(_ amount: (Int) -> String) throws -> (marks: Recognition.DecimalMarks, notes: String, text: String) {
            let rows = (0..<60).map { "\($0);C\($0);2026-10-05;\(amount($0))\n" }
            let found = try recognise("RO Number;Customer Number;Open Date;Total Amt\n" + rows.joined())
            #expect(found.table == .serviceVisits)
            #expect(rule(found, "amount") == .column("Total Amt"))
            return (found.decimalMarks, found.notes.joined(separator: "\n"), MappingDraft(found).text)
        }
        let comma = try drafted { $0 % 2 == 0 ? "1.2\(10 + $0),50 €" : "3\($0),5" }
        #expect(comma.marks == .comma && comma.text.contains("decimals: comma  #") && comma.notes.contains("drafted so"))
        let open = try drafted { "1.2\(10 + $0)" }
        #expect(open.marks == .open && open.text.contains("# decimals: comma  # or point") && open.notes.contains("is that 1210"))
        let mixed = try drafted { $0 % 2 == 0 ? "1\($0),50" : "1\($0).50" }
        #expect(mixed.marks == .mixed && mixed.notes.contains("Total Amt both"))
        let point = try drafted { $0 % 2 == 0 ? "1.2\(10 + $0)" : "1\($0).50" }
        #expect(point.marks == .point && !point.text.contains("decimals"))
    }

    @Test("repair orders in CDK's words")
    func repairOrders() throws {
        let found = try recognise(orders(120) { "\(1 + $0 % 12)/\(13 + $0 % 9)/2026" }, file: "RO_Oct.csv")
        #expect(found.table == .serviceVisits)
        #expect(rule(found, "visit_id") == .column("RONumber"))
        #expect(rule(found, "customer_id") == .column("CustNo"))
        #expect(rule(found, "vin") == .column("VIN"))
        #expect(rule(found, "opened_at") == .column("OpenDate"))
        #expect(rule(found, "advisor_id") == .column("ServiceAdvisor"))
        #expect(rule(found, "amount") == .column("Total Amt"))
        #expect(found.match(of: "pay_type")?.values == ["C": "customer", "W": "warranty", "I": "internal"])
        #expect(found.match(of: "status")?.values == ["C": "closed", "V": "void"])
        #expect(found.dateOrder == .monthFirst)
        #expect(found.headline.hasPrefix("RO_Oct.csv: repair orders, 8 of 10 columns recognised (not used: "))
        #expect(found.isReadable)
    }

    @Test("dates that fit both orders are asked about; those that fit one are not")
    func orders() throws {
        let open = try recognise(orders(812) { "0\(1 + $0 % 9)/0\(1 + $0 % 7)/2026" })
        #expect(open.dateOrder == .open)
        #expect(open.notes.contains("01/01/2026: all 812 rows fit both orders, set dates: M/D/YYYY or D/M/YYYY"))
        let day = try recognise(orders(60) { "\(13 + $0 % 9)/0\(1 + $0 % 7)/2026" })
        #expect(day.dateOrder == .dayFirst)
        let mixed = try recognise(orders(60) { $0 % 2 == 0 ? "13/04/2026" : "04/13/2026" })
        #expect(mixed.dateOrder == .mixed)
        #expect(mixed.notes.contains { $0.contains("30 rows fit M/D/YYYY alone and 30 rows D/M/YYYY alone") })
        let iso = try recognise(orders(60) { "2026-04-\(10 + $0 % 9)" })
        #expect(iso.dateOrder == .none)
        #expect(!iso.notes.contains { $0.contains("orders") })
    }

    @Test("what Excel did to numbers is named")
    func excel() throws {
        let text = orders(200, date: { "2026-04-\(10 + $0 % 9)" }, number: { $0 < 10 ? "1.23E+11" : "1230000000\($0)" })
        let found = try recognise(text)
        #expect(found.notes.contains("customer_id 1.23E+11 in 40 rows: shortened by Excel, export as text"))
        let hashes = try recognise(orders(100) { $0 % 4 == 0 ? "########" : "2026-04-11" })
        #expect(hashes.notes.contains { $0.hasPrefix("opened_at ######## in 25 rows") })
        let serial = try recognise(orders(100) { "\(45_900 + $0)" })
        #expect(rule(serial, "opened_at") == .column("OpenDate"))
        #expect(serial.notes.contains { $0.hasPrefix("opened_at is a number such as 45950 in 100 rows") })
        let sound = try recognise(orders(200, date: { "2026-04-\(10 + $0 % 9)" }))
        #expect(sound.notes.isEmpty, "\(sound.notes)")
    }

    @Test("texts that know a telephone number alone")
    func texts() throws {
        var text = "When,In/Out,Contact Phone,Agent\n"
        for row in 0..<60 {
            text += "2026-04-\(10 + row % 9) 1\(row % 9):15,\(row % 2 == 0 ? "I" : "O"),(201) 555-0\(100 + row % 20),P\(row % 3)\n"
        }
        let found = try recognise(text, file: "texting.csv")
        #expect(found.table == .messages)
        #expect(rule(found, "customer_id") == .phone("Contact Phone"))
        #expect(rule(found, "channel") == .constant("sms"))
        #expect(rule(found, "message_id") == .rowPlace)
        #expect(found.match(of: "direction")?.values == ["I": "inbound", "O": "outbound"])
        let draft = MappingDraft(found).text
        let settings = try DealershipFile.read(text: "name: X\n" + draft, file: "dealership.yaml")
        #expect(settings.diagnostics.isEmpty)
        #expect(settings.value.exports.first?.joinsByPhone == true)
    }

    @Test("calls and calls back: the number that is not the dealership's own, whoever called; an outage's end by other names")
    func callsBack() throws {
        var calls = "Call Id,Call Start,Caller Number,Dialed Number,Direction,Answered By,Result\n"
        for row in 0..<80 {
            let (theirs, ours) = ("201-555-0\(100 + row / 2)", "201-555-9000")
            let numbers = row % 2 == 0 ? "\(theirs),\(ours),Inbound,,Missed" : "\(ours),\(theirs),Outbound,Ann,Answered"
            calls += "\(row),2026-10-\(10 + row % 9) 10:0\(row % 2 * 2):00,\(numbers)\n"
        }
        let found = try recognise(calls, file: "calls.csv")
        #expect(rule(found, "customer_id") == .phones(["Caller Number", "Dialed Number"], own: ["201-555-9000"]))
        let outages = try recognise(
            "Ticket,System,Down At,Back Up\n1,phones,9/14/2026 9:05 AM,9/14/2026 2:40 PM\n"
                + "2,phones,9/20/2026 9:05 AM,9/20/2026 2:40 PM\n",
            file: "outages.csv")
        #expect(rule(outages, "ended_at") == .column("Back Up") && rule(outages, "started_at") == .column("Down At"))
    }

    @Test("texts from and to: the number that is not the dealership's own")
    func fromAndTo() throws {
        var text = "When,In/Out,From,To,Agent\n"
        for row in 0..<80 {
            let (theirs, ours) = ("(201) 555-0\(100 + row % 30)", "(201) 555-0199")
            let isIn = row % 2 == 0
            let numbers = isIn ? "I,\(theirs),\(ours)" : "O,\(ours),\(theirs)"
            text += "2026-04-\(10 + row % 9) 1\(row % 9):15,\(numbers),P1\n"
        }
        let found = try recognise(text, file: "texting.csv")
        #expect(rule(found, "customer_id") == .phones(["From", "To"], own: ["(201) 555-0199"]))
        let settings = try DealershipFile.read(text: "name: X\n" + MappingDraft(found).text, file: "dealership.yaml").value
        guard case .phone(let telephone)? = settings.exports.first?.columns["customer_id"]?.rule else {
            Issue.record("no telephone rule")
            return
        }
        let customer = TelephoneCustomer(telephone)
        #expect(customer.number(Array("+1 201-555-0199".utf8)).isEmpty)
        #expect(customer.number(Array("201.555.0101".utf8)) == Array("tel:+12015550101".utf8))
        #expect(customer.number(Array("withheld".utf8)).isEmpty)
    }

    @Test("a preamble, another delimiter, and what is no export at all")
    func shapes() throws {
        let tabbed = orders(30) { _ in "4/13/2026" }.replacing(",", with: "\t")
        let found = try recognise("Repair orders 2026\tall advisors\n\n" + tabbed)
        #expect(found.table == .serviceVisits)
        #expect(found.delimiter == 0x09)
        #expect(found.headerLine == 3)
        #expect(try recognise("colour,shape\nred,round\nblue,square\n").table == nil)
        #expect(throws: Rejection.self) { try recognise("") }
    }

    @Test("numbers lose the zeros in front of them in a spreadsheet: asked, not said")
    func zeros() throws {
        let text = orders(400, date: { "2026-04-\(10 + $0 % 9)" }, number: { $0 % 25 == 0 ? "\(12_345 + $0)" : "\(654_321 + $0)" })
        let found = try recognise(text)
        #expect(found.notes.contains { $0.hasPrefix("customer_id has 6 digits, fewer in 16 rows") })
    }

    @Test("the user's word for what it is holds")
    func stated() throws {
        let found = try recognise("when,who\n2026-04-01,12\n", as: .sales)
        #expect(found.table == .sales)
        #expect(!found.isReadable || found.match(of: "sold_at") != nil)
    }
}
