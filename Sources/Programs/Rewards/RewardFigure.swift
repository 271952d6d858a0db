/// The figures of rewards that pages print, each with its code.
public enum RewardFigure: String, Hashable, Sendable, CaseIterable {
    case paid = "REW-01"
    case pool = "REW-02"
    case inTime = "REW-03"
    case person = "REW-04"
    case spared = "REW-05"
    case adjusted = "REW-06"
    case unowned = "REW-07"
    case tried = "REW-08"
    case jump = "REW-09"
    case margin = "REW-10"

    public var title: String {
        switch self {
        case .paid: "Rewards"
        case .pool: "Pool of the rule"
        case .inTime: "Answered in time of what rewards count"
        case .person: "A person's reward"
        case .spared: "What outages and leave taken out brought"
        case .adjusted: "Changes of earlier months"
        case .unowned: "Unanswered that belong to nobody"
        case .tried: "What a changed rule would have paid"
        case .jump: "A person's share against their own earlier months"
        case .margin: "Answers on which a tier hangs"
        }
    }

    public var inShort: String {
        switch self {
        case .paid: "what the rule pays everybody for the month: of a closed one as the ledger holds it"
        case .pool: "the most that the rule pays for a month"
        case .inTime:
            "in time ÷ (in time + late + unanswered), outages, their recovery and leave taken out of the times"
        case .person: "tier or points on the person's own counts, part of the month, team's part, cap, pool"
        case .spared: "what is paid less what the same rule would pay by times from which nothing was taken out"
        case .adjusted: "differences of closed months that late data made, as the ledger holds them"
        case .unowned: "conversations without an answer that name no assignee: they count for nobody"
        case .tried: "the changed rule on the same rows, less what the rule in force paid"
        case .jump: "a person's share less that of their earlier months together, Newcombe's limits"
        case .margin: "how many answers more or fewer in time would move the person to another tier"
        }
    }
}
