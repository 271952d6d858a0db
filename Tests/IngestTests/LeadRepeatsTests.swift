import Basis
import Testing

@testable import Ingest

@Suite("Leads that came again")
struct LeadRepeatsTests {
    private func lead(
        _ id: String?, at time: String, phone: String = "312-555-0100", vendor: String = "", car: String = "S1",
        mail: String = ""
    ) -> Lead {
        let id = id.map { "<id source='P'>\($0)</id>" } ?? ""
        let customer = "<customer><contact><phone>\(phone)</phone></contact></customer>"
        let xml = "<prospect>\(id)<vehicle><stock>\(car)</stock></vehicle>\(customer)"
            + "<vendor><vendorname>\(vendor)</vendorname></vendor></prospect>"
        let element = (try? ADFElement.read(Array(xml.utf8)))?.element ?? ADFElement(name: "")
        return Lead(
            prospect: ADFProspect(element), receivedAt: LeadTime(time, dayFirst: false), requestedAt: nil,
            messageID: mail, mailFrom: "", mailSubject: "", ordinal: 0, contentHash: Lead.hash((xml + mail).utf8),
            place: .init(name: 0, row: 1), deviations: [])
    }

    private func first(_ leads: Lead...) -> [Int] { LeadRepeats(leads, zone: .utc).first }

    @Test("the same number is the same lead, whenever; what came first counts, whatever stands first")
    func numbered() {
        #expect(
            first(
                lead("1", at: "2026-10-09T10:00:00Z"), lead("1", at: "2026-08-01T10:00:00Z"),
                lead("2", at: "2026-08-01T10:00:00Z")) == [1, 1, 2])
    }

    @Test("one number for two vendors is two leads; who names none is either's")
    func vendors() {
        #expect(
            first(
                lead("1", at: "2026-10-01T10:00:00Z", vendor: "North"), lead("1", at: "2026-10-01T10:00:01Z", vendor: "South"),
                lead("1", at: "2026-10-01T10:00:02Z")) == [0, 1, 0])
    }

    @Test("without a number: the same customer and car within seven days of the first")
    func unnumbered() {
        #expect(
            first(
                lead(nil, at: "2026-10-01T10:00:00Z", mail: "a"),
                lead(nil, at: "2026-10-08T10:00:00Z", phone: "+1 (312) 555-0100", mail: "b"),
                lead(nil, at: "2026-10-08T10:00:01Z", mail: "c"), lead(nil, at: "2026-10-02T10:00:00Z", car: "S2", mail: "d"),
                lead(nil, at: "2026-10-02T10:00:00Z", phone: "312-555-0101", mail: "e")) == [0, 0, 2, 3, 4])
    }

    @Test("the same mail twice")
    func mails() {
        let again = lead(nil, at: "2026-12-01T10:00:00Z", mail: "a")
        #expect(first(lead(nil, at: "2026-10-01T10:00:00Z", mail: "a"), again) == [0, 0])
    }
}
