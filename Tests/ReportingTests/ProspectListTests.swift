import Basis
import Dealership
import Definitions
import Drawing
import Foundation
import Ingest
@testable import Reporting
import Testing

/// The list that a salesperson gets: who, why, in which order, on how many pages. The exports end on 31 October 2026.
@Suite("The list of prospects")
struct ProspectListTests {
    private static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        prospects: { any-of: { vehicle-age: { min: 8 }, mileage: { min: 90000 }, lease-end-within: 90 days, recall: yes } }

        """

    private struct Made {
        var list: ProspectList
        var header: JournalHeader
        var selection: ProspectList.Selection

        func pages(_ format: PageFormat = .letterLandscape, width: Double = 0.5, shows: Bool = false) throws -> [DrawnPage] {
            ProspectPages(
                list: list, selection: selection, rule: try #require(header.settings.prospects), header: header,
                format: format, measurer: FixedWidthMeasurer(characterWidth: width), showsCustomers: shows
            ).draw()
        }

        var words: [String] { list.items.map { ProspectWords($0, currency: "USD").why } }
    }

    private func make(
        _ appointments: [String], person: String? = nil, messages: [String]? = [], days: Int = 7
    ) async throws -> Made {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kpi-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "exports"), withIntermediateDirectories: true)
        var files = [
            "appointments.csv": [
                "appointment_id,customer_id,kind,booked_at,scheduled_for,status,person_id,vin,vehicle_year,mileage,"
                    + "lease_end,recall"
            ] + appointments,
            "service_visits.csv": [
                "visit_id,customer_id,vin,vehicle_year,mileage,opened_at,bought_here",
                "RO1,c1,1FTEW1EP5JKD00001,2017,96000,2026-03-02 09:00,", "RO2,c9,,2020,100,2026-10-31 09:00,",
            ],
            "sales.csv": ["sale_id,customer_id,vin,sold_at,salesperson_id", "D1,c1,1FTEW1EP5JKD00001,2022-06-20,P1"],
            "people.csv": ["person_id,name,department", "P1,Tess Moss,sales", "P7,Dana Ruiz,service"],
            "customers.csv": ["customer_id,name,phone", "c1,Ada Example,(201) 555-0123"],
        ]
        if let messages {
            files["messages.csv"] = ["message_id,customer_id,channel,direction,person_id,sent_at"] + messages
                + ["M9,c9,sms,inbound,,2026-10-31 09:00"]
        }
        for (name, rows) in files {
            try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "exports/\(name)"))
        }
        let settings = try DealershipFile.read(text: Self.yaml, file: "dealership.yaml").value
        let exports = try await StagedExports.read(directory: folder.path(), settings: settings, tasks: 1)
        let first = try #require(Day(year: 2026, month: 11, day: 1))
        let selection = ProspectList.Selection(days: first...(first + (days - 1)), person: person)
        let rule = try #require(settings.prospects)
        var list = ProspectList()
        let context = LinkingContext(header: exports.header, parameters: LinkingParameters(settings))
        for group in 0..<exports.groupCount {
            list.merge(ProspectList(Facts(exports.group(group), context: context), rule, selection))
        }
        return Made(list: list, header: exports.header, selection: selection)
    }

    private func text(_ page: DrawnPage) -> String { DrawnTiny(page: page, ledger: FigureLedger()).words }

    @Test("why, in words: the car, what else is known, whether sales has spoken")
    func why() async throws {
        let made = try await make(
            [
                "A1,c1,service,2026-10-20,2026-11-03 08:15,booked,P7,,,,,",
                "A2,c2,service,2026-10-20,2026-11-02 10:00,booked,,,2025,12000,2026-12-31,",
                "A3,c3,service,2026-10-20,2026-11-02,booked,,,,,,yes",
            ], messages: ["M1,c1,sms,outbound,P1,2026-10-28 10:00", "M2,c2,sms,outbound,P1,2025-01-05 10:00"])
        #expect(made.list.items.map(\.appointment) == ["A3", "A2", "A1"], "a day without a time comes first")
        #expect(
            made.words == [
                "open recall; not contacted yet",
                "2025, 12,000 miles; lease ends 31 Dec 2026; not contacted yet, last on 5 Jan 2025",
                "2017, 96,000 miles; bought here 52 months ago; contacted on 28 Oct",
            ])
        let rows = made.list.rows(currency: "USD", showsCustomers: false)
        let first = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[3]))
        #expect(first["phone"] == "…0123" && first["name"] == "" && first["person"] == "Tess Moss")
        #expect(first["scheduled_for"] == "2026-11-03 08:15" && first["advisor"] == "Dana Ruiz" && first["contacted"] == "yes")
        #expect(first["reasons"] == "vehicle-age mileage" && first["purchased_on"] == "2022-06-20")
        let shown = Dictionary(uniqueKeysWithValues: zip(rows[0], made.list.rows(currency: "USD", showsCustomers: true)[3]))
        #expect(shown["phone"] == "(201) 555-0123" && shown["name"] == "Ada Example")
        let page = try #require(try made.pages().first)
        #expect(page.headline == "3 of 3 booked service customers are worth a word")
        #expect(text(page).contains("2 of them have not heard from sales in the 7 days before."))
        let rule = "Worth a word: 8 or more years old, 90,000 miles or more, a lease that ends within 90 days or an open recall"
        #expect(text(page).contains(rule))
        #expect(!text(page).contains("Ada Example"))
    }

    @Test("what is left out is counted by reason")
    func leftOut() async throws {
        let appointments = [
            "A1,c1,service,2026-10-20,2026-11-02 08:00,booked,,,2010,,,",
            "A2,c2,service,2026-10-20,2026-11-02 09:00,booked,,,2024,5,,",
            "A3,c3,service,2026-10-20,2026-11-02 10:00,booked,,,,,,no",
            "A4,c4,service,2026-10-20,2026-11-02 11:00,cancelled,,,2010,,2026-11-09,",
            "A5,c5,service,2026-10-20,2026-11-08 11:00,booked,,,2010,,,",
            "A6,c6,service,2026-10-20,2026-10-30 11:00,shown,,,2010,,,",
        ]
        let made = try await make(appointments)
        #expect(made.list.items.map(\.appointment) == ["A1"] && made.list.lookedAt == 3)
        #expect(
            made.list.leftOutWords == [
                "1 cancelled", "1 cannot be judged, not on record: vehicle-age, mileage", "1 not worth a word by the rule",
            ])
        let foot = "Left out: 1 cancelled; 1 cannot be judged; 1 not worth a word"
        #expect(text(try #require(try made.pages().first)).contains(foot))
        let others = try await make(appointments, person: "P7")
        #expect(others.list.items.isEmpty && others.list.leftOut["somebody else’s customer"] == 1)
        #expect(try others.pages().map(\.headline) == ["None of Dana Ruiz’s customers is worth a word on these days"])
        let own = try await make(appointments, person: "P1")
        #expect(try own.pages().map(\.headline) == ["1 customer of Tess Moss is worth a word"])
        let later = try await make(appointments, days: 8)
        #expect(later.list.items.map(\.appointment) == ["A1", "A5"])
    }

    @Test("no appointment, and no messages: the page says so")
    func nothing() async throws {
        let none = try await make(["A1,c1,service,2026-10-20,2026-10-30 08:00,shown,,,2010,,,"])
        let page = try #require(try none.pages().first)
        #expect(page.headline == "No service appointment is booked for these days")
        #expect(text(page).contains("No prospect on these days."))
        let silent = try await make(["A1,c1,service,2026-10-20,2026-11-02 08:00,booked,,,2010,,,"], messages: nil)
        #expect(silent.words == ["2010, 96,000 miles; bought here 52 months ago; whether contacted is not known"])
        #expect(text(try #require(try silent.pages().first)).contains("is not known"))
    }

    @Test("a long list goes on over pages, the header on each, nothing cut or on top of another", arguments: [0.5, 0.6])
    func long(width: Double) async throws {
        let made = try await make(
            (0..<90).map { number in
                "A\(number),c\(number + 10),service,2026-10-20,2026-11-0\(2 + number % 5) \(10 + number % 8):00,booked,"
                    + "P7,,2012,\(number * 1_000 + 95_000),2026-12-0\(1 + number % 9),yes"
            })
        #expect(made.list.items.count == 90)
        for format in [PageFormat.a4Landscape, .letterLandscape] {
            let pages = try made.pages(format, width: width)
            #expect(pages.count > 2)
            var rows = 0
            for page in pages {
                #expect(text(page).contains("Customer") && text(page).contains("Advisor"))
                rows += text(page).components(separatedBy: "open recall").count - 1
                let faults = PageFaults(page.laid.frame, format: format).all
                #expect(faults.isEmpty, "\(faults.prefix(3))")
                if width == 0.5 { #expect(page.laid.shortened.isEmpty, "\(page.laid.shortened.prefix(3))") }
            }
            // The rule, which stands over every page's part, names it too.
            #expect(rows == 90 + pages.count)
        }
    }
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
