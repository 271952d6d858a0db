import Basis
import Dealership
import Definitions
import Sample
import Testing

/// The sample and its twin without `outage-delays`, row by row, by the times that stand in the files.
struct OutageTwinTests {
    private static let logs = [
        Log(path: "email.csv", number: "message_id", time: "sent_at", channel: "e-mail"),
        Log(path: "texts.csv", number: "message_id", time: "sent_at", channel: "text platform"),
        Log(path: "chat.csv", number: "message_id", time: "sent_at", channel: nil),
        Log(path: "calls.csv", number: "Call ID", time: "Start", channel: "phone lines"),
    ]

    private struct Log {
        var path: String
        var number: String
        var time: String
        /// The system whose outages hit it.
        var channel: String?
    }

    private struct Message {
        var cells: [String: String]
        var at: Instant
        var isReply: Bool
    }

    /// `2026-10-31 14:05:09` by the store's wall clock, or with `T` and `Z` in UTC; nil for anything else.
    private func instant(_ text: String, _ zone: ZoneRules) -> Instant? {
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard parts.count == 6, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else { return nil }
        let second = parts[3] * 3_600 + parts[4] * 60 + parts[5]
        return (text.hasSuffix("Z") ? ZoneRules.utc : zone).instant(day: day, secondOfDay: second).instant
    }

    private func messages(
        _ made: SampleDealership, _ log: Log, _ zones: [String: ZoneRules]
    ) throws -> [String: Message] {
        let rows = try Rows(made, log.path, key: log.number)
        var found: [String: Message] = [:]
        for cells in rows.cells {
            let row = Dictionary(uniqueKeysWithValues: zip(rows.columns, cells))
            let zone = try #require(zones[row["store_id"] ?? row["Store"] ?? ""])
            // Unreadable dates were planted; they are the same in both.
            guard let at = instant(row[log.time] ?? "", zone) else { continue }
            let isOutbound = row["direction"] == "outbound" || row["Direction"] == "OUT"
            found[row[log.number] ?? ""] = Message(
                cells: row, at: at, isReply: isOutbound && row["automated"] != "yes")
        }
        return found
    }

    /// What the outages of a system and half an open hour after each covered, by store.
    private func covered(
        _ made: SampleDealership, _ system: String?, _ stores: [String: (zone: ZoneRules, open: OpenTime)]
    ) throws -> [String: IntervalSet] {
        let rows = try Rows(made, "outages.csv", key: "outage_id")
        var ranges: [String: [Range<Instant>]] = [:]
        for row in rows.cells.indices where rows["system"][row] == system {
            let start = try #require(instant(rows["started_at"][row], .utc))
            let end = try #require(instant(rows["ended_at"][row], .utc))
            let named = rows["store_id"][row]
            for (store, clock) in stores where named.isEmpty || named == store {
                let cleared = try #require(clock.open.deadline(from: end, open: 1_800))
                ranges[store, default: []].append(start..<cleared)
            }
        }
        return ranges.mapValues { IntervalSet($0) }
    }

