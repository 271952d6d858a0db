import Basis
import Measures
import Statistics

/// Where those who wait gather: a channel, a weekday of a channel, or nowhere in particular.
struct WaitFocus {
    let answers: ChannelAnswers
    /// The weekday that makes the worst channel miss its target: without it the channel would not clearly miss. ISO: 1 Monday.
    let gapDay: Int?
    /// Most of those still waiting: a channel, with a weekday where that alone holds half of all.
    let channel: String?
    let weekday: Int?
    /// How many of all still waiting.
    let waiting: Int

    init(_ answers: ChannelAnswers) {
        self.answers = answers
        let context = answers.context
        func share(_ channel: String, _ day: Int) -> Proportion {
            context.answeredInTime(.responsesByWeekday, [.channel: channel, .weekday: String(day)])
                ?? Proportion(successes: 0, trials: 0)
        }
        gapDay = answers.worst.flatMap { worst in
            guard let goal = answers.goal else { return nil }
            return (1...7).first { day in
                let own = share(worst.name, day)
                let rest = Proportion(
                    successes: worst.share.successes - own.successes, trials: worst.share.trials - own.trials)
                guard own.trials >= context.minimumN, rest.trials >= context.minimumN, let limits = own.wilson(),
                    let others = rest.wilson()
                else { return false }
                return limits.upper < goal && others.upper >= goal
            }
        }
        func waiting(_ channel: String, _ day: Int?) -> Int {
            var slice: [Dimension: String] = [.channel: channel]
            if let day { slice[.weekday] = String(day) }
            return context.count(.responsesByWeekday, "still_waiting", slice) ?? 0
        }
        let all = answers.all.waiting
        let names = context.labels(.responsesByWeekday, .channel)
        var byDay: (channel: String, day: Int, count: Int)?
        var byChannel: (channel: String, count: Int)?
        for name in names {
            let count = waiting(name, nil)
            if count > byChannel?.count ?? 0 { byChannel = (name, count) }
            for day in 1...7 {
                let count = waiting(name, day)
                if count > byDay?.count ?? 0 { byDay = (name, day, count) }
            }
        }
        // Fewer than five are no pattern; one channel alone gathers everybody by nature.
        if let byDay, byDay.count >= 5, byDay.count * 2 >= all {
            (channel, weekday, self.waiting) = (byDay.channel, byDay.day, byDay.count)
        } else if let byChannel, names.count > 1, byChannel.count >= 5, byChannel.count * 2 >= all {
            (channel, weekday, self.waiting) = (byChannel.channel, nil, byChannel.count)
        } else {
            (channel, weekday, self.waiting) = (nil, nil, 0)
        }
    }

    /// `Saturday texts`, `texts`, `Saturday e-mails`.
    var words: String? {
        guard let channel else { return nil }
        let plural = Words.channelPlural(channel)
        return weekday.map { say("\(Words.longDayNames[$0 - 1]) \(plural)", context: "weekday and channel") } ?? plural
    }

    /// The channel that the distribution sets off.
    var distributionChannel: String? { answers.worst?.name ?? channel }
}
