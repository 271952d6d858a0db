import Basis
import Dealership

/// Times that a system broke: outages that overlap on it are one, from its first start to its last end. Planned
/// maintenance is none.
struct OutageFailures {
    struct Failure {
        /// The month is that of its start.
        var labels: [String]
        var start: Instant
        /// Wall seconds from its start; nil: nobody wrote it down, or only the day is known.
        var secondsToDetect: Int64?
        var secondsToAcknowledge: Int64?
        var secondsToNotify: Int64?
        /// Nil: still down.
        var secondsToRestore: Int64?
        /// From the start of the failure before it on the same system; nil: it is the first on record.
        var secondsSinceLast: Int64?
    }

    private(set) var all: [Failure] = []

    private struct Place: Hashable {
        /// Without the month.
        var labels: [String]
        var system: String
    }

    private struct Member {
        var outage: Int
        var stores: [Int32]
        var start: Instant
        /// As-of, where it is still down.
        var end: Instant
    }

    init(_ header: JournalHeader, _ cutting: OutageCutting) {
        var places: [Place: [Member]] = [:]
        for (index, outage) in header.outages.enumerated() where !outage.isPlanned && outage.start < header.asOf {
            for stores in cutting.storeSets(outage) {
                let zone = cutting.zone(stores)
                let ranges = outage.spans.map { $0.range(in: zone, asOf: header.asOf) }
                guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max() else { continue }
                let place = Place(labels: cutting.labels(outage, stores, nil), system: outage.systemKey)
                places[place, default: []].append(Member(outage: index, stores: stores, start: start, end: end))
            }
        }
        for members in places.values {
            let sorted = members.sorted { ($0.start, $0.outage) < ($1.start, $1.outage) }
            var last: Instant?
            var first = 0
            while first < sorted.count {
                var next = first + 1
                var end = sorted[first].end
                while next < sorted.count, sorted[next].start <= end {
                    end = max(end, sorted[next].end)
                    next += 1
                }
                let start = sorted[first].start
                if cutting.admits(start, cutting.zone(sorted[first].stores)) {
                    all.append(failure(sorted[first..<next], end: end, since: last, header, cutting))
                }
                last = start
                first = next
            }
        }
    }

    private func failure(
        _ members: ArraySlice<Member>, end: Instant, since last: Instant?, _ header: JournalHeader, _ cutting: OutageCutting
    ) -> Failure {
        let outages = members.map { header.outages[$0.outage] }
        let stores = members.first?.stores ?? []
        let start = members.first?.start ?? end
        let month = cutting.zone(stores).month(at: start)
        var failure = Failure(labels: cutting.labels(outages[0], stores, month), start: start)
        failure.secondsSinceLast = last.map { start - $0 }
        if outages.contains(where: { $0.precision == .day }) { return failure }
        func seconds(_ report: (Outage) -> Instant?) -> Int64? {
            outages.compactMap(report).min().flatMap { $0 <= header.asOf ? $0 - start : nil }
        }
        failure.secondsToDetect = seconds(\.detected)
        failure.secondsToAcknowledge = seconds(\.acknowledged)
        failure.secondsToNotify = seconds(\.notified)
        if !outages.contains(where: { $0.isOpen(header) }) { failure.secondsToRestore = end - start }
        return failure
    }
}
