import Basis
import Dealership

/// When staff reply, by weekday: a guess at the opening hours, never more than that.
struct ReplyHours {
    /// By weekday, Monday first: replies by half hour of the wall clock.
    private var halves = [[Int]](repeating: [Int](repeating: 0, count: 48), count: 7)
    private(set) var replies = 0

    init(_ folder: FolderRecognition) {
        for file in folder.files where file.copyOf == nil {
            guard let recognition = file.recognition, recognition.table == .messages, recognition.isReadable,
                !recognition.hasOffsets, let sample = file.sample
            else { continue }
            take(recognition, sample)
        }
    }

    private mutating func take(_ recognition: Recognition, _ sample: ExportSample) {
        func position(_ column: String) -> Int? {
            guard case .column(let name)? = recognition.match(of: column)?.rule else { return nil }
            return sample.columns.firstIndex { $0.name == name }
        }
        guard let sent = position("sent_at"), let direction = position("direction"), let match = recognition.match(of: "direction")
        else { return }
        let automated = position("automated")
        let isDayFirst = recognition.dateOrder == .dayFirst || recognition.assumedOrder == .dayFirst
        for row in sample.rows where (match.values[row[direction]] ?? row[direction].lowercased()) == "outbound" {
            if let automated, ["yes", "y", "true", "1"].contains(row[automated].lowercased()) { continue }
            let time = TimeReader.time(row[sent], dayFirst: isDayFirst)
            guard let time, let second = time.secondOfDay else { continue }
            // 1970-01-01 was a Thursday.
            let weekday = ((Int(time.day.number) + 3) % 7 + 7) % 7
            halves[weekday][min(second / 1_800, 47)] += 1
            replies += 1
        }
    }

    /// `mon-fri: "07:30-19:00"` and so on; empty: too few replies to guess by.
    var lines: [String] {
        guard replies >= 200 else { return [] }
        let week = (0..<5).reduce(into: [Int](repeating: 0, count: 48)) { sum, day in
            for half in 0..<48 { sum[half] += halves[day][half] }
        }
        let perDay = week.reduce(0, +) / 5
        var lines: [String] = []
        for (name, counts, share) in [("mon-fri", week, 5), ("sat", halves[5], 1), ("sun", halves[6], 1)] {
            let all = counts.reduce(0, +)
            guard all * 20 >= perDay * share, all > 0, let span = ReplyHours.span(counts, all) else { continue }
            lines.append("\(name): \"\(ReplyHours.clock(span.0))-\(ReplyHours.clock(span.1))\"")
        }
        return lines
    }

    /// Half hours between which all replies lie but one in fifty.
    private static func span(_ counts: [Int], _ all: Int) -> (Int, Int)? {
        var before = 0
        var first = 0
        while first < 48, (before + counts[first]) * 100 <= all { before += counts[first]; first += 1 }
        var after = 0
        var last = 47
        while last > first, (after + counts[last]) * 100 <= all { after += counts[last]; last -= 1 }
        return first < last ? (first, last + 1) : nil
    }

    private static func clock(_ half: Int) -> String {
        let hour = half / 2
        return "\(hour < 10 ? "0" : "")\(hour):\(half % 2 == 0 ? "00" : "30")"
    }
}