    @Test(arguments: [1, 2] as [UInt64]) func repliesComeEarlierByTheCoveredOpenTimeAndNothingElseDiffers(
        seed: UInt64
    ) throws {
        let made = make(seed: seed, stores: 2, months: 4, size: 0.3)
        let twin = make(seed: seed, stores: 2, months: 4, size: 0.3, without: [.outageDelays])
        try compareOtherFiles(made, twin)
        let settings = try DealershipFile.read(
            text: try #require(made.files.first { $0.path == "dealership.yaml" }).text, file: "dealership.yaml").value
        let hours = try #require(settings.hours.standard)
        let list = try Rows(made, "stores.csv", key: "store_id")
        var stores: [String: (zone: ZoneRules, open: OpenTime)] = [:]
        for (store, name) in zip(list["store_id"], list["time_zone"]) {
            let from = try #require(Day(year: 2026, month: 5, day: 1))
            let open = OpenTime(hours: hours, zone: zone(name), from: from, through: from + 280)
            stores[store] = (zone(name), open)
        }
        let zones = stores.mapValues { $0.zone }
        let away = try absences(made, zones)
        var shifted: [String: Int] = [:]
        for log in Self.logs {
            let (old, new) = (try messages(made, log, zones), try messages(twin, log, zones))
            #expect(old.keys == new.keys, "\(log.path)")
            let covered = try covered(made, log.channel, stores)
            for (number, message) in old {
                guard let other = new[number] else { continue }
                var (before, after) = (message.cells, other.cells)
                if message.isReply { (before[log.time], after[log.time]) = ("", "") }
                #expect(before == after, "\(number)")
                guard message.at != other.at, let thread = number.split(separator: "-").first else { continue }
                shifted[log.path, default: 0] += 1
                #expect(other.at < message.at, "\(number)")
                // Leads have no message to answer: their attempts to reach somebody only come earlier.
                guard thread != "LD", let position = Int(number.split(separator: "-").last ?? "") else { continue }
                let question = try #require(old["\(thread)-\(position - 1)"], "\(number)")
                let store = message.cells["store_id"] ?? message.cells["Store"] ?? ""
                let open = try #require(stores[store]).open
                let person = message.cells["person_id"] ?? message.cells["Agent"] ?? ""
                let outages = covered[store] ?? .empty
                let free = try adjusted(question.at..<other.at, open, away[person] ?? .empty)
                #expect(try adjusted(question.at..<message.at, open, outages.union(away[person] ?? .empty)) == free)
                #expect(!outages.intersection(question.at..<message.at).isEmpty, "\(number)")
            }
        }
        #expect(shifted["email.csv", default: 0] > 8 && shifted["chat.csv"] == nil, "\(shifted)")
    }

    private func absences(_ made: SampleDealership, _ zones: [String: ZoneRules]) throws -> [String: IntervalSet] {
        let (rows, people) = (
            try Rows(made, "absences.csv", key: "person_id"), try Rows(made, "people.csv", key: "person_id")
        )
        let stores = Dictionary(uniqueKeysWithValues: zip(people["person_id"], people["store_id"]))
        var away: [String: [Range<Instant>]] = [:]
        for row in rows.cells.indices {
            let person = rows["person_id"][row]
            let zone = try #require(zones[stores[person] ?? ""])
            let from = try #require(instant(rows["from"][row], zone))
            away[person, default: []].append(from..<(try #require(instant(rows["to"][row], zone))))
        }
        return away.mapValues { IntervalSet($0) }
    }

    /// Open seconds outside what is taken out.
    private func adjusted(_ wait: Range<Instant>, _ open: OpenTime, _ takenOut: IntervalSet) throws -> Int64 {
        try #require(open.openSeconds(in: IntervalSet([wait]).subtracting(takenOut)))
    }

    /// Nothing else knows of an outage.
    private func compareOtherFiles(_ made: SampleDealership, _ twin: SampleDealership) throws {
        #expect(made.files.map(\.path) == twin.files.map(\.path))
        let different = zip(made.files, twin.files).filter { $0 != $1 }.map { $0.0.path.dropFirst(8) }
        let expected: Set<Substring> = [
            "calls.csv", "claims.csv", "complaints.csv", "conversations.csv", "email.csv", "mailings.csv",
            "outages.csv", "outage_steps.csv", "remedies.csv", "texts.csv",
        ]
        #expect(Set(different).isSubset(of: expected), "\(different)")
        // The impossible outage was planted as a fault; it is set aside in both.
        #expect(try Rows(twin, "outages.csv", key: "outage_id")["outage_id"] == ["OUT-0999"])
        for path in ["claims.csv", "remedies.csv", "complaints.csv"] {
            #expect(twin.files.first { $0.path == "exports/" + path }?.text.split(separator: "\n").count == 1)
        }
        let (old, new) = (
            try Rows(made, "conversations.csv", key: "conversation_id"),
            try Rows(twin, "conversations.csv", key: "conversation_id")
        )
        for column in old.columns where !["resolved_at", "assigned_at"].contains(column) {
            #expect(old[column] == new[column], "\(column)")
        }
    }

    /// The same answers, in the same seconds of work; fewer of them late.
    @Test func rawCountsDifferAndWorkDoesNot() {
        let (made, twin) = (make(months: 5, size: 0.3), make(months: 5, size: 0.3, without: [.outageDelays]))
        let (with, without) = (made.truth.responses, twin.truth.responses)
        #expect(with.workSeconds == without.workSeconds)
        #expect(with.counts.keys == without.counts.keys)
        let late = { (truth: ResponseTruth) in truth.counts.values.reduce(0) { $0 + $1.late } }
        #expect(late(with) > late(without))
        for (key, count) in with.counts {
            #expect(count.all == without.counts[key]?.all && count.waiting == without.counts[key]?.waiting, "\(key)")
        }
        #expect(twin.truth.outages.delays.isEmpty && twin.truth.outages.outages == 0)
        #expect(twin.truth.outages.lost == made.truth.outages.lost)
        #expect(twin.truth.outages.openSecondsLastMonth == 0)
    }
}
