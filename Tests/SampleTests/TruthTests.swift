import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Sample
import Testing

/// The files, read and linked as any dealership's, give back what was put into them.
struct TruthTests {
    private func staged(_ made: SampleDealership) async throws -> (StagedExports, [Diagnostic]) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-sample-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in made.files {
            let target = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml")
        let exports = try await StagedExports.read(directory: folder.path, settings: settings.value, tasks: 2)
        return (exports, settings.diagnostics)
    }

    /// Each sharing group's facts, linked.
    private func facts(_ exports: StagedExports) -> [Facts] {
        let context = LinkingContext(
            header: exports.header, parameters: LinkingParameters(exports.header.settings))
        return (0..<exports.groupCount).map { Facts(exports.group($0), context: context) }
    }

    @Test func settingsAreReadWithoutAWarning() async throws {
        let (_, notes) = try await staged(make(months: 2, size: 0.02))
        #expect(notes.allSatisfy { $0.severity == .note }, "\(notes)")
    }

    @Test func visitsAndCreditedSalesAgree() async throws {
        let made = make(seed: 3, stores: 2, months: 14, size: 0.3)
        let groups = facts(try await staged(made).0)
        var visits: [Month: Int] = [:]
        var credited: [Month: Int] = [:]
        for facts in groups {
            for day in facts.visits.day { visits[day.month, default: 0] += 1 }
            for (day, visit) in zip(facts.sales.day, facts.sales.visit) where visit >= 0 {
                credited[day.month, default: 0] += 1
            }
        }
        #expect(visits == made.truth.visits)
        #expect(credited == made.truth.sales.credited)
        let left = groups.flatMap(\.visits.leftOut).map(\.reason)
        #expect(left.count { $0 == .void } == made.truth.faults[.voidOrder])
        #expect(left.count { $0 == .dealerOwned } == made.truth.faults[.internalOrder])
        #expect(left.count { $0 == .preparation } == made.truth.faults[.preparationOrder])
        let matched = groups.map { facts in
            let found = facts.customersInCRM() ?? []
            return Set(facts.visits.identity.filter { $0 >= 0 && found[Int($0)] != nil }).count
        }
        #expect(matched.reduce(0, +) == made.truth.matchedServiceCustomers)
    }

    @Test func numbersGivenAgainJoinNobody() async throws {
        let made = make(seed: 5, months: 4, size: 0.6)
        let groups = facts(try await staged(made).0)
        var strangers = 0
        for facts in groups {
            let links = facts.identity.links.filter(\.standing.isContradiction)
            #expect(links.allSatisfy { $0.kind == .phone && $0.names == .differ })
            // Each has a number of the CRM that no other link has.
            let codes = Set(links.flatMap { [$0.a, $0.b] }).filter { facts.journal.customers[$0].contains("·1700") }
            strangers += codes.count
            for code in codes { #expect(facts.identity.root.count { $0 == facts.identity[code] } == 1) }
        }
        #expect(strangers == made.truth.faults[.numberGivenAgain])
        #expect(strangers > 0)
    }

    @Test func handoffsAgree() async throws {
        let made = make(seed: 4, months: 6, size: 0.6)
        let exports = try await staged(made).0
        var counts: [HandoffPair: [Int]] = [:]
        for facts in facts(exports) {
            let handoffs = facts.handoffs
            for index in 0..<handoffs.count {
                let pair = HandoffPair(
                    from: exports.header.name(handoffs.from[index]), to: exports.header.name(handoffs.to[index]))
                let isLate = handoffs.openWait[index] > 14_400
                let kind = !handoffs.isAnswered(index) ? 2 : isLate ? 1 : 0
                counts[pair, default: [0, 0, 0]][kind] += 1
            }
        }
        #expect(counts == made.truth.handoffs.mapValues { [$0.inTime, $0.late, $0.unanswered] })
        #expect(counts.values.reduce(0) { $0 + $1.reduce(0, +) } > 1_000)
    }

    @Test func firstAnswersAgree() async throws {
        let made = make(seed: 5, months: 8, size: 0.5)
        let exports = try await staged(made).0
        let header = exports.header
        let facts = facts(exports)[0]
        let talks = facts.conversations
        var counts: [ResponseTruth.Key: ResponseTruth.Counts] = [:]
        var reversed = 0
        var compared = 0
        for index in 0..<talks.count {
            let key = ResponseTruth.Key(month: talks.day[index].month, channel: header.name(talks.channel[index]))
            guard let target = header.settings.targets.firstResponseSeconds[key.channel] else { continue }
            switch talks.leftOut[index] {
            case .withdrawn: counts[key, default: .init()].withdrawn += 1
            case .replyBeforeQuestion, .afterAsOf, .noTimeOfDay: Issue.record("a question after the end or its answer")
            case .counted:
                let isOver = Int64(talks.openWait[index]) >= target
                if !talks.isAnswered(index) {
                    if talks.replySource[index] != .none { reversed += 1 }
                    if isOver {
                        counts[key, default: .init()].waiting += 1
                    } else {
                        counts[key, default: .init()].young += 1
                    }
                } else if Int64(talks.openWait[index]) <= target {
                    counts[key, default: .init()].inTime += 1
                } else {
                    counts[key, default: .init()].late += 1
                }
                // The adjusted time is the work that the answer took, whatever was down and whoever away in between.
                guard talks.thread[index] >= 0,
                    let work = made.truth.responses.workSeconds[facts.journal.threads[talks.thread[index]]]
                else { continue }
                compared += 1
                let away = made.truth.responses.awaySeconds[facts.journal.threads[talks.thread[index]], default: 0]
                #expect(Int64(talks.absentWait[index]) == away)
                #expect(Int64(talks.adjustedWait(index)) == work)
            }
        }
        #expect(counts == made.truth.responses.counts)
        #expect(reversed == made.truth.faults[.replyBeforeQuestion])
        #expect(compared > 5_000)
    }

    @Test func plantedFaultsAreFound() async throws {
        let made = make(seed: 9, months: 8, size: 0.3)
        let exports = try await staged(made).0
        let audits = exports.header.audits
        func setAside(_ reason: SetAside) -> Int { audits.reduce(0) { $0 + ($1.setAside[reason] ?? 0) } }
        #expect(setAside(.unreadableTime) == made.truth.faults[.unreadableDate])
        #expect(setAside(.endsBeforeStart) == made.truth.faults[.outageEndsBeforeStart])
        #expect(setAside(.totalRow) == 1)
        #expect(audits.reduce(0) { $0 + $1.skippedLocalTimes } == made.truth.faults[.skippedLocalTime])
        #expect(audits.allSatisfy { $0.repeatedLocalTimes == 0 })
        let faults = exports.group(0).faults
        #expect(faults.allSatisfy { $0.reason == .duplicateRow }, "\(Set(faults.map(\.reason)))")
        #expect(faults.count == made.truth.faults[.repeatedRow])
        let chat = try #require(audits.first { $0.label == "Chat" })
        #expect(chat.lastDay == Day(year: 2026, month: 10, day: 28))
        #expect(audits.first { $0.label == "DMS repair orders" }?.lastDay == Day(year: 2026, month: 10, day: 31))
    }
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
