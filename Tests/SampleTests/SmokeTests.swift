import Basis
import Foundation
import Sample
import Testing

@Test func smoke() throws {
    let made = sampleDealership(SampleOptions(), zones: zone)
    for file in made.files {
        let to = URL(fileURLWithPath: "/tmp/sample/\(file.path)")
        try FileManager.default.createDirectory(at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.bytes).write(to: to)
        print(file.path, file.bytes.count, file.bytes.count { $0 == 10 })
    }
    let t = made.truth
    print("faults", t.faults, t.faults.values.reduce(0, +))
    print("collide", t.collidingNumbers, "cust", t.serviceCustomers, t.matchedServiceCustomers)
    for m in t.visits.keys.sorted() {
        print(m, "visits", t.visits[m]!, "credited", t.sales.credited[m] ?? 0, "rev", t.sales.creditedReversed[m] ?? 0, "gross", t.sales.creditedGross[m] ?? .zero, "loyal", t.sales.creditedLoyalty[m] ?? 0, "retail", t.sales.retail[m] ?? 0, "ded", t.leads.dedicated[m] ?? .init(), "oth", t.leads.others[m] ?? .init())
    }
    for m in t.visits.keys.sorted() {
        var all = ResponseTruth.Counts()
        var line = "\(m)"
        for c in ["email", "sms", "phone", "chat"] {
            let k = t.responses.counts[.init(month: m, channel: c)] ?? .init()
            line += " \(c) \(k.all) \(Int(k.share * 1000)) w\(k.waiting)"
            all.inTime += k.inTime; all.late += k.late; all.waiting += k.waiting; all.young += k.young
        }
        print(line, "ALL", all.all, Int(all.share * 1000), "w", all.waiting, "young", all.young)
    }
    print("effort", t.responses.beforeEffort.share, t.responses.dip.share, t.responses.afterEffort.share)
    print("after hours", t.responses.afterHours, "saturday", t.responses.saturdayTexts)
    print("unlinked", t.sales.unlinked, "wholesale", t.sales.wholesale)
    print("outages", t.outages.outages, t.outages.openSecondsLastMonth, t.outages.lost, t.outages.returned, t.outages.delays.count)
    for p in t.handoffs.keys.sorted(by: { "\($0)" < "\($1)" }) { print(p.from, p.to, t.handoffs[p]!) }
}

func zone(_ name: String) -> ZoneRules {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/" + name)),
        let rules = try? ZoneRules(identifier: name, tzif: [UInt8](data))
    else { return .utc }
    return rules
}
