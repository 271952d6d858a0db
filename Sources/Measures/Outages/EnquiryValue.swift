import Basis
import Dealership
import Statistics

/// What enquiries of a kind brought in finished months, in integers: enquiries, sales that followed, their gross.
struct EnquiryCount {
    enum Field: Int, CaseIterable { case enquiries, sales, withGross, gross, squares }
    var values = [Int64](repeating: 0, count: Field.allCases.count)

    subscript(field: Field) -> Int64 {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }
}

/// What an enquiry brings on average: the store's own share that buys, times the gross of such a sale.
struct EnquiryValue {
    var rate: Double
    var rateLimits: ClosedRange<Double>
    /// Minor units.
    var gross: Double
    var grossLimits: ClosedRange<Double>

    /// Nil: too few enquiries or sales to say.
    init?(_ count: EnquiryCount, minimumN: Int) {
        let sales = Double(count[.withGross])
        let trials = Int(count[.enquiries])
        guard trials >= minimumN, sales >= 3,
            let limits = Proportion(successes: Int(count[.sales]), trials: trials).wilson()
        else { return nil }
        rate = Double(count[.sales]) / Double(trials)
        rateLimits = limits.lower...limits.upper
        let mean = Double(count[.gross]) / sales
        // Squares are of whole units of currency, of which 100 are minor.
        let variance = max(0, Double(count[.squares]) * 10_000 - sales * mean * mean) / (sales - 1)
        let half = StudentDistribution(degreesOfFreedom: sales - 1).twoSided(level: 0.95)
            * (variance / sales).squareRoot()
        gross = mean
        grossLimits = (mean - half)...(mean + half)
    }

    /// Minor units an enquiry, with the limits of the product: the square root of the sum of what each part's limit takes
    /// away alone (MOVER; Zou, Donner 2008, doi:10.1002/sim.3095).
    var mean: Double { rate * gross }
    var limits: ClosedRange<Double> {
        func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        let size = gross.magnitude
        return (mean - root((rate - rateLimits.lowerBound) * size, rate * (gross - grossLimits.lowerBound)))
            ... (mean + root((rateLimits.upperBound - rate) * size, rate * (grossLimits.upperBound - gross)))
    }
}

/// Counts what enquiries of one sharing group brought.
struct EnquiryCounting {
    private let facts: Facts
    private var known: [Key: EnquiryCount] = [:]

    private struct Key: Hashable {
        var store: Int32
        var kind: ArrivalKind
    }

    init(_ facts: Facts) { self.facts = facts }

    /// Nil for what is no enquiry: visits and appointments come of customers we have.
    mutating func count(_ kind: ArrivalKind, store: Int32) -> EnquiryCount? {
        let key = Key(store: store, kind: kind)
        if let found = known[key] { return found }
        let enquiries: [(customer: Int32, at: Int64)]
        switch kind {
        case .channel(let code):
            let all = facts.conversations
            enquiries = (0..<all.count).filter {
                all.channel[$0] == code && all.store[$0] == store && all.leftOut[$0] == .counted
            }.map { (all.customer[$0], all.start[$0]) }
        case .leads, .leadsOf:
            let all = facts.journal.leads
            enquiries = (0..<all.count).filter { all.store[$0] == store && isOf(kind, all.origin[$0]) }
                .map { (all.customer[$0], all.createdAt[$0].instant.seconds) }
        case .appointments, .visits: return nil
        }
        let found = count(enquiries, store)
        known[key] = found
        return found
    }

    private func isOf(_ kind: ArrivalKind, _ origin: Int32) -> Bool {
        if case .leadsOf(let code) = kind { return origin == code }
        return true
    }

    /// Of two sales on one day the lesser comes first, whatever the order of their rows.
    private var salesInOrder: [Int] {
        (0..<facts.sales.count).filter { facts.sales.identity[$0] >= 0 }.sorted {
            (facts.sales.day[$0], gross($0)) < (facts.sales.day[$1], gross($1))
        }
    }

    private func gross(_ position: Int) -> Int64 { facts.journal.sales.gross[facts.sales.sale[position]] }

    /// A sale follows the customer's latest enquiry, and only one; of months whose windows are over.
    private func count(_ enquiries: [(customer: Int32, at: Int64)], _ store: Int32) -> EnquiryCount {
        let zone = facts.header.zone(ofStore: Int(store))
        let window = facts.parameters.windowDays
        let last = (facts.lastWatchedDay(store: store) + -window).month.firstDay
        let firstWatched = facts.firstWatchedDay
        var byCustomer: [Int32: [(day: Day, isCounted: Bool)]] = [:]
        var count = EnquiryCount()
        for enquiry in enquiries {
            let day = zone.day(at: Instant(seconds: enquiry.at))
            let isCounted = day < last && firstWatched.map { day >= $0 } ?? true
            if isCounted { count[.enquiries] += 1 }
            let identity = enquiry.customer >= 0 ? facts.identity[enquiry.customer] : -1
            if identity >= 0 { byCustomer[identity, default: []].append((day, isCounted)) }
        }
        var taken: Set<Int64> = []
        for position in salesInOrder {
            let sold = facts.sales.day[position]
            let identity = facts.sales.identity[position]
            let before = (byCustomer[identity] ?? []).filter { $0.day <= sold && sold - $0.day <= window }
            guard let latest = before.max(by: { $0.day < $1.day }), latest.isCounted,
                taken.insert(Int64(identity) << 32 | Int64(latest.day.number)).inserted
            else { continue }
            count[.sales] += 1
            let gross = gross(position)
            if gross == .min { continue }
            count[.withGross] += 1
            count[.gross] += gross
            count[.squares] += (gross / 100) * (gross / 100)
        }
        return count
    }
}
