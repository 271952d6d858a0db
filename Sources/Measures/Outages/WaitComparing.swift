import Basis
public import Dealership
import Statistics

/// Waits of a window's exposed conversations against those of conversations exposed alike in clean weeks, as sums over the
/// compared, in open seconds.
struct WaitComparison {
    var exposed = 0
    var compared: Int64 = 0
    var references: Int64 = 0
    var waited = 0.0
    var excess = 0.0
    /// Of the sum that would have been waited.
    var variance = 0.0
    var third = 0.0
    /// Samples with too few references, and the references of these.
    var lacking: Int64 = 0
    var found: Int64 = 0
}

/// Compares the windows of one sharing group.
struct WaitComparing {
    private let facts: Facts
    private var counting: VolumeCounting
    private var byPlace: [Place: [Int32]] = [:]

    private struct Place: Hashable {
        var store: Int32
        var channel: Int32
    }

    init(_ facts: Facts) {
        self.facts = facts
        counting = VolumeCounting(facts)
        let conversations = facts.conversations
        let names = Set(facts.header.outages.flatMap { $0.activities(facts.header.settings.outages) })
        let channels = names.map { facts.header.code(ofName: $0) }.filter { $0 >= 0 }.sorted()
        var place = [Int32](repeating: -1, count: facts.header.names.count)
        for (position, channel) in channels.enumerated() { place[Int(channel)] = Int32(position) }
        for store in facts.stores {
            var lists = [[Int32]](repeating: [], count: channels.count)
            for fact in 0..<conversations.count
            where conversations.store[fact] == store && conversations.leftOut[fact] == .counted
                && conversations.channel[fact] >= 0 && place[Int(conversations.channel[fact])] >= 0 {
                lists[Int(place[Int(conversations.channel[fact])])].append(Int32(truncatingIfNeeded: fact))
            }
            for (position, channel) in channels.enumerated() where !lists[position].isEmpty {
                byPlace[Place(store: store, channel: channel)] = lists[position]
            }
        }
        for place in byPlace.keys {
            byPlace[place]?.sort { a, b in
                (conversations.start[Int(a)], conversations.source[Int(a)])
                    < (conversations.start[Int(b)], conversations.source[Int(b)])
            }
        }
    }

    /// Waits of those exposed and of their references, week by week.
    private struct Sample {
        var exposed: [Int32] = []
        var weeks: [[Int32]] = []
    }

    mutating func compare(_ window: VolumeWindow) -> WaitComparison? {
        guard case .channel(let channel) = window.kind, let hours = counting.hours(window.kind, store: window.store),
            let places = byPlace[Place(store: window.store, channel: channel)]
        else { return nil }
        let table = facts.calendars.tables[facts.calendars.index(store: window.store, department: -1)]
        let own = window.down.intervals.map { table.openSeconds(from: $0.lowerBound, to: $0.upperBound) ?? 0 }.max() ?? 0
        let bound = own + facts.header.settings.outages.impact.delayBoundSeconds
        var comparison = WaitComparison()
        var begun = Sample()
        var seen: Set<DayStretch> = []
        for stretch in hours.stretches(window) where stretch.isDown {
            let exposed = conversations(places, from: hours.instants(stretch))
            comparison.exposed += exposed.count
            let weeks = hours.isSpecial(stretch.day) ? [] : references(hours.cleanWeeks(stretch), hours, window, channel)
            if weeks.isEmpty { continue }
            begun.exposed += exposed
            for week in weeks where seen.insert(week).inserted {
                begun.weeks.append(conversations(places, from: hours.instants(week)))
            }
        }
        add(begun, bound, &comparison)
        var waiting = Sample()
        for span in window.down.intervals {
            let all = waitingConversations(places, at: span.lowerBound)
            comparison.exposed += all.count
            guard let stretch = hours.stretches(window).first(where: { hours.instants($0).lowerBound == span.lowerBound })
            else { continue }
            waiting.exposed += all.filter { isWithin(bound, $0, table, at: span.lowerBound) }
            for week in references(hours.cleanWeeks(stretch), hours, window, channel) where seen.contains(week) {
                let at = hours.instants(week).lowerBound
                waiting.weeks.append(waitingConversations(places, at: at).filter { isWithin(bound, $0, table, at: at) })
            }
        }
        add(waiting, bound, &comparison)
        return comparison
    }

    /// Clean weeks in which nobody's wait ran into an outage, either.
    private func references(
        _ weeks: [DayStretch], _ hours: CleanHours, _ window: VolumeWindow, _ channel: Int32
    ) -> [DayStretch] {
        let down = facts.outagePlaces.down(store: window.store, activity: channel)
        let reach = facts.header.settings.outages.impact.delayBoundSeconds
        return weeks.filter { week in
            let span = hours.instants(week)
            return down.intersection((span.lowerBound + -reach)..<(span.upperBound + reach)).isEmpty
        }
    }

