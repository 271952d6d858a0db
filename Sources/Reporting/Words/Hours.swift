import Basis

extension Words {
    /// `7:30`, `19:00`.
    static func clock(_ seconds: Int) -> String { "\(seconds / 3_600):\(twoDigits(seconds / 60 % 60))" }

    /// A week's hours, days with the same ones together: `Mon–Fri 7:30–19:00, Sat 8:00–17:00`.
    static func hours(_ hours: OpeningHours) -> String {
        let days = hours.week.map { day in
            day.map { "\(clock($0.start))–\(clock($0.end > 86_400 ? $0.end - 86_400 : $0.end))" }
                .joined(separator: say(" and "))
        }
        var parts: [String] = []
        var first = 0
        while first < days.count {
            var last = first
            while last + 1 < days.count, days[last + 1] == days[first] { last += 1 }
            let names = first == last ? dayNames[first] : "\(dayNames[first])–\(dayNames[last])"
            if !days[first].isEmpty { parts.append("\(names) \(days[first])") }
            first = last + 1
        }
        return parts.isEmpty ? say("closed all week") : parts.joined(separator: ", ")
    }
}
