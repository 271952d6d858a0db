import Basis
import Dealership

/// A prospect in the words a salesperson reads before picking up the phone.
public struct ProspectWords: Sendable {
    private let item: ProspectList.Item
    private let currency: String

    public init(_ item: ProspectList.Item, currency: String) {
        self.item = item
        self.currency = currency
    }

    /// "2017, 96,000 miles".
    public var car: String {
        let year = item.car.year.map { String($0) }
        let mileage = item.car.mileage.map { "\(Words.count($0)) \(ProspectRuleWords.distance(currency))" }
        return [year, mileage].compactMap { $0 }.joined(separator: ", ")
    }

    /// "bought here 52 months ago; lease ends 3 Jan 2027; open recall".
    public var more: String {
        var parts: [String] = []
        if let bought = item.car.purchaseDay {
            let months = wholeMonths(from: bought, to: item.day)
            parts.append(
                months == 0
                    ? say("bought here this month")
                    : say(
                        months, "bought here \(Words.count(months)) month ago", "bought here \(Words.count(months)) months ago"))
        } else if let boughtHere = item.car.boughtHere {
            parts.append(boughtHere ? say("bought here") : say("bought elsewhere"))
        }
        if let lease = item.car.leaseEnd {
            let day = Words.dayAndYear(lease)
            parts.append(lease < item.day ? say("lease ended \(day)") : say("lease ends \(day)"))
        }
        if item.car.recall == true { parts.append(say("open recall")) }
        if item.met.contains(where: { $0.kind == .payType }), let pay = item.car.payType {
            parts.append(say("last paid by \(ProspectRuleWords.payer(pay))"))
        }
        return parts.joined(separator: "; ")
    }

    /// "not contacted yet", "sales on 28 Oct, before that …".
    public var contact: String {
        guard let isContacted = item.isContacted else { return say("whether contacted is not known") }
        guard let last = item.lastContact else { return say("not contacted yet") }
        let day = last.day.month.year == item.day.month.year ? Words.day(last.day) : Words.dayAndYear(last.day)
        return isContacted ? say("contacted on \(day)") : say("not contacted yet, last on \(day)")
    }

    /// "2017, 96,000 miles; bought here 52 months ago; not contacted yet".
    public var why: String { [car, more, contact].filter { !$0.isEmpty }.joined(separator: "; ") }

    /// The last four digits, which are enough to know it by: "…0123".
    public var maskedPhone: String {
        let digits = item.phone.filter { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? "" : "…\(digits.suffix(4))"
    }

    /// "08:15"; empty where the export has the day alone.
    public var time: String {
        item.secondOfDay.map { "\(twoDigits($0 / 3_600)):\(twoDigits($0 / 60 % 60))" } ?? ""
    }
}

/// The rule as a manager reads it.
struct ProspectRuleWords {
    let rule: ProspectRule
    let currency: String

    /// Dealers who count in dollars or pounds sell cars that count in miles.
    static func distance(_ currency: String) -> String { ["USD", "GBP"].contains(currency) ? say("miles") : say("km") }

    /// Who paid, after "paid by".
    static func payer(_ type: PayType) -> String {
        switch type {
        case .customer: say("customer", context: "paid by")
        case .warranty: say("warranty", context: "paid by")
        case .internal: say("internal", context: "paid by")
        }
    }

    /// "8 to 12 years old, 100,000 miles or more, or an open recall".
    var text: String {
        let all = rule.allOf.map(words)
        let any = rule.anyOf.map(words)
        let some = either(any)
        if all.isEmpty { return some }
        return any.isEmpty ? Words.list(all) : say("\(Words.list(all)), and \(some)")
    }

    private func either(_ any: [String]) -> String {
        guard any.count > 1, let last = any.last else { return any.joined() }
        return say("\(any.dropLast().joined(separator: ", ")) or \(last)")
    }

    private func words(_ condition: ProspectRule.Condition) -> String {
        switch condition {
        case .vehicleAge(let limits): say("\(words(limits)) years old")
        case .mileage(let limits): "\(words(limits, Self.distance(currency)))"
        case .monthsSincePurchase(let limits): say("bought here \(words(limits)) months ago")
        case .leaseEnd(let days): say("a lease that ends within \(days) days")
        case .recall(let wanted): wanted ? say("an open recall") : say("no open recall")
        case .boughtHere(let wanted): wanted ? say("bought here") : say("bought elsewhere")
        case .payType(let types): say("last paid by \(either(types.map(ProspectRuleWords.payer)))")
        }
    }

    private func words(_ limits: ProspectRule.Limits, _ unit: String = "") -> String {
        let unit = unit.isEmpty ? "" : " \(unit)"
        return switch (limits.least.map(Words.count), limits.most.map(Words.count)) {
        case (let least?, let most?): say("\(least) to \(most)\(unit)")
        case (let least?, nil): unit.isEmpty ? say("\(least) or more") : say("\(least)\(unit) or more")
        case (nil, let most?): unit.isEmpty ? say("at most \(most)") : say("at most \(most)\(unit)")
        case (nil, nil): say("any", context: "how many years, miles or months")
        }
    }
}

extension ProspectList {
    /// The last columns are numbers.
    public static let numberColumns = 2

    /// As a table for machines; without names and with the last digits of phones alone unless asked for.
    public func rows(currency: String, showsCustomers: Bool) -> [[String]] {
        let header = [
            "appointment_id", "store_id", "scheduled_for", "customer_id", "system", "name", "phone", "why", "reasons",
            "purchased_on", "lease_end", "recall", "bought_here", "advisor_id", "advisor", "contacted", "last_contact_at",
            "last_contact_by", "person_id", "person", "vehicle_year", "mileage",
        ]
        func flag(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "" }
        return [header] + items.map { item in
            let words = ProspectWords(item, currency: currency)
            let time = words.time
            return [
                item.appointment, item.store, time.isEmpty ? item.day.description : "\(item.day) \(time)", item.customer,
                item.system, showsCustomers ? item.name : "", showsCustomers ? item.phone : words.maskedPhone, words.why,
                item.met.map(\.kind.label).joined(separator: " "), item.car.purchaseDay?.description ?? "",
                item.car.leaseEnd?.description ?? "", flag(item.car.recall), flag(item.car.boughtHere),
                item.advisor.identifier, item.advisor.name, flag(item.isContacted), item.lastContact?.text ?? "",
                item.lastContact?.by.words ?? "", item.owner.identifier, item.owner.name,
                item.car.year.map { String($0) } ?? "", item.car.mileage.map { String($0) } ?? "",
            ]
        }
    }
}
