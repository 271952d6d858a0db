public import ArgumentParser
import Basis
import Foundation
public import Programs
import Store

extension LedgerEntry.Outcome: ExpressibleByArgument {}

struct ReverseReward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse",
        abstract: "Takes back what an entry pays a person, by an entry of its own; of a reversal, pays it again.")

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "The entry: its number in kpi rewards ledger.")
    var entry: Int
    @Option(help: "Whom: person_id.")
    var person: String
    @Option(help: "Why; the person reads it.")
    var why: String
    @OptionGroup var approval: ApprovalOptions

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            try RewardLedger(directory: directory).write(on: try approval.day()) { desk throws(Rejection) in
                try desk.reversal(of: entry, person: person, why: why, approvers: approval.approvedBy)
            }
        }
    }
}

struct DisputeReward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispute",
        abstract: "A question about an amount, and its answer: kept with the entry that they are about.",
        subcommands: [AskReward.self, AnswerReward.self])
}

struct AskReward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Writes down what somebody asks about an entry that concerns them.")

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "The entry that it is about, as the statement names it.")
    var entry: Int
    @Option(help: "Who asks: person_id.")
    var person: String
    @Option(help: "What is asked, in the person's words.")
    var question: String
    @Option(help: "The day of it: 2026-11-05.")
    var on: String
    @Option(help: "Who writes it down, if it is not the person.")
    var by: String?

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            try RewardLedger(directory: directory).write(on: try ApprovalOptions.day(on)) { desk throws(Rejection) in
                try desk.question(about: entry, person: person, by: by ?? person, question: question)
            }
        }
    }
}

struct AnswerReward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "Answers a question; it pays nothing by itself: correct the data and adjust, or reverse.")

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "The question: its entry's number.")
    var dispute: Int
    @Option(help: "The answer; the person reads it.")
    var answer: String
    @Option(help: "upheld, declined or partly.")
    var outcome: LedgerEntry.Outcome
    @Option(help: "The day of it: 2026-11-07.")
    var on: String
    @Option(help: "Who answers.")
    var by: String

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            try RewardLedger(directory: directory).write(on: try ApprovalOptions.day(on)) { desk throws(Rejection) in
                try desk.answer(to: dispute, by: by, answer: answer, outcome: outcome)
            }
        }
    }
}
