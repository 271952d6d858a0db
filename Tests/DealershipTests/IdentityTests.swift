import Basis
import Foundation
import Testing

@testable import Dealership

/// Customers of two systems, and a repair order and a lead so that both are known.
private let yaml = """
    exports:
      customers: [{ file: dms.csv, system: dms }, { file: crm.csv, system: crm }]
      service_visits: { file: orders.csv, system: dms }
      sales: { file: deals.csv, system: dms }
      leads: { file: leads.csv, system: crm }

    """
private let head = "customer_id,name,phone,email,address\n"

private func customers(
    dms: [String], crm: [String], orders: String = "", deals: String = "", settings: String = ""
) async throws -> Facts {
    try await madeFacts(
        [
            "dms": head + dms.joined(separator: "\n") + "\n", "crm": head + crm.joined(separator: "\n") + "\n",
            "orders": "visit_id,customer_id,vin,opened_at,pay_type,status\n" + orders,
            "deals": "sale_id,customer_id,vin,trade_vin,sold_at\n" + deals, "leads": "lead_id,customer_id,created_at\n",
        ], yaml: settings + yaml)
}

@Suite("Who is who")
struct IdentityTests {
    @Test("one number in two systems is two; phone and e-mail join, however they are written")
    func systems() async throws {
        let found = try await customers(
            dms: ["1,Ada Moreau,312-555-0101,,", "2,Núñez Kai,,KAI@example.com,", "3,Lars Orlov,(312) 555 0103 x12,,"],
            crm: ["1,Kai Nunez,,kai@Example.com,", "2,Moreau Ada,+1 312.555.0101,,", "3,Lars Orlov,3125550193,,"])
        #expect(found.joinedNumbers == [["crm·1", "dms·2"], ["crm·2", "dms·1"]])
        #expect(found.identity.links.allSatisfy { $0.standing == .joined && $0.names == .agree })
    }

