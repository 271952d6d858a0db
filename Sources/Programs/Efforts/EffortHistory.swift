public import Basis
import Crypto

/// One line of an effort's history: what was done when, by whom, and the definition's text from then on.
public struct EffortEntry: Hashable, Sendable {
    public enum Act: String, Hashable, Sendable, CaseIterable { case open, amend, close }
    /// What became of the change when it was closed.
    public enum Outcome: String, Hashable, Sendable, CaseIterable { case keep, drop }

    /// Counts from 1.
    public var number: Int
    /// As the person gave it: no clock is read.
    public var on: Day
    public var act: Act
    public var by: String
    public var note: String
    /// Of a closing entry only.
    public var outcome: Outcome?
    /// The definition's file, whole.
    public var text: String
    /// The hash of the entry before it; of the first one zeros.
    public var previous: String
    /// SHA-256 (FIPS 180-4) of the line up to here, as 64 hexadecimal digits.
    public var hash: String

    public init(
        number: Int, on: Day, act: Act, by: String, note: String = "", outcome: Outcome? = nil, text: String,
        previous: String, hash: String
    ) {
        self.number = number
        self.on = on
        self.act = act
        self.by = by
        self.note = note
        self.outcome = outcome
        self.text = text
        self.previous = previous
        self.hash = hash
    }

    /// The line of a history file, without its end: JSON with the keys in this order.
    public var line: String { EffortEntry.line(body, hash) }

    /// Everything that the hash is taken of.
    private var body: String {
        var parts = [
            "\"seq\":\(number)", "\"on\":\"\(on)\"", "\"act\":\"\(act.rawValue)\"", "\"by\":\(JSONText.quoted(by))",
            "\"note\":\(JSONText.quoted(note))",
        ]
        if let outcome { parts.append("\"outcome\":\"\(outcome.rawValue)\"") }
        parts += ["\"text\":\(JSONText.quoted(text))", "\"previous\":\"\(previous)\""]
        return "{" + parts.joined(separator: ",")
    }

    private static let mark = ",\"hash\":\""

    private static func line(_ body: String, _ hash: String) -> String { "\(body)\(mark)\(hash)\"}" }

    /// Whether a line is as it was written: the hash at its end is that of all before it.
    public static func isWhole(line: some StringProtocol) -> Bool {
        let bytes = Array(line.utf8)
        let tail = mark.utf8.count + 64 + 2
        guard bytes.count > tail else { return false }
        let body = bytes[..<(bytes.count - tail)]
        return Array(bytes[(bytes.count - tail)...]) == Array("\(mark)\(sha256(body))\"}".utf8)
    }

    fileprivate func sealed() -> EffortEntry {
        var own = self
        own.hash = sha256(Array(body.utf8)[...])
        return own
    }
}

/// What happened to an effort's definition, entry by entry. Each entry holds the hash of the one before, so that what
/// was written once cannot be changed without being seen.
///
/// A file of JSON lines beside the definition. What a chain cannot show is a tail cut off whole: whoever must know
/// keeps the last hash elsewhere (`kpi effort status` prints it).
public struct EffortHistory: Hashable, Sendable {
    public static let none = String(repeating: "0", count: 64)

    public var entries: [EffortEntry]
    /// Where the file was changed after it was written, a sentence each.
    public var damage: [String]

    public init(entries: [EffortEntry] = [], damage: [String] = []) {
        self.entries = entries
        self.damage = damage
    }

    public var isEmpty: Bool { entries.isEmpty && damage.isEmpty }
    /// Of the last entry.
    public var head: String { entries.last?.hash ?? EffortHistory.none }
    public var closing: EffortEntry? { entries.last { $0.act == .close } }

    /// The definition as it stood when a day began: that of the last entry before the day, else of the first one.
    public func text(before day: Day) -> String? {
        (entries.last { $0.on < day } ?? entries.first)?.text
    }

    /// The history with one entry more.
    public func adding(
        _ act: EffortEntry.Act, on: Day, by: String, note: String = "", outcome: EffortEntry.Outcome? = nil,
        text: String
    ) -> EffortHistory {
        var own = self
        own.entries.append(
            EffortEntry(
                number: entries.count + 1, on: on, act: act, by: by, note: note, outcome: outcome, text: text,
                previous: head, hash: ""
            ).sealed())
        return own
    }

    /// The file's text.
    public var text: String { entries.map { $0.line + "\n" }.joined() }
}

private func sha256(_ bytes: ArraySlice<UInt8>) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    let digits = Array("0123456789abcdef")
    return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
