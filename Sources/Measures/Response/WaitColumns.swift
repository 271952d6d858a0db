import Basis
import Dealership

extension Facts {
    /// A dimension of conversations; nil: conversations do not have it.
    func conversationColumn(_ dimension: Dimension) -> FactColumn? { waitColumn(dimension, conversations) }

    /// A dimension of anything that waits for an answer: conversations, turns, leads.
    func waitColumn(_ dimension: Dimension, _ waits: ConversationFacts) -> FactColumn? {
        switch dimension {
        case .store: storeColumn(waits.store)
        case .channel: nameColumn(waits.channel)
        case .department: nameColumn(waits.department)
        case .month: monthColumn(waits.day)
        case .day: dayColumn(waits.day)
        case .weekday: weekdayColumn(waits.day)
        case .hour: hourColumn(waits.start, stores: waits.store)
        case .person: personColumn((0..<waits.count).map(waits.credited))
        case .workplace: workplaceColumn((0..<waits.count).map(waits.credited))
        case .arrival:
            FactColumn(codes: waits.isAfterHours.map { $0 ? 1 : 0 }) { $0 == 1 ? "after hours" : "open hours" }
        case .age:
            FactColumn(codes: (0..<waits.count).map { waits.isAnswered($0) ? -1 : WaitingAge.code(waits.wallWait[$0]) }) {
                WaitingAge.words($0)
            }
        default: nil
        }
    }
}

/// How long somebody has been waiting by the wall clock, in the steps that a manager acts by.
public enum WaitingAge {
    /// Seconds at which the next step begins.
    static let limits: [Int32] = [3_600, 14_400, 86_400, 259_200, 604_800]
    /// In order.
    public static let all = (0...Int32(limits.count)).map(words)

    static func code(_ seconds: Int32) -> Int32 {
        Int32(limits.firstIndex { seconds < $0 } ?? limits.count)
    }

    static func words(_ code: Int32) -> String {
        switch code {
        case 0: "under 1 h"
        case 1: "1 to 4 h"
        case 2: "4 to 24 h"
        case 3: "1 to 3 days"
        case 4: "3 to 7 days"
        case 5: "over 7 days"
        default: ""
        }
    }
}