    /// Begun in the range; the facts lie in order of their start.
    private func conversations(_ facts: [Int32], from range: Range<Instant>) -> [Int32] {
        Array(facts[position(facts, range.lowerBound.seconds)..<position(facts, range.upperBound.seconds)])
    }

    private func position(_ places: [Int32], _ seconds: Int64) -> Int {
        let start = facts.conversations.start
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if start[Int(places[middle])] < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Begun before the instant and not answered by it.
    private func waitingConversations(_ places: [Int32], at instant: Instant) -> [Int32] {
        let reply = facts.conversations.reply
        return places[..<position(places, instant.seconds)].filter { fact in
            reply[Int(fact)] == ConversationFacts.none || reply[Int(fact)] > instant.seconds
        }
    }

    private func isWithin(_ bound: Int64, _ fact: Int32, _ table: OpenTime, at instant: Instant) -> Bool {
        let start = Instant(seconds: facts.conversations.start[Int(fact)])
        return (table.openSeconds(from: start, to: instant) ?? .max) < bound
    }

    private func add(_ sample: Sample, _ bound: Int64, _ comparison: inout WaitComparison) {
        let references = sample.weeks.flatMap { $0 }
        comparison.references += Int64(references.count)
        if sample.exposed.isEmpty { return }
        if references.count < OutageDelay.fewestReferences {
            comparison.lacking += 1
            comparison.found += Int64(references.count)
        }
        guard references.count >= OutageDelay.fewestReferences, let usual = moments(references, bound), let own = moments(sample.exposed, bound)
        else { return }
        let count = Double(own.count)
        comparison.compared += own.count
        comparison.waited += count * own.mean
        comparison.excess += count * (own.mean - usual.mean)
        let inflation = betweenWeeks(sample.weeks, usual, bound)
        // As if half a wait more of the clean weeks had lasted to the bound (Jeffreys): that none did is not that none can.
        let half = 0.5 / Double(usual.count)
        let beyond = Double(bound) - usual.mean
        let variance = usual.variance + half * beyond * beyond
        comparison.variance += inflation * variance * (count + count * count / Double(usual.count))
        comparison.third += count * (usual.third + half * beyond * beyond * beyond)
    }

    private func moments(_ sample: [Int32], _ bound: Int64) -> RestrictedWait? {
        let conversations = facts.conversations
        let answered = sample.filter { conversations.isAnswered(Int($0)) }
        let waiting = sample.filter { !conversations.isAnswered(Int($0)) }
        return RestrictedWait(
            events: SparseHistogram(sortingValues: answered.map { conversations.openWait[Int($0)] }),
            censored: SparseHistogram(sortingValues: waiting.map { conversations.openWait[Int($0)] }), bound: bound)
    }

    /// How much more the means of weeks differ than waits that know nothing of each other would make them; at least 1.
    private func betweenWeeks(_ weeks: [[Int32]], _ usual: RestrictedWait, _ bound: Int64) -> Double {
        let filled = weeks.filter { !$0.isEmpty }
        if filled.count < 4 || usual.variance == 0 { return 1 }
        var sum = 0.0
        for week in filled {
            let total = week.reduce(0.0) { $0 + Double(min(Int64(facts.conversations.openWait[Int($1)]), bound)) }
            let mean = total / Double(week.count)
            sum += Double(week.count) * (mean - usual.mean) * (mean - usual.mean) / usual.variance
        }
        return max(1, sum / Double(filled.count - 1))
    }
}

extension OutageDelay {
    /// Conversations exposed, an outage at a time, with what each waited.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let exposure = facts.exposure
        let header = facts.header
        let behind = ConversationRows(facts)
        var rows: [Evidence.Row] = []
        for row in 0..<exposure.count where exposure.kind[row] == .conversation {
            let outage = header.outages[Int(exposure.outage[row])]
            let channel = header.activityName(exposure.activity[row])
            let store = exposure.store[row]
            guard OutageLabels.holds(slice, outage, store: store, header, more: [.channel: channel]) else { continue }
            rows.append(
                Evidence.Row(
                    cells: [
                        outage.identifier, header.stores[Int(store)].identifier, channel,
                        facts.local(exposure.start[row], store: store), facts.local(exposure.end[row], store: store),
                        String(exposure.openSeconds[row]),
                    ], isCounted: true,
                    standing: exposure.end[row] == ConversationFacts.none ? "waiting" : "answered",
                    source: exposure.source[row],
                    restsOn: [outage.source] + behind.rows(begunBy: exposure.source[row])))
        }
        return Evidence(
            columns: ["outage_id", "store_id", "channel", "asked_at", "answered_at", "open_seconds"], rows: rows)
    }
}
