import Basis
import Sample
import Testing

struct SampleTests {
    @Test func sameSeedSameBytes() {
        #expect(make(seed: 7).files == make(seed: 7).files)
    }

    @Test func anotherSeedIsAnotherDealership() {
        let (one, two) = (make(seed: 7), make(seed: 8))
        #expect(one.files.map(\.path) == two.files.map(\.path))
        for path in ["exports/email.csv", "exports/RO_2026.tsv", "exports/dms_deals.csv", "exports/customers_dms.csv"] {
            #expect(one.files.first { $0.path == path } != two.files.first { $0.path == path }, "\(path)")
        }
    }

    /// The size of a store is the same whatever the seed: a twelfth of 900 visits and 2,300 conversations a month.
    @Test(arguments: 1...20) func volumesStayInBounds(seed: Int) {
        let truth = make(seed: UInt64(seed), months: 3).truth
        let visits = truth.visits.values.reduce(0, +)
        #expect((250...400).contains(visits), "visits \(visits)")
        let conversations = truth.responses.counts.values.reduce(0) { $0 + $1.all }
        #expect((700...1_050).contains(conversations), "conversations \(conversations)")
        let after = Double(truth.responses.afterHours) / Double(conversations)
        #expect((0.2...0.4).contains(after), "after hours \(after)")
        let matched = Double(truth.matchedServiceCustomers) / Double(truth.serviceCustomers)
        #expect((0.75...0.95).contains(matched), "matched \(matched)")
    }

    @Test func monthsAndStoresAreThoseAskedFor() throws {
        let made = sampleDealership(
            SampleOptions(stores: 3, months: 2, lastMonth: Month(year: 2025, month: 2), size: 0.05), zones: zone)
        let stores = try Rows(made, "stores.csv", key: "store_id")
        #expect(stores["store_id"] == ["S1", "S2", "S3"])
        #expect(Set(stores["time_zone"]).count == 3)
        #expect(made.truth.visits.keys.sorted() == [Month(year: 2025, month: 1), Month(year: 2025, month: 2)])
        let sold = try Rows(made, "dms_deals.csv", key: "sale_id")["sold_at"]
        #expect(sold.allSatisfy { $0 >= "2025-01-01" && $0 <= "2025-02-28" })
    }

    /// E-mail 4 h 28, telephone 55 min, scheduler half an hour of its 2 h 40 while open, website 25 h 15: 31 h 8.
    @Test func outagesOfTheLastMonthAreAsLongAsTold() {
        #expect(make(size: 0.02).truth.outages.openSecondsLastMonth == 31 * 3_600 + 8 * 60)
    }

    @Test func oneInboxHelps() {
        let truth = make(months: 14, size: 0.5).truth.responses
        #expect((0.80...0.87).contains(truth.beforeEffort.share), "\(truth.beforeEffort)")
        #expect((0.91...0.98).contains(truth.afterEffort.share), "\(truth.afterEffort)")
    }

    @Test func dedicatedPersonReachesMore() {
        let leads = make(months: 3, size: 1).truth.leads
        func share(_ counts: some Sequence<LeadTruth.Reached>) -> Double {
            let (reached, all) = counts.reduce((0, 0)) { ($0.0 + $1.reached, $0.1 + $1.leads) }
            return Double(reached) / Double(all)
        }
        #expect((0.4...0.6).contains(share(leads.dedicated.values)))
        #expect((0.1...0.24).contains(share(leads.others.values)))
    }

    @Test func chatEndsThreeDaysEarly() throws {
        let chats = try Rows(make(months: 2, size: 3), "chat.csv", key: "message_id")["sent_at"]
        #expect(chats.max().map { $0 < "2026-10-29" && $0 > "2026-10-20" } == true)
    }

    /// Nothing may look like a real customer's: numbers of the range kept for fiction, domains kept for examples.
    @Test func contactsCannotBeReal() throws {
        let made = make()
        for path in ["customers_dms.csv", "customers_crm.csv"] {
            let customers = try Rows(made, path, key: "customer_id")
            for phone in customers["phone"] where !phone.isEmpty {
                let digits = phone.filter(\.isNumber).suffix(10)
                #expect(digits.count == 10 && digits.dropFirst(3).hasPrefix("55501"))
            }
            for mail in customers["email"] where !mail.isEmpty {
                #expect(mail.lowercased().contains("@example."))
            }
        }
    }
}
