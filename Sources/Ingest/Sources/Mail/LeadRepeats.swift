import Basis

/// Which leads came more than once: sent again by the provider, or kept in a mailbox and as a file.
struct LeadRepeats: Sendable {
    /// Without a number: the same customer, car, provider and vendor again within so many days is the same lead.
    static let days = 7

    /// By lead: the one that came first, which may be itself.
    private(set) var first: [Int]
    /// Leads in the order in which they came.
    let inOrder: [Int]

    init(_ leads: [Lead], zone: ZoneRules) {
        first = Array(leads.indices)
        let moments = leads.map { $0.order(in: zone) }
        inOrder = leads.indices.sorted { moments[$0] != moments[$1] ? moments[$0] < moments[$1] : $0 < $1 }
        var numbered: [String: [Int]] = [:]
        var named: [String: Int] = [:]
        var alike: [[String]: Int] = [:]
        for index in inOrder {
            let lead = leads[index]
            if let number = lead.numberedID {
                let key = lead.vendorKey
                let known = numbered[number, default: []].first {
                    let other = leads[$0].vendorKey
                    return key == other || key.isEmpty || other.isEmpty
                }
                if let known { first[index] = known } else { numbered[number, default: []].append(index) }
                continue
            }
            if let known = named[lead.leadID] {
                first[index] = known
                continue
            }
            let content = lead.likeness
            if !content.isEmpty, let known = alike[content], moments[index] != .max,
                moments[index] - moments[known] <= Int64(LeadRepeats.days) * 86_400
            {
                first[index] = known
            } else if !content.isEmpty {
                alike[content] = index
            }
            named[lead.leadID] = first[index]
        }
    }

    /// Leads that came again.
    var count: Int { first.indices.count { first[$0] != $0 } }
}

extension Lead {
    /// What makes two leads without a number the same; empty: nobody can tell who asked.
    fileprivate var likeness: [String] {
        if contactKey.isEmpty { return [] }
        let vehicle = prospect.vehicle
        let car = !vehicle.vin.isEmpty ? [vehicle.vin] : !vehicle.stock.isEmpty ? [vehicle.stock.lowercased()]
            : [vehicle.year, vehicle.make.lowercased(), vehicle.model.lowercased()]
        return [contactKey, prospect.provider.lowercased(), vendorKey] + car
    }
}
