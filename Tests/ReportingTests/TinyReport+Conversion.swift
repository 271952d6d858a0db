import Basis
import Dealership
@testable import Measures
@testable import Reporting
import Statistics

/// What the pages of the conversion report read.
extension TinyReport {
    /// Visits of a month that bought on days 2, 4, 6 … after, the others watched up to the end of October.
    func outcome(_ month: Month, _ visits: Int, bought: Int) -> Tally {
        let age = self.month.lastDay - month.lastDay
        let window = settings.conversion.windowDays
        var counts = [Int64](repeating: 0, count: ServiceToSales.Counter.allCases.count)
        for unit in ConversionSettings.Denominator.allCases {
            let (all, mature, converted) = ServiceToSales.Counter.of(unit)
            counts[all.rawValue] = Int64(visits)
            counts[mature.rawValue] = age >= window ? Int64(visits) : 0
            counts[converted.rawValue] = Int64(bought)
        }
        var lags = SparseHistogram()
        for sale in 0..<bought { lags.add(Int64(min(2 + sale * 2, window)), times: 1) }
        var watched = SparseHistogram()
        if visits > bought { watched.add(Int64(min(max(age, 0), window)), times: Int64(visits - bought)) }
        return Tally(counts: counts, histograms: [lags, watched, SparseHistogram()])
    }

    /// The same visits by every kind of visit there is, the first of each kind buying most.
    mutating func kindsOfVisits(_ month: Month, _ visits: Int, bought: Int, advisors: [String]) {
        func split(_ table: ReportTable, _ labels: [String]) {
            for (index, label) in labels.enumerated() {
                let own = visits / labels.count
                let sold = min(own, index == 0 ? bought - bought / 2 : bought / 2 / max(labels.count - 1, 1))
                add(table, [month.description, label], outcome(month, own, bought: sold))
            }
        }
        split(.visitsByRelation, ["loyalty", "conquest", ""])
        split(.visitsByPayType, ["customer", "warranty", "internal", ""])
        split(.visitsBySource, ["service drive", "website", "walk-in", ""])
        split(.visitsByVehicleAge, ["0-2", "3-5", "6-8", "9+", ""])
        split(.visitsByWorkplace, ["on-site", "remote", ""])
        split(.visitsByAdvisor, advisors + [""])
    }

    /// Leads of a person's visits of a month, and how many of them were sold.
    mutating func leadsOf(_ person: String, _ month: Month, leads: Int, sold: Int) {
        let none = [SparseHistogram](repeating: SparseHistogram(), count: 10)
        let known = [Int64](repeating: 1, count: 6) + [Int64](repeating: 0, count: 7)
        let counts = [leads, leads, leads / 2, leads / 3, leads / 3, sold, leads].map(Int64.init) + known
        add(.funnelByOwner, [month.description, person], Tally(counts: counts, histograms: none))
    }

    /// Deals of a month: so many from service with front and back gross in whole units, so many others.
    mutating func sell(_ month: Month, _ relation: String, _ sales: Int, front: Int, back: Int, others: Int = 0) {
        var counts = [Int64](repeating: 0, count: ServiceToSales.Counter.allCases.count)
        func set(_ counter: ServiceToSales.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.sales, sales)
        set(.allSales, sales + others)
        set(.front, front * 100)
        set(.back, back * 100)
        set(.gross, (front + back) * 100)
        set(.withGross, sales)
        let tally = Tally(counts: counts, histograms: [SparseHistogram](repeating: SparseHistogram(), count: 3))
        add(.sales, [month.description], tally)
        if sales > 0 { add(.salesByRelation, [month.description, relation], tally) }
    }

    mutating func match(_ month: Month, _ customers: Int, matched: Int) {
        var counts = [Int64](repeating: 0, count: CustomerMatch.Counter.allCases.count)
        func set(_ counter: CustomerMatch.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.customers, customers)
        set(.matched, matched)
        set(.visits, customers)
        set(.due, customers)
        set(.captured, matched / 2)
        add(.customerMatch, [month.description], Tally(counts: counts, histograms: []))
    }

    /// Booked service customers worth a word, and those whom sales spoke to; needs a rule in the settings.
    mutating func prospects(_ month: Month, _ prospects: Int, contacted: Int) {
        let counts = [prospects * 2, prospects, contacted / 2, contacted - contacted / 2, prospects, 0]
        add(.prospectCoverage, [month.description], Tally(counts: counts.map(Int64.init), histograms: []))
    }

    /// Buyers of a month back in service, all days over.
    mutating func back(_ month: Month, _ sales: Int, back: Int) {
        let none = [SparseHistogram](repeating: SparseHistogram(), count: 2)
        add(.wayBack, [month.description], Tally(counts: [sales, back, back / 2, sales].map(Int64.init), histograms: none))
    }

    /// Gross of the report month's sales by what came before them.
    mutating func touch(_ touch: String, _ sales: Int, gross: Int) {
        let counts = [sales, sales, gross * 100, gross * 60, gross * 40, sales, sales].map(Int64.init)
        add(.grossByTouch, [touch], Tally(counts: counts, histograms: []))
    }

    /// A month as the conversion report reads it, `each` times some.
    mutating func convert(_ month: Month, each: Int, people: [String]) {
        kindsOfVisits(month, each * 8, bought: each / 4, advisors: people)
        for (index, person) in people.enumerated() {
            leadsOf(person, month, leads: each * 3 / people.count, sold: index == 0 ? each / 8 : each / 8 / people.count)
        }
        sell(month, "loyalty", each / 5, front: each * 250, back: each * 180, others: each)
        // Conquests that cost money: sold below what they were bought for.
        sell(month, "conquest", each / 8, front: each * -40, back: each * 90)
        match(month, each * 6, matched: each * 5)
        settings.conversion.wayBackDays = 180
        prospects(month, each / 2, contacted: each / 3)
        if month < self.month + -5 { back(month, each, back: each / 2) }
        guard month == self.month else { return }
        settings.prospects = ProspectRule(allOf: [.boughtHere(true)], anyOf: [], beforeDays: 7, department: "sales")
        for (index, name) in ["appointment", "contact", "lead", ""].enumerated() {
            touch(name, max(each / (10 + index * 10), 1), gross: each * (100 - index * 20))
        }
    }
}
