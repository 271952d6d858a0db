import Basis
import Dealership
import Foundation
import Ingest
import Measures
import Testing

/// Credit, waits and downtime computed once more, by looking at everything against everything, minute by minute, with
/// Foundation's calendar.
private struct Naive {
    let data: RandomDealership
    let window: Int

    /// Orders that are one visit, each visit by its first order.
    var visits: [RandomDealership.Visit] {
        let ordered = data.visits.sorted {
            ($0.at.seconds, $0.at.isDate ? 1 : 0, $0.id) < ($1.at.seconds, $1.at.isDate ? 1 : 0, $1.id)
        }
        return ordered.enumerated().filter { position, visit in
            visit.vin.isEmpty || !ordered[..<position].contains { earlier in
                earlier.store == visit.store && earlier.customer == visit.customer && earlier.vin == visit.vin
                    && RandomDealership.day(earlier.at.seconds, earlier.store) == RandomDealership.day(visit.at.seconds, visit.store)
            }
        }.map(\.element)
    }

    func credited(_ sale: RandomDealership.Sale, first: Bool) -> RandomDealership.Visit? {
        let found = visits.filter { visit in
            guard visit.customer == sale.customer, (visit.store == 2) == (sale.store == 2) else { return false }
            let (opened, sold) = (
                RandomDealership.day(visit.at.seconds, visit.store), RandomDealership.day(sale.at.seconds, sale.store)
            )
            let isBefore = visit.at.isDate || sale.at.isDate ? opened <= sold : visit.at.seconds <= sale.at.seconds
            return isBefore && sold - opened <= window
        }
        return first ? found.first : found.last
    }

    func isOpen(_ minute: Int, _ store: Int) -> Bool {
        let weekday = (RandomDealership.day(minute * 60, store) + 3) % 7
        let second = RandomDealership.secondOfDay(minute * 60, store)
        if weekday < 5 { return second >= 8 * 3_600 && second < 18 * 3_600 }
        return weekday == 5 && second >= 9 * 3_600 && second < 13 * 3_600
    }

    struct Conversation {
        var store: Int
        var channel: String
        var reply: Int?
        var person: String
        var wait: Int
        var covered: Int
    }

    /// The end of the last day with a message, in the westernmost zone.
    var end: Int {
        let last = data.messages.map { RandomDealership.day($0.minute * 60, $0.store) }.max() ?? 0
        return (0..<3).map { RandomDealership.instant(day: last + 1, minute: 0, $0) / 60 }.max() ?? 0
    }

    func conversations() -> [Conversation] {
        Set(data.messages.map(\.thread)).sorted().compactMap { thread in
            let own = data.messages.filter { $0.thread == thread }
            guard let first = own.filter({ $0.kind == "inbound" }).map(\.minute).min() else { return nil }
            let human = own.filter { $0.kind == "outbound" }
            let reply = human.filter { $0.minute >= first }.min { ($0.minute, $0.person) < ($1.minute, $1.person) }
            let span = first..<(reply?.minute ?? end)
            let down = data.outages.filter { ($0.store == nil || $0.store == own[0].store) && $0.channel == own[0].channel }
            var conversation = Conversation(
                store: own[0].store, channel: own[0].channel, reply: reply?.minute, person: reply?.person ?? "", wait: 0,
                covered: 0)
            for minute in span where isOpen(minute, own[0].store) {
                conversation.wait += 60
                if down.contains(where: { $0.minutes.contains(minute) }) { conversation.covered += 60 }
            }
            return conversation
        }
    }

    static func rank(_ values: [Int], _ permille: Int) -> String {
        values.isEmpty ? "" : String(values.sorted()[(values.count * permille + 999) / 1_000 - 1])
    }
}

@Suite("Against looking at everything")
struct NaiveTests {
    private func rows(_ exports: StagedExports, _ spec: TableSpec) -> [String: [String]] {
        let rows = Tabulation.rows(tabulate(exports, [spec])[0], spec).dropFirst()
        return Dictionary(uniqueKeysWithValues: rows.map { row in
            (row.prefix(spec.by.count).joined(separator: " "), Array(row.dropFirst(spec.by.count)))
        })
    }

    private func conversion(_ view: ServiceToSales.View, _ credit: ServiceToSales.Credit) -> MeasureRequest {
        MeasureRequest(
            ServiceToSales(view: view, windowDays: 60, credit: credit, denominator: .customers, maturity: .ignore, minimumN: 1))
    }

