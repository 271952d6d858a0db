public import Basis
public import Dealership

extension LedgerOutage {
    /// How far beyond a month's ends an outage may bear on its conversations: they wait over a weekend, and a queue has
    /// to clear.
    private static let margin = 3

    /// The outage records that bear on a month, by number.
    public static func list(_ header: JournalHeader, _ month: Month) -> [LedgerOutage] {
        header.outages.filter { outage in
            let zone = LedgerOutage.zone(outage, header)
            let first = zone.map { $0.day(at: outage.start) } ?? month.firstDay
            let last = zone.flatMap { zone in outage.end.map { zone.day(at: $0) } } ?? header.asOfDay
            return first <= month.lastDay + margin && last >= month.firstDay + -margin
        }.map { LedgerOutage($0, header) }.sorted { ($0.number, $0.digest) < ($1.number, $1.digest) }
    }

    private static func zone(_ outage: Outage, _ header: JournalHeader) -> ZoneRules? {
        let store = outage.store >= 0 ? outage.store : outage.stores.first ?? 0
        return header.stores.indices.contains(Int(store)) ? header.zone(ofStore: Int(store)) : header.zones.first
    }

    private init(_ outage: Outage, _ header: JournalHeader) {
        let zone = LedgerOutage.zone(outage, header)
        let codes = outage.store >= 0 ? [outage.store] : outage.stores
        let stores = codes.compactMap {
            header.stores.indices.contains(Int($0)) ? header.stores[Int($0)].identifier : nil
        }
        let down = outage.spans.map { span in
            let end = span.end.map { LedgerOutage.local($0, zone) } ?? "now"
            return "\(LedgerOutage.local(span.start, zone)) to \(end)"
        }
        let instants = outage.spans.map { "\($0.start)/\($0.end.map(\.description) ?? "")" }
        let facts = [
            outage.identifier, outage.system, outage.vendor, outage.channel, stores.sorted().joined(separator: " "),
            outage.precision.rawValue, outage.isPlanned ? "planned" : "", instants.joined(separator: " "),
        ]
        self.init(
            number: outage.identifier, system: outage.system, vendor: outage.vendor, channel: outage.channel,
            stores: stores.sorted().joined(separator: " "), down: down.joined(separator: "; "),
            digest: LedgerDigest.of(Array(facts.joined(separator: "\n").utf8)))
    }

    private static func local(_ instant: Instant, _ zone: ZoneRules?) -> String {
        guard let zone else { return instant.description }
        let seconds = zone.localSeconds(at: instant)
        let day = Day(number: Int32(seconds.floorDivided(by: 86_400)))
        let rest = seconds - Int64(day.number) * 86_400
        return "\(day) \(twoDigits(rest / 3_600)):\(twoDigits(rest / 60 % 60)):\(twoDigits(rest % 60))"
    }

    /// Which records came, went or say something else, a sentence each.
    static func changes(from before: [LedgerOutage], to after: [LedgerOutage]) -> [String] {
        let old = Dictionary(grouping: before, by: \.number)
        let new = Dictionary(grouping: after, by: \.number)
        return Set(old.keys).union(new.keys).sorted().flatMap { number -> [String] in
            let a = old[number] ?? []
            let b = new[number] ?? []
            if a == b { return [] }
            if a.isEmpty { return b.map { "outage \(number) came: down \($0.down)" } }
            if b.isEmpty { return a.map { "outage \(number) went: was down \($0.down)" } }
            let (then, now) = (a.map(\.down).joined(separator: "; "), b.map(\.down).joined(separator: "; "))
            return [then == now ? "outage \(number) changed" : "outage \(number): down \(then) → \(now)"]
        }
    }
}
