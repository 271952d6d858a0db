import Basis
import Dealership
import Ingest
import Measures
import Testing

/// Hand-made weeks: every day alike, so that expected and missing are whole numbers.
@Suite struct MissingVolumeTests {
    /// Twelve e-mails a day on the half hour from 08:30, of ten weeks that begin on a Monday; `without` takes some away.
    private static func mail(
        weeks: Int = 10, store: String = "A", without: (Int, Int) -> Bool = { _, _ in false },
        moved: (Int, Int) -> String? = { _, _ in nil }
    ) -> String {
        guard let first = Day(year: 2026, month: 8, day: 3) else { return "" }
        var text = ""
        for day in 0..<(weeks * 7) {
            for hour in 8..<20 where !without(day, hour) {
                let at = moved(day, hour) ?? "\(first + day) \(hour < 10 ? "0" : "")\(hour):30"
                text += "\(store)\(day)-\(hour),\(store),\(store)\(day)-\(hour),email,\(at)\n"
            }
        }
        return text
    }

    private func found(
        _ conversations: String, _ outages: String, by: [Dimension] = [.outage], settings: String = "", stores: String? = nil
    ) async throws -> [[String]: [String: String]] {
        var files = [
            "dealership.yaml": "name: R\ntime-zone: UTC\nchannels: { email: managed }\n" + settings,
            "exports/conversations.csv": "conversation_id,store_id,customer_id,channel,opened_at\n" + conversations,
            "exports/outages.csv": "outage_id,store_id,channel,started_at,ended_at\n" + outages,
        ]
        files["exports/stores.csv"] = stores ?? "store_id,name\nA,A\n"
        let exports = try await Folder(files).read()
        let columns = MissingVolume.entry.columns.map(\.name)
        let spec = TableSpec(name: "t", request: MeasureRequest(MissingVolume(answerOn: .same)), by: by, columns: columns)
        return Dictionary(uniqueKeysWithValues: tabulate(exports, [spec])[0].rows.map { row in
            let cells = columns.map { ($0, Tabulation.value($0, of: row.tally, in: spec).plain) }
            return (row.labels, Dictionary(uniqueKeysWithValues: cells))
        })
    }

    @Test("five of twelve are missing on a Tuesday, two of them came on Thursday")
    func someReturn() async throws {
        let text = Self.mail(
            without: { day, hour in day == 57 && (13..<16).contains(hour) },
            moved: { day, hour in day == 57 && (16..<18).contains(hour) ? "2026-10-01 \(hour - 6):10" : nil })
        let cell = try #require(try await found(text, "O1,A,email,2026-09-29 13:00,2026-09-29 18:00\n")[["O1"]])
        #expect(cell["expected"] == "5.000" && cell["observed"] == "0" && cell["missing_at_first"] == "5.000")
        #expect(cell["returned"] == "2.000" && cell["missing"] == "3.000")
        #expect(cell["clean_weeks"] == "8" && cell["windows"] == "1" && cell["scaled_by"] == "own days")
        // Of Poisson counts about 47 in so many days 3 may well be missing by chance.
        #expect(cell["effect"] == "unclear")
        let (low, high) = (Double(cell["missing_lower"] ?? "") ?? 0, Double(cell["missing_upper"] ?? "") ?? 0)
        #expect(low == 0 && high > 3 && high < 12)
    }

    @Test("two weeks of nothing are a loss; clean weeks lie before it")
    func longOutage() async throws {
        let text = Self.mail(weeks: 13, without: { day, _ in (63..<77).contains(day) })
        let cell = try #require(try await found(text, "O1,A,email,2026-10-05 00:00,2026-10-19 00:00\n")[["O1"]])
        #expect(cell["expected"] == "168.000" && cell["observed"] == "0" && cell["effect"] == "lost")
        #expect(cell["returned"] == "0.000" && cell["missing"] == "168.000" && cell["clean_weeks"] == "8")
    }

    @Test("outages nearer to each other than the recapture time are one window, and one apart has its own")
    func windows() async throws {
        let outages = """
            O1,A,email,2026-09-22 09:00,2026-09-22 10:00
            O2,A,email,2026-09-23 09:00,2026-09-23 10:00
            O3,A,email,2026-09-30 09:00,2026-09-30 10:00

            """
        let found = try await found(Self.mail(), outages, by: [])
        #expect(found[[]]?["windows"] == "2" && found[[]]?["expected"] == "3.000" && found[[]]?["observed"] == "3")
    }

    @Test("three clean weeks are too few, and holidays are none")
    func tooFew() async throws {
        let early = try await found(Self.mail(), "O1,A,email,2026-08-25 09:00,2026-08-25 10:00\n")
        #expect(early[["O1"]]?["windows_too_few"] == "1" && early[["O1"]]?["expected"] == "" && early[["O1"]]?["effect"] == "")
        #expect(early[["O1"]]?["clean_weeks"] == "3")
        let closed = "hours: { mon-fri: \"08:00-20:00\" }\nexceptions:\n  2026-09-22: closed\n  2026-09-30: \"08:00-12:00\"\n"
        let late = try await found(
            Self.mail(), "O1,A,email,2026-09-29 09:00,2026-09-29 10:00\n", settings: closed)
        #expect(late[["O1"]]?["clean_weeks"] == "7" && late[["O1"]]?["days_left_out"] == "1")
    }

    @Test("a quiet week of all stores is no loss of the one that was down")
    func controls() async throws {
        let quiet = { (day: Int, hour: Int) in day >= 56 && hour % 2 == 0 }
        let both = Self.mail(without: quiet) + Self.mail(store: "B", without: quiet)
        let cell = try #require(
            try await found(
                both, "O1,A,email,2026-09-29 08:00,2026-09-29 20:00\n", stores: "store_id,name\nA,A\nB,B\n")[["O1"]])
        #expect(cell["scaled_by"] == "stores not hit" && cell["control_stores"] == "1")
        #expect(cell["expected"] == "6.000" && cell["observed"] == "6" && cell["missing"] == "0.000")
    }

    @Test("hour by hour: what was expected and what came")
    func curve() async throws {
        let exports = try await Folder([
            "dealership.yaml": "name: R\ntime-zone: UTC\nchannels: { email: managed }\n",
            "exports/conversations.csv": "conversation_id,store_id,customer_id,channel,opened_at\n"
                + Self.mail(without: { day, hour in day == 57 && hour == 13 }),
            "exports/outages.csv":
                "outage_id,store_id,channel,started_at,ended_at\nO1,A,email,2026-09-29 13:00,2026-09-29 13:40\n",
            "exports/stores.csv": "store_id,name\nA,A\n",
        ]).read()
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageCurve(answerOn: .same)), by: [.outage, .kind, .at],
            columns: ["observed", "expected", "expected_lower", "expected_upper", "seconds_down"])
        let rows = tabulate(exports, [spec])[0].rows.map { row in
            (row.labels[2], spec.columns.map { Tabulation.value($0, of: row.tally, in: spec).plain })
        }
        // From the day before to the end of the recapture time's last day: 28 September to 2 October.
        #expect(rows.count == 5 * 24 && rows.first?.0 == "2026-09-28 00:00")
        let hours = Dictionary(uniqueKeysWithValues: rows)
        let down = hours["2026-09-29 13:00"] ?? []
        #expect(down.prefix(2) == ["0", "1.000"] && down.last == "2400", "\(down)")
        #expect(hours["2026-09-29 14:00"]?.first == "1" && hours["2026-09-29 03:00"]?.first == "0")
    }
}
