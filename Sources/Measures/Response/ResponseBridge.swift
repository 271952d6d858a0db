import Basis
public import Dealership
import Statistics

/// From the average that a CRM prints to the figures we print, one change at a time, over the same conversations.
/// DEFINITIONS 3, Bridge.
public struct ResponseBridge: Sendable {
    public struct Step: Hashable, Sendable {
        /// What this step does that the one before did not.
        public var change: String
        public var figure: Cell
        /// Of how many conversations it is taken.
        public var conversations: Int
    }

    public let steps: [Step]

    /// - Parameters:
    ///   - sameThread: each sharing group's facts when only the same conversation answers.
    ///   - ours: the same groups' facts with the measure's own *answer-on*.
    public init(_ measure: FirstResponseTime, _ slice: EvidenceSlice, sameThread: [Facts], ours: [Facts]) {
        var steps: [Step] = []
        let thread = Waits(sameThread, slice)
        steps.append(
            Step(
                change: "mean of those answered in their own thread, all hours of the day; an automatic reply counts",
                figure: Waits.mean(thread.wallToAnything), conversations: thread.wallToAnything.count))
        steps.append(
            Step(
                change: "a machine's reply answers nothing", figure: Waits.mean(thread.wall),
                conversations: thread.wall.count))
        let own = Waits(ours, slice)
        if measure.answerOn == .anyManaged {
            steps.append(
                Step(
                    change: "a call or a message on another managed channel answers, too", figure: Waits.mean(own.wall),
                    conversations: own.wall.count))
        }
        if measure.clock == .open {
            steps.append(
                Step(
                    change: "only opening hours count", figure: Waits.mean(own.open), conversations: own.open.count))
        }
        let answered = SparseHistogram(sortingValues: measure.clock == .open ? own.open : own.wall)
        steps.append(
            Step(
                change: "the time within which half were answered, instead of the mean",
                figure: Cell(answered.quantile(.median).map(TimeQuantile.at)), conversations: Int(answered.count)))
        let waiting = SparseHistogram(sortingValues: measure.clock == .open ? own.openWaiting : own.wallWaiting)
        steps.append(
            Step(
                change: "who got no answer is still waiting, and counts",
                figure: Cell(KaplanMeier(events: answered, censored: waiting).quantile(.median)),
                conversations: Int(answered.count + waiting.count)))
        if measure.clock == .open {
            let adjusted = SparseHistogram(sortingValues: own.adjusted)
            let adjustedWaiting = SparseHistogram(sortingValues: own.adjustedWaiting)
            steps.append(
                Step(
                    change: "beside it: less outages and their recovery, and the leave of who had the conversation",
                    figure: Cell(KaplanMeier(events: adjusted, censored: adjustedWaiting).quantile(.median)),
                    conversations: Int(adjusted.count + adjustedWaiting.count)))
        }
        self.steps = steps
    }

    /// The waits of a slice's conversations, in seconds.
    private struct Waits {
        var wallToAnything: [Int32] = []
        var wall: [Int32] = []
        var wallWaiting: [Int32] = []
        var open: [Int32] = []
        var openWaiting: [Int32] = []
        var adjusted: [Int32] = []
        var adjustedWaiting: [Int32] = []

        init(_ groups: [Facts], _ slice: EvidenceSlice) {
            for facts in groups {
                let conversations = facts.conversations
                let machines = facts.firstMachineReplies
                for fact in facts.selected(conversations.count, slice, { facts.conversationColumn($0) })
                where conversations.leftOut[fact] == .counted {
                    let isAnswered = conversations.isAnswered(fact)
                    let replies = [machines[fact], conversations.reply[fact]].filter { $0 != ConversationFacts.none }
                    if let first = replies.min() { wallToAnything.append(Int32(clamping: first - conversations.start[fact])) }
                    if isAnswered {
                        wall.append(conversations.wallWait[fact])
                        open.append(conversations.openWait[fact])
                        adjusted.append(conversations.adjustedWait(fact))
                    } else {
                        wallWaiting.append(conversations.wallWait[fact])
                        openWaiting.append(conversations.openWait[fact])
                        adjustedWaiting.append(conversations.adjustedWait(fact))
                    }
                }
            }
        }

        static func mean(_ seconds: [Int32]) -> Cell {
            seconds.isEmpty ? .none : .mean(Double(seconds.reduce(into: Int64(0)) { $0 += Int64($1) }) / Double(seconds.count))
        }
    }
}
