import Basis

// How the truth is counted while the store is made, and added up over the stores.

extension StoreMaker {
    /// A conversation's first answer; `delay` in seconds of work, nil reply for silence.
    mutating func record(
        _ thread: String, _ channel: Channel, asked: Instant, reply: AnswerInstants?, delay: Int64,
        isWithdrawn: Bool = false
    ) {
        guard isCovered(channel, asked) else { return }
        let asked = asked
        let day = day(of: asked)
        let key = ResponseTruth.Key(month: day.month, channel: channel.name)
        guard let reply, isCovered(channel, reply.given) else {
            if isWithdrawn {
                truth.responses.counts[key, default: .init()].withdrawn += 1
            } else if open.seconds(from: asked, to: frame.end) < channel.target {
                truth.responses.counts[key, default: .init()].young += 1
            } else {
                truth.responses.counts[key, default: .init()].waiting += 1
                if channel == .sms, day.weekday == 5, day.month == options.lastMonth {
                    truth.responses.saturdayTexts += 1
                }
            }
            return
        }
        truth.responses.workSeconds[thread] = delay
        let clock = plan.isKnown ? work[channel.rawValue] : open
        let away = clock.seconds(from: asked, to: reply.given) - delay
        if away > 0, delay > 0 { truth.responses.awaySeconds[thread] = away }
        if open.seconds(from: asked, to: reply.given) <= channel.target {
            truth.responses.counts[key, default: .init()].inTime += 1
        } else {
            truth.responses.counts[key, default: .init()].late += 1
        }
        if reply.given != reply.undelayed {
            truth.outages.delays.append(
                .init(
                    conversation: thread, channel: channel.name, asked: asked, replyWithout: reply.undelayed,
                    reply: reply.given, openSeconds: open.seconds(from: reply.undelayed, to: reply.given)))
        }
    }

    /// By seconds of work, so that outages do not blur what the change did.
    mutating func recordEffort(_ asked: Instant, _ delay: Int64) {
        let start = Effort.oneInbox.start(options)
        let day = day(of: asked)
        func add(_ counts: inout ResponseTruth.Counts) {
            if delay <= Channel.email.target { counts.inTime += 1 } else { counts.late += 1 }
        }
        if day < start {
            add(&truth.responses.beforeEffort)
        } else if day < start + 21 {
            add(&truth.responses.dip)
        } else {
            add(&truth.responses.afterEffort)
        }
    }

    /// What can only be counted when all visits and sales are known.
    mutating func countTruth() {
        var days: [Int: [Day]] = [:]
        for visit in visits {
            days[visit.customer, default: []].append(visit.day)
            truth.visits[visit.day.month, default: 0] += 1
        }
        truth.serviceCustomers = days.count
        truth.matchedServiceCustomers = days.keys.filter { customers.all[$0].isFound }.count
        truth.collidingNumbers = customers.collidingNumbers
        for sale in sales {
            guard !sale.isWholesale else {
                truth.sales.wholesale += 1
                continue
            }
            let month = sale.soldOn.month
            truth.sales.retail[month, default: 0] += 1
            let isAfterVisit = (days[sale.customer] ?? []).contains { (0...60).contains(sale.soldOn - $0) }
            guard isAfterVisit else { continue }
            if !sale.isLinked {
                truth.sales.unlinked += 1
            } else if sale.reversedOn != nil {
                truth.sales.creditedReversed[month, default: 0] += 1
            } else {
                truth.sales.credited[month, default: 0] += 1
                truth.sales.creditedGross[month, default: .zero] += sale.gross
                if sale.boughtHere { truth.sales.creditedLoyalty[month, default: 0] += 1 }
            }
        }
    }
}

extension SampleTruth {
    mutating func add(_ other: SampleTruth) {
        faults.merge(other.faults, uniquingKeysWith: +)
        collidingNumbers += other.collidingNumbers
        visits.merge(other.visits, uniquingKeysWith: +)
        serviceCustomers += other.serviceCustomers
        matchedServiceCustomers += other.matchedServiceCustomers
        sales.credited.merge(other.sales.credited, uniquingKeysWith: +)
        sales.creditedReversed.merge(other.sales.creditedReversed, uniquingKeysWith: +)
        sales.creditedGross.merge(other.sales.creditedGross, uniquingKeysWith: +)
        sales.creditedLoyalty.merge(other.sales.creditedLoyalty, uniquingKeysWith: +)
        sales.retail.merge(other.sales.retail, uniquingKeysWith: +)
        sales.wholesale += other.sales.wholesale
        sales.unlinked += other.sales.unlinked
        leads.dedicated.merge(other.leads.dedicated, uniquingKeysWith: +)
        leads.others.merge(other.leads.others, uniquingKeysWith: +)
        responses.counts.merge(other.responses.counts, uniquingKeysWith: +)
        responses.beforeEffort = responses.beforeEffort + other.responses.beforeEffort
        responses.dip = responses.dip + other.responses.dip
        responses.afterEffort = responses.afterEffort + other.responses.afterEffort
        responses.afterHours += other.responses.afterHours
        responses.saturdayTexts += other.responses.saturdayTexts
        responses.workSeconds.merge(other.responses.workSeconds) { mine, _ in mine }
        responses.awaySeconds.merge(other.responses.awaySeconds) { mine, _ in mine }
        responses.takenOver.merge(other.responses.takenOver) { mine, _ in mine }
        responses.stoppedClocks.merge(other.responses.stoppedClocks, uniquingKeysWith: +)
        outages.delays += other.outages.delays
        outages.lostArrivals += other.outages.lostArrivals
        outages.lost.merge(other.outages.lost, uniquingKeysWith: +)
        outages.returned.merge(other.outages.returned, uniquingKeysWith: +)
        for (pair, count) in other.handoffs {
            handoffs[pair, default: .init()].inTime += count.inTime
            handoffs[pair, default: .init()].late += count.late
            handoffs[pair, default: .init()].unanswered += count.unanswered
        }
    }
}

extension LeadTruth.Reached {
    static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.leads += b.leads
        sum.reached += b.reached
        return sum
    }
}

extension ResponseTruth.Counts {
    static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.inTime += b.inTime
        sum.late += b.late
        sum.waiting += b.waiting
        sum.young += b.young
        sum.withdrawn += b.withdrawn
        return sum
    }
}