    @Test("credit, first and last touch, and visits that bought", arguments: 0..<12)
    func credit(seed: Int) async throws {
        let data = RandomDealership(seed: UInt64(seed) &* 977 &+ 5)
        let exports = try await Folder(data.files()).read()
        let naive = Naive(data: data, window: 60)
        for credit in [ServiceToSales.Credit.lastTouch, .firstTouch] {
            let byDeal = TableSpec(
                name: "t", request: conversion(.byDeal, credit), by: [.advisor], columns: ["sales", "gross_profit"])
            var expected: [String: (sales: Int, gross: Int)] = [:]
            var converted: Set<String> = []
            for sale in data.sales {
                guard let visit = naive.credited(sale, first: credit == .firstTouch) else { continue }
                expected[visit.advisor, default: (0, 0)].sales += 1
                expected[visit.advisor, default: (0, 0)].gross += sale.gross
                converted.insert(visit.id)
            }
            let found = rows(exports, byDeal)
            #expect(found.mapValues { $0[0] } == expected.mapValues { String($0.sales) })
            for (advisor, row) in found { #expect(row[1].filter { $0 != "." } == Self.minor(expected[advisor]?.gross ?? 0)) }

            let byVisit = TableSpec(
                name: "t", request: conversion(.byVisit, credit), by: [.store], columns: ["visits", "mature", "customers", "converted"])
            let lastDay = data.sales.map { RandomDealership.day($0.at.seconds, $0.store) }.max() ?? 0
            for (store, row) in rows(exports, byVisit) {
                let own = naive.visits.filter { "S\($0.store)" == store }
                let young = own.filter { RandomDealership.day($0.at.seconds, $0.store) + 60 > lastDay }
                let customers = Set(own.map(\.customer)).count
                let mature = customers - Set(young.map(\.customer)).count
                let bought = Set(own.filter { converted.contains($0.id) }.map(\.customer)).count
                #expect(row == [own.count, mature, customers, bought].map(String.init), "\(store)")
            }
        }
    }

    private static func minor(_ amount: Int) -> String { amount < 10 ? "00\(amount)" : amount < 100 ? "0\(amount)" : "\(amount)" }

    @Test("first responses, silence, and what outages covered", arguments: 0..<6)
    func responses(seed: Int) async throws {
        let data = RandomDealership(seed: UInt64(seed) &* 31 &+ 1)
        let exports = try await Folder(data.files()).read()
        let all = Naive(data: data, window: 60).conversations()
        #expect(!all.isEmpty)
        let spec = TableSpec(
            name: "t",
            request: MeasureRequest(
                FirstResponseTime(clock: .open, adjusted: false, silence: .leaveOut, target: .settings, answerOn: .same, minimumN: 1)),
            by: [.store, .channel],
            columns: [
                "conversations", "answered", "in_time", "late", "unanswered", "still_within", "p50", "p90",
                "p50_without_outages", "in_time_without_outages",
            ])
        let groups = Dictionary(grouping: all) { "S\($0.store) \($0.channel)" }
        let found = rows(exports, spec).filter { $0.value[0] != "0" }
        #expect(Set(found.keys) == Set(groups.keys))
        for (key, own) in groups {
            let answered = own.filter { $0.reply != nil }
            let waiting = own.filter { $0.reply == nil }
            let expected = [
                String(own.count), String(answered.count), String(answered.count { $0.wait <= 3_600 }),
                String(answered.count { $0.wait > 3_600 }), String(waiting.count { $0.wait > 3_600 }),
                String(waiting.count { $0.wait <= 3_600 }), Naive.rank(answered.map(\.wait), 500),
                Naive.rank(answered.map(\.wait), 900), Naive.rank(answered.map { $0.wait - $0.covered }, 500),
                String(answered.count { $0.wait - $0.covered <= 3_600 }),
            ]
            #expect(found[key] == expected, "\(key)")
        }
        let people = Dictionary(grouping: all.filter { $0.reply != nil }) { $0.person }.mapValues { String($0.count) }
        let byPerson = TableSpec(name: "t", request: spec.request, by: [.person], columns: ["answered"])
        #expect(rows(exports, byPerson).mapValues { $0[0] } == people)
    }

    @Test("downtime as a union, open and wall, by store", arguments: 0..<6)
    func downtime(seed: Int) async throws {
        let data = RandomDealership(seed: UInt64(seed) &+ 400)
        let exports = try await Folder(data.files()).read()
        let naive = Naive(data: data, window: 60)
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [.store],
            columns: ["outages", "open_seconds_down", "wall_seconds_down", "summed_seconds_down"])
        let found = rows(exports, spec)
        let end = exports.header.asOf.seconds / 60
        for store in 0..<3 {
            let own = data.outages.filter { ($0.store == nil || $0.store == store) && $0.minutes.lowerBound < end }
            var down: Set<Int> = []
            for outage in own { down.formUnion(outage.minutes.filter { $0 < end }) }
            let expected = own.isEmpty ? nil : [
                own.count, down.count { naive.isOpen($0, store) } * 60, down.count * 60,
                own.reduce(0) { $0 + $1.minutes.filter { $0 < end }.count } * 60,
            ].map(String.init)
            #expect(found["S\(store)"] == expected, "S\(store)")
        }
    }
}

