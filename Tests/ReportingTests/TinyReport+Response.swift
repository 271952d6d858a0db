import Basis
import Dealership
@testable import Measures
@testable import Reporting
import Statistics

/// What the pages of the response report read.
extension TinyReport {
    /// Answers within 10 min or after 5 h; silence for four days. `freed`: of the late ones in time without the outage.
    static func answers(
        inTime: Int, late: Int = 0, silent: Int = 0, stillWithin: Int = 0, freed: Int = 0, isAfterHours: Bool = false,
        withdrawn: Int = 0
    ) -> Tally {
        var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
        func set(_ counter: FirstResponseTime.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.conversations, inTime + late + silent + stillWithin)
        set(.answered, inTime + late)
        set(.inTime, inTime)
        set(.late, late)
        set(.unanswered, silent)
        set(.stillWithin, stillWithin)
        set(.waiting, silent + stillWithin)
        set(.inTimeAdjusted, inTime + freed)
        set(.lateAdjusted, late - freed)
        set(.unansweredAdjusted, silent)
        set(.stillWithinAdjusted, stillWithin)
        set(.withdrawn, withdrawn)
        if isAfterHours { set(.afterHours, inTime + late + silent + stillWithin) }
        var answered = SparseHistogram()
        if inTime > 0 { answered.add(600, times: Int64(inTime)) }
        if late > 0 { answered.add(18_000, times: Int64(late)) }
        var waiting = SparseHistogram()
        if silent + stillWithin > 0 { waiting.add(400_000, times: Int64(silent + stillWithin)) }
        return Tally(counts: counts, histograms: [answered, waiting, answered, waiting])
    }

    mutating func department(_ name: String, inTime: Int, late: Int = 0, silent: Int = 0, freed: Int = 0) {
        let tally = TinyReport.answers(inTime: inTime, late: late, silent: silent, freed: freed)
        add(.responsesByDepartment, [name], tally)
        add(.adjustedByDepartment, [name], tally)
    }

    mutating func arrivals(_ channel: String, open: Int, after: Int, late: Int = 0) {
        if open > 0 { add(.responsesByArrival, [channel, Arrivals.openHours], TinyReport.answers(inTime: open)) }
        if after > 0 {
            add(
                .responsesByArrival, [channel, Arrivals.afterHours],
                TinyReport.answers(inTime: after - late, late: late, isAfterHours: true))
        }
    }

    mutating func stillWaiting(_ channel: String, _ age: String, _ count: Int) {
        add(.waitingByAge, [channel, age], TinyReport.answers(inTime: 0, silent: count))
    }

    mutating func turns(inTime: Int, late: Int = 0, silent: Int = 0) {
        add(.turns, ["later"], TinyReport.answers(inTime: inTime, late: late, silent: silent))
    }

    mutating func leads(inTime: Int, late: Int = 0, silent: Int = 0) {
        add(.leads, ["2026-10"], TinyReport.answers(inTime: inTime, late: late, silent: silent))
    }

    mutating func resolutions(_ resolved: Int, open: Int) {
        var counts = [Int64](repeating: 0, count: ResolutionTime.Counter.allCases.count)
        counts[ResolutionTime.Counter.conversations.rawValue] = Int64(resolved + open)
        counts[ResolutionTime.Counter.resolved.rawValue] = Int64(resolved)
        counts[ResolutionTime.Counter.open.rawValue] = Int64(open)
        var (ended, still) = (SparseHistogram(), SparseHistogram())
        if resolved > 0 { ended.add(7_200, times: Int64(resolved)) }
        if open > 0 { still.add(500_000, times: Int64(open)) }
        add(.resolutions, ["2026-10"], Tally(counts: counts, histograms: [ended, still]))
    }

    mutating func calls(taken: Int, returned: Int = 0, notReturned: Int = 0) {
        var (back, waiting) = (SparseHistogram(), SparseHistogram())
        if returned > 0 { back.add(900, times: Int64(returned)) }
        if notReturned > 0 { waiting.add(300_000, times: Int64(notReturned)) }
        let counts = [taken + returned + notReturned, taken, returned + notReturned, returned].map(Int64.init)
        add(.calls, ["2026-10"], Tally(counts: counts, histograms: [back, waiting]))
    }

    /// Messages and calls of one hour of the week; people × hours on duty where the settings say so.
    mutating func traffic(weekday: Int, hour: Int, _ inbound: Int, staffed: Int? = nil) {
        let counts = [Int64(inbound), Int64(staffed ?? 0) * 1_000, staffed == nil ? 0 : 1]
        add(.traffic, [String(weekday), hour < 10 ? "0\(hour)" : String(hour)], Tally(counts: counts, histograms: []))
    }

    mutating func ratings(_ person: String, _ scores: [Int64: Int64]) {
        var histogram = SparseHistogram()
        for (score, times) in scores where times > 0 { histogram.add(score * 1_000, times: times) }
        let count = scores.values.reduce(0, +)
        add(.ratingsByPerson, [person], Tally(counts: [count, count], histograms: [histogram]))
    }

    mutating func offChannel(_ channel: String, _ messages: Int, isOff: Bool = false, isUnlisted: Bool = false) {
        add(
            .offChannel, [channel],
            Tally(counts: [Int64(messages), isOff ? Int64(messages) : 0, isUnlisted ? Int64(messages) : 0], histograms: []))
    }

    /// First replies of a person and how many are listed, all for being quick.
    mutating func replies(_ person: String, _ count: Int, listed: Int = 0, askedAgain: Int = 0) {
        add(
            .stoppedClocks, [person],
            Tally(counts: [count, listed, 0, listed, askedAgain].map(Int64.init), histograms: []))
    }

    mutating func workplace(_ place: String, inTime: Int, late: Int) {
        add(.adjustedByWorkplace, [place], TinyReport.answers(inTime: inTime, late: late))
    }

    mutating func member(_ identifier: String, _ name: String, of department: String, inTime: Int, missed: Int) {
        people.append(
            Person(
                identifier: identifier, store: 0, name: name, department: department, role: "", isRemote: nil,
                payrollIdentifier: "", activeFrom: nil, activeTo: nil))
        person(identifier, inTime: inTime, missed: missed)
    }

    /// Everything the response report can show, so many of each.
    mutating func respond(_ channels: [String], each: Int, teams: [String], people: Int) {
        for team in teams { department(team, inTime: each, late: each / 8, silent: each / 20, freed: each / 20) }
        for (index, channel) in channels.enumerated() {
            arrivals(channel, open: each, after: each / 3, late: each / 20)
            for (step, age) in WaitingAge.all.enumerated() { stillWaiting(channel, age, each / 10 + step * index) }
            offChannel(channel, each * 10, isOff: channel.hasPrefix("whatsapp"))
        }
        turns(inTime: each * 2, late: each / 5, silent: each / 20)
        leads(inTime: each, late: each / 4, silent: each / 15)
        resolutions(each * 3, open: each / 10)
        calls(taken: each * 2, returned: each / 2, notReturned: each / 9)
        for weekday in 1...6 {
            for hour in 8..<18 { traffic(weekday: weekday, hour: hour, each / 2 + weekday * hour / 7, staffed: 8) }
        }
        for index in 0..<people {
            ratings("p\(index)", [5: Int64(each / 3), 3: Int64(each / 10)])
            replies("p\(index)", each, listed: index % 4, askedAgain: index % 2)
        }
        workplace("on-site", inTime: each * 3, late: each / 4)
        workplace("remote", inTime: each, late: each / 5)
    }
}
