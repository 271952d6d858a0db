import Basis
import Dealership

/// Of two times one comes first: booked before the day that is booked, opened before closed. Where the rows say the
/// opposite of the names, the rows are right.
struct ColumnOrder {
    let sample: ExportSample

    init(_ sample: ExportSample) { self.sample = sample }

    private static let pairs: [StandardTable: [(first: String, second: String)]] = [
        .appointments: [("booked_at", "scheduled_for")], .serviceVisits: [("opened_at", "closed_at")],
        .outages: [("started_at", "ended_at")], .absences: [("from", "to")], .people: [("active_from", "active_to")],
        .conversations: [("assigned_at", "resolved_at")], .claims: [("asked_at", "answered_at")],
    ]

    func settle(_ table: StandardTable, _ taken: inout [Int: Int], _ matches: inout [Int: Recognition.Match]) {
        for pair in ColumnOrder.pairs[table] ?? [] {
            guard let a = table.columns.firstIndex(where: { $0.name == pair.first }),
                let b = table.columns.firstIndex(where: { $0.name == pair.second }), let first = taken[a],
                let second = taken[b], isReversed(first, second)
            else { continue }
            taken[a] = second
            taken[b] = first
            for (ours, theirs) in [(a, second), (b, first)] {
                matches[ours]?.rule = .column(sample.columns[theirs].name)
                matches[ours]?.reason = ours == a ? "it comes first" : "it comes last"
            }
        }
    }

    /// In most rows that have both.
    private func isReversed(_ first: Int, _ second: Int) -> Bool {
        let isDayFirst = sample.columns[first].dayFirst > 0
        var right = 0, wrong = 0
        for row in sample.rows.prefix(500) {
            guard let a = TimeReader.seconds(row[first], isDayFirst), let b = TimeReader.seconds(row[second], isDayFirst) else {
                continue
            }
            if a < b { right += 1 } else if a > b { wrong += 1 }
        }
        return wrong > 2 && wrong > right * 4
    }
}

extension TimeReader {
    static func time(_ text: String, dayFirst: Bool) -> WrittenTime? {
        // What reads times looks a few bytes ahead.
        let bytes = Array(text.utf8)
        return (bytes + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer { padded in
            padded.baseAddress.flatMap { TimeReader(dayFirst: dayFirst).read(FieldText($0, from: 0, to: bytes.count)) }
        }
    }

    fileprivate static func seconds(_ text: String, _ dayFirst: Bool) -> Int64? {
        time(text, dayFirst: dayFirst).map { time in
            let offset: Int = if case .offset(let seconds) = time.zone { seconds } else { 0 }
            return Int64(time.day.number) * 86_400 + Int64(time.secondOfDay ?? 0) - Int64(offset)
        }
    }
}