@Suite("Any order, any split")
struct SplitTests {
    private static let specs = everyRequest.flatMap(everyTable)
    /// What counts nothing without a split, or without records that these folders do not have.
    private static let needsMore: Set<String> = ["vendor-scorecard"]

    @Test("shuffled rows give equal tallies for every measure", arguments: 0..<4)
    func shuffled(seed: Int) async throws {
        let data = RandomDealership(seed: UInt64(seed) &+ 90)
        let straight = tabulate(try await Folder(data.allFiles()).read(), Self.specs)
        for (spec, table) in zip(Self.specs, straight) where spec.by.isEmpty && !Self.needsMore.contains(spec.name) {
            #expect(!table.cells.isEmpty, "\(spec.name) counts nothing: the test proves nothing of it")
        }
        for shuffle in 1...3 {
            let mixed = tabulate(try await Folder(data.allFiles(shuffle: UInt64(shuffle))).read(tasks: shuffle), Self.specs)
            for (index, spec) in Self.specs.enumerated() {
                #expect(mixed[index] == straight[index], "\(spec.measureAndDimensions)")
            }
        }
    }

    @Test("groups in any order and bracketing merge to the same", arguments: 0..<4)
    func split(seed: Int) async throws {
        let data = RandomDealership(seed: UInt64(seed) &+ 33)
        let exports = try await Folder(data.allFiles()).read()
        #expect(exports.groupCount == 2)
        let tabulation = Tabulation(header: exports.header, specs: Self.specs)
        let common = tabulation.common()
        let parts = (0..<exports.groupCount).map { tabulation.tally(exports.group($0)).tables }
        for index in Self.specs.indices {
            let (a, b, c) = (common[index], parts[0][index], parts[1][index])
            #expect((a + b) + c == a + (b + c))
            #expect(a + b == b + a)
            #expect((a + b) + c == (c + b) + a)
            #expect(a + TallyTable() == a)
        }
        #expect(tabulate(exports, Self.specs, groups: [1, 0]) == tabulate(exports, Self.specs))
    }

    @Test("a group put together on several tasks is the same, logs of one system or of three", arguments: 0..<3)
    func assembledOnTasks(seed: Int) async throws {
        let data = RandomDealership(seed: UInt64(seed) &+ 61)
        var apart = data.allFiles()
        let rows = (apart.removeValue(forKey: "exports/messages.csv") ?? "").split(separator: "\n").map(String.init)
        var mapping = "exports:\n  messages:\n"
        for log in 0..<3 {
            let own = rows.dropFirst().filter { Int($0.split(separator: ",")[0].suffix(1)).map { $0 % 3 } == log }
            #expect(!own.isEmpty)
            apart["exports/log\(log).csv"] = ([rows[0]] + own).joined(separator: "\n") + "\n"
            mapping += "    - { file: log\(log).csv, system: tool\(log) }\n"
        }
        apart["dealership.yaml"] = (apart["dealership.yaml"] ?? "") + mapping
        for files in [data.allFiles(), apart] {
            let exports = try await Folder(files).read()
            let tabulation = Tabulation(header: exports.header, specs: Self.specs)
            for group in 0..<exports.groupCount {
                let one = exports.group(group)
                let (several, early) = try await exports.journal(ofGroup: group, tasks: 3)
                // Found out before the messages were read: the same as from the whole journal.
                let whole = Identity(several, country: exports.header.settings.phoneCountry)
                #expect(early.root == whole.root && early.links == whole.links && early.household == whole.household)
                #expect(early.root.count == several.customers.count)
                #expect(one.messages.count == several.messages.count && one.messages.count > 0)
                #expect(one.faults.sorted { $0.source < $1.source } == several.faults.sorted { $0.source < $1.source })
                let (straight, made) = (tabulation.tally(one), tabulation.tally(several))
                #expect(straight.leftOut == made.leftOut)
                #expect(straight.faults == made.faults)
                for (index, spec) in Self.specs.enumerated() {
                    #expect(made.tables[index] == straight.tables[index], "\(spec.measureAndDimensions)")
                }
            }
        }
    }
}
