import ArgumentParser
import Basis
import Dealership
import Foundation
import Ingest
import Measures
import Programs
import Reporting
import Statistics

/// What to look at before paying.
struct ReviewRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract:
            "What to look at before paying: tiers on a handful of answers, sudden jumps, stopped clocks, nobody's rows."
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv }

    @OptionGroup var folder: FolderOptions
    @OptionGroup var choice: RewardChoice
    @Option(help: "text or csv.")
    var format: Format = .text

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let rules = try choice.rules(folder)
            let (exports, notes) = try await folder.readExports()
            let month = try choice.month(exports.header)
            let request = ReportRequest(month: month, monthsBack: 2)
            let spec = ReportTable.stoppedClocks.spec(request, exports.header.settings)
            let job = RewardJob(rules.value, months: (month + -RewardReview.monthsBack)...month)
            let result = try await exports.tabulate([spec] + job.specs, rewards: job, tasks: folder.taskCount)
            let results = RewardRun.results(job, exports, result, gates: Array(result.tables.dropFirst()))
            messages.print(rules.diagnostics)
            messages.summarize(notes + exports.diagnostics(of: result), directory: folder.directory)
            let review = RewardReview(results, month: month)
            let clocks = clocks(
                ReportContext(
                    request: request, header: exports.header, tables: [.stoppedClocks],
                    tallies: Array(result.tables.prefix(1)), leftOutByRule: [:]))
            switch format {
            case .csv: FileHandle.standardOutput.write(Data(DelimitedText.csv(review.table + clocks.map(\.row))))
            case .text: for line in lines(review) + clocks.map(\.line) { print(line) }
            }
        }
    }

    private struct StoppedClock {
        var line: String
        var row: [String]
    }

    /// First replies that look made to stop the clock, by person.
    private func clocks(_ context: ReportContext) -> [StoppedClock] {
        return context.labels(.stoppedClocks, .person).compactMap { person in
            func count(_ column: String) -> Int { context.count(.stoppedClocks, column, [.person: person]) ?? 0 }
            let listed = count("listed")
            guard listed > 0 else { return nil }
            let name = context.header.people[person]?.name ?? person
            let row = ["stopped-clock", "", person, name, "", String(listed), String(count("first_replies"))]
            return StoppedClock(
                line:
                    "stopped clock: \(name) (\(person)), \(listed) of \(count("first_replies")) first replies: one text "
                    + "\(count("same_text")), too quick \(count("too_quick")), asked again \(count("asked_again"))",
                row: row + [String](repeating: "", count: RewardReview.columns.count - row.count))
        }
    }

    private func lines(_ review: RewardReview) -> [String] {
        func percent(_ value: Double) -> String { (value * 100).fixed(1) }
        let close = review.closeCalls.map { one -> String in
            let moves = [
                one.fewer.map { "\($0) fewer in time pay \(one.below)" },
                one.more.map { "\($0) more pay \(one.above)" },
            ].compactMap { $0 }
            return
                "hangs on a handful: \(one.name) (\(one.person)), \(one.rule): \(one.inTime) of \(one.counted), \(one.pays); "
                + moves.joined(separator: ", ")
        }
        let jumps = review.jumps.map { one -> String in
            let limits = one.difference.interval()
            return
                "sudden jump: \(one.name) (\(one.person)), \(one.rule): \(percent(one.before.estimate ?? 0)) % before, "
                + "\(percent(one.now.estimate ?? 0)) % now, "
                + "likely \(percent(limits?.lower ?? 0)) to \(percent(limits?.upper ?? 0)) points"
        }
        let nobody = review.unowned.map { one in
            "nobody's: \(one.rule): \(one.count.assigned), \(one.count.unanswered) unanswered, \(one.count.late) late"
        }
        let all = close + jumps + nobody
        return all.isEmpty ? ["nothing stands out in \(review.month)"] : all
    }
}
