/// How an export writes dates: `M/D/YYYY`, `DD-MMM-YYYY`, `YYYYMMDD HH:mm`.
///
/// `Y`, `M`, `D`, `h`, `m`, `s` in either case; `M` and `m` are minutes after an hour or before seconds, else months. One
/// letter stands for one or two digits, two for exactly two. `MMM` is an English month's name, `tt` AM or PM.
public struct DateForm: Hashable, Sendable, CustomStringConvertible {
    public enum Piece: Hashable, Sendable {
        case year, shortYear
        /// Digits there must be; nil: one or two.
        case month(digits: Int?), day(digits: Int?), hour(digits: Int?), minute(digits: Int?), second(digits: Int?)
        case monthName
        case halfOfDay
        case literal(UInt8)

        fileprivate var part: Part {
            switch self {
            case .year, .shortYear: .year
            case .month, .monthName: .month
            case .day: .day
            case .hour, .minute, .second, .halfOfDay: .time
            case .literal: .none
            }
        }

        fileprivate var clockLetter: Character? {
            switch self {
            case .hour: "h"
            case .minute: "m"
            case .second: "s"
            case .halfOfDay: "t"
            default: nil
            }
        }

        fileprivate var isNumber: Bool {
            switch self {
            case .monthName, .halfOfDay, .literal: false
            default: true
            }
        }

        fileprivate var hasFixedWidth: Bool {
            switch self {
            case .year, .shortYear: true
            case .month(let digits), .day(let digits), .hour(let digits), .minute(let digits), .second(let digits):
                digits != nil
            case .monthName, .halfOfDay, .literal: false
            }
        }
    }

    fileprivate enum Part { case year, month, day, time, none }

    public struct Fault: Error, Hashable, Sendable {
        /// What is wrong with the form, a sentence without its beginning: `it has no year`.
        public var words: String
    }

    public let description: String
    public let pieces: [Piece]
    /// Pieces up to here say the day.
    public let dateLength: Int
    /// It says the time of day, too.
    public var hasTime: Bool { dateLength < pieces.count }

    public init(_ text: String) throws(Fault) {
        let pieces = try DateForm.pieces(Array(text.utf8))
        description = text
        self.pieces = pieces
        let firstTime = pieces.firstIndex { $0.part == .time } ?? pieces.count
        let lastDate = pieces.lastIndex { [.year, .month, .day].contains($0.part) } ?? 0
        dateLength = firstTime < pieces.count ? lastDate + 1 : pieces.count
        for (part, name) in [(Part.year, "year, YYYY or YY"), (.month, "month, M, MM or MMM"), (.day, "day, D or DD")] {
            let times = pieces.count { $0.part == part }
            guard times == 1 else {
                throw Fault(words: times == 0 ? "it has no \(name)" : "it has more than one \(name)")
            }
        }
        guard lastDate < firstTime else { throw Fault(words: "the time of day must follow the date") }
        // By kind: a colon's place and a number's width are no difference.
        let clock = pieces[firstTime...].compactMap(\.clockLetter)
        guard clock.isEmpty || ["hm", "hms", "hmt", "hmst"].contains(String(clock)) else {
            throw Fault(words: "a time of day is hours and minutes, with seconds and tt or not, in this order")
        }
        for (piece, next) in zip(pieces, pieces.dropFirst())
        where piece.isNumber && next.isNumber && !piece.hasFixedWidth {
            throw Fault(words: "nothing tells where a number ends that may have one digit or two")
        }
    }

    private static func pieces(_ text: [UInt8]) throws(Fault) -> [Piece] {
        var pieces: [Piece] = []
        var i = 0
        while i < text.count {
            let letter = text[i] | 0x20
            var end = i
            while end < text.count, text[end] | 0x20 == letter, isLetter(text[i]) { end += 1 }
            let run = end - i
            switch (letter, run) {
            case (UInt8(ascii: "y"), 4): pieces.append(.year)
            case (UInt8(ascii: "y"), 2): pieces.append(.shortYear)
            case (UInt8(ascii: "d"), 1...2): pieces.append(.day(digits: run == 2 ? 2 : nil))
            case (UInt8(ascii: "h"), 1...2): pieces.append(.hour(digits: run == 2 ? 2 : nil))
            case (UInt8(ascii: "s"), 1...2): pieces.append(.second(digits: run == 2 ? 2 : nil))
            case (UInt8(ascii: "m"), 3...4): pieces.append(.monthName)
            case (UInt8(ascii: "m"), 1...2):
                let digits = run == 2 ? 2 : nil
                pieces.append(isMinute(pieces, text[end...]) ? .minute(digits: digits) : .month(digits: digits))
            case (UInt8(ascii: "t"), 2): pieces.append(.halfOfDay)
            case (UInt8(ascii: "t"), 1) where text[i] == UInt8(ascii: "T"): pieces.append(.literal(text[i]))
            case _ where text[i] >= 0x30 && text[i] <= 0x39: throw Fault(words: "it has a digit")
            case _ where !isLetter(text[i]):
                pieces.append(.literal(text[i]))
                end = i + 1
            default:
                throw Fault(words: "\"\(String(decoding: text[i..<end], as: UTF8.self))\" says nothing")
            }
            i = end
        }
        return pieces
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte >= 0x41 }

    private static func isMinute(_ before: [Piece], _ rest: ArraySlice<UInt8>) -> Bool {
        for piece in before.reversed() {
            if case .literal = piece { continue }
            if case .hour = piece { return true }
            break
        }
        return (rest.first { isLetter($0) }).map { $0 | 0x20 } == UInt8(ascii: "s")
    }
}