    @Test("a contact shared by names that differ joins nobody when the other contact differs too, or one system gave both")
    func contradictions() async throws {
        let found = try await customers(
            dms: ["1,Ada Moreau,312-555-0101,ada@example.com,", "2,Bo Quigley,312-555-0101,,", "3,Cleo Radley,312-555-0103,,"],
            crm: ["7,Dov Selwyn,312-555-0101,dov@example.com,", "8,Eva Tremblay,312-555-0103,eva@example.com,"])
        #expect(found.linkWords == [
            // Other contact of Bo is not known, and the CRM may have a new name.
            "crm·7 dms·1 phone differ", "crm·7 dms·2 phone joined", "crm·8 dms·3 phone joined", "dms·1 dms·2 phone oneSystem",
        ])
        #expect(found.joinedNumbers == [["crm·7", "dms·2"], ["crm·8", "dms·3"]])
    }

    @Test("a weaker link that would put contradicting records together is refused, in any order of the rows")
    func chains() async throws {
        let dms = ["1,Ada Moreau,312-555-0101,ada@example.com,", "2,,312-555-0101,both@example.com,", "4,Bo Quigley,312-555-0199,,"]
        let crm = ["3,Bo Quigley,312-555-0199,both@example.com,"]
        for turn in [dms, Array(dms.reversed()), [dms[1], dms[2], dms[0]]] {
            let found = try await customers(dms: turn, crm: crm)
            #expect(found.linkWords == [
                "crm·3 dms·2 email chain", "crm·3 dms·4 phone joined", "dms·1 dms·2 phone joined",
            ])
            #expect(found.joinedNumbers == [["crm·3", "dms·4"], ["dms·1", "dms·2"]])
        }
    }

    @Test("phone and e-mail together come before the phone alone")
    func strength() async throws {
        // Each of the two without a name could be Ada's or Bo's; what shares both contacts is taken first.
        let found = try await customers(
            dms: ["1,Ada Moreau,312-555-0101,ada@example.com,", "2,Bo Quigley,312-555-0101,bo@example.com,"],
            crm: ["3,,312-555-0101,bo@example.com,"])
        #expect(found.linkWords == [
            "crm·3 dms·1 phone chain", "crm·3 dms·2 phone joined", "dms·1 dms·2 phone oneSystem",
        ])
    }

    @Test("what more than a household shares joins nobody, and contradicts nobody")
    func wide() async throws {
        let many = (1...6).map { "\($0),Person\(Character(UnicodeScalar(64 + $0)!))x,312-555-0100,p\($0)@example.com," }
        let found = try await customers(
            dms: many, crm: ["9,Persona X,312-555-0100,p1@example.com,", "8,,0000000000,none@example.com,"])
        #expect(found.linkWords == ["crm·9 +6 phone tooWide", "crm·9 dms·1 email joined"])
    }

    @Test("who trades a serviced car in is its owner, against any name; the house's own work is nobody's")
    func tradeIns() async throws {
        let orders = "RO1,1,OLD,2026-10-01,customer,closed\nRO2,9,OLD,2026-10-02,internal,closed\nRO3,9,OLD,2026-10-02,,void\n"
        let found = try await customers(
            dms: ["1,Ada Moreau,312-555-0101,,", "2,Bo Quigley,312-555-0102,,", "9,House,,,"],
            crm: ["5,Ada Moreau,312-555-0101,,"], orders: orders, deals: "D1,2,NEW,OLD,2026-10-05\n")
        #expect(found.linkWords == ["crm·5 dms·1 phone joined", "dms·1 dms·2 tradeIn joinedDespite"])
        #expect(found.joinedNumbers == [["crm·5", "dms·1", "dms·2"]])
        #expect(found.inCRM?.link[Int(found.journal.customers.code(of: "dms·1") ?? 0)] == .phone)
    }

    @Test("a number that trades cars with everybody is the house's")
    func house() async throws {
        let orders = (1...6).map { "RO\($0),9,OLD\($0),2026-10-01,customer,closed\n" }.joined()
        let deals = (1...6).map { "D\($0),\($0),NEW\($0),OLD\($0),2026-10-05\n" }.joined()
        let found = try await customers(dms: [], crm: [], orders: orders, deals: deals)
        #expect(found.joinedNumbers.isEmpty)
        #expect(found.identity.links.map(\.standing) == [CustomerLink.Standing](repeating: .tooWide, count: 6))
    }

    @Test("a household is one surname at one address, and joins no numbers")
    func households() async throws {
        let found = try await customers(
            dms: [
                "1,Ada Moreau,312-555-0101,,12 Elm Street", "2,Moreau Bo,,,\"12 elm st.\"", "3,Cy Quigley,,,12 Elm St",
                "4,Di Moreau,,,n/a",
            ],
            crm: ["5,Ada Moreau,312-555-0101,,", "6,Ed Moreau,,,unknown"])
        #expect(found.joinedNumbers == [["crm·5", "dms·1"]])
        let household = found.identity.household
        let code = { (number: String) in Int(found.journal.customers.code(of: number) ?? 0) }
        #expect(household[code("dms·1")] == household[code("dms·2")])
        #expect(household[code("crm·5")] == household[code("dms·2")])
        #expect(Set(household).count == 4)
    }

    @Test("the link that counts is the weakest that is needed, on the best way, whichever number was read first")
    func bestWay() async throws {
        let dms = ["1,Ada Moreau,312-555-0101,,", "2,Ada Moreau,312-555-0101,ada@example.com,"]
        let crm = ["3,Ada Moreau,,ada@example.com,", "4,Bo Quigley,,bo@example.com,"]
        for orders in ["RO1,1,,2026-10-01,,\n", "RO1,2,,2026-10-01,,\n"] {
            let found = try await customers(dms: dms, crm: crm, orders: orders)
            let link = found.inCRM?.link ?? []
            let code = { (number: String) in Int(found.journal.customers.code(of: number) ?? 0) }
            #expect(["dms·1", "dms·2", "crm·3"].map { link[code($0)] } == [.email, .email, .email])
            #expect(link[code("crm·4")] == .sameNumber)
        }
    }

    @Test("numbers of phones", arguments: [
        ("312-555-0101", 1, "13125550101"), ("+1 (312) 555-0101", 1, "13125550101"), ("1.312.555.0101", 1, "13125550101"),
        ("312 555 0101 ext. 7", 1, "13125550101"), ("tel: 312 555 0101", 1, "13125550101"), ("5550101", 1, ""),
        ("0000000000", 1, ""), ("1234567890", 1, ""), ("3120550101", 1, ""), ("011 49 171 1234567", 1, "491711234567"),
        ("+49 171 1234567", 1, "491711234567"), ("0171 1234567", 49, "491711234567"), ("+49 (0)171 1234567", 49, "491711234567"),
        ("0049 171 1234567", 49, "491711234567"), ("06 1234 5678", 39, "390612345678"), ("+1 312 555 0101", 49, "13125550101"),
        ("n/a", 1, ""), ("", 1, ""), ("12345678901234567890", 1, ""),
    ])
    func phones(written: String, country: Int, number: String) {
        var digits: [UInt8] = []
        var text = written
        let found = text.withUTF8 { PhoneCountry(callingCode: country).number($0, &digits) }
        #expect(found.map { String($0) } ?? "" == number)
    }

    @Test("names: words in common, whatever their order, marks and titles", arguments: [
        ("Ada Moreau", "MOREAU, ADA", Agreement.agree), ("Dr. A. Moreau", "Ada Moreau", .agree), ("José Núñez", "Nunez Jose", .agree),
        ("Kai O’Dell", "o'dell kai", .agree), ("Ada Moreau", "Bo Quigley", .differ), ("Ada", "Mr. A.", .unknown),
        ("Acme Inc.", "Zenith, Inc.", .differ), ("", "Ada", .unknown), ("Łukasz Straße", "lukasz strasse", .agree),
        ("李 明", "李 华", .agree),
    ])
    func names(a: String, b: String, agreement: Agreement) {
        var pool = IdentifierPool()
        let (x, y) = (a.isEmpty ? -1 : pool.intern(a), b.isEmpty ? -1 : pool.intern(b))
        #expect(NameWords(pool).agreement(x, y) == agreement)
    }
}
