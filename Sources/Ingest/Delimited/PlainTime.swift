import Basis

/// `2026-10-31T08:15:30` with `T` or a space between, and `Z` or nothing behind: read eight bytes at a time, the last date
/// remembered. What is written otherwise is nobody's fault here: it is read by `TimeReader`.
struct PlainTime {
    private var lastDate: (year: UInt64, day: UInt16) = (0, 0)
    private var lastDay = Day(number: 0)

    /// Nil: it is not written so, or there is no such time. Nothing behind the text is read.
    @inline(__always)
    mutating func read(_ text: FieldText) -> (day: Day, secondOfDay: Int, isUTC: Bool)? {
        let count = text.count
        guard count == 19 || count == 20 else { return nil }
        if count == 20, text[19] | 0x20 != 0x7A { return nil }
        guard text[10] == 0x54 || text[10] == 0x20 else { return nil }
        let base = UnsafeRawPointer(text.base)
        let date = UInt64(littleEndian: base.loadUnaligned(as: UInt64.self))
        let day = UInt16(littleEndian: (base + 8).loadUnaligned(as: UInt16.self))
        let clock = UInt64(littleEndian: (base + 11).loadUnaligned(as: UInt64.self)) ^ PlainTime.clockForm
        guard PlainTime.areDigits(clock), clock & PlainTime.colons == 0 else { return nil }
        let hour = PlainTime.pair(clock, 0)
        let minute = PlainTime.pair(clock, 3)
        let second = PlainTime.pair(clock, 6)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        if date != lastDate.year || day != lastDate.day {
            guard let read = PlainTime.day(date, day) else { return nil }
            lastDay = read
            lastDate = (date, day)
        }
        return (lastDay, hour * 3_600 + minute * 60 + second, count == 20)
    }

    /// `00:00:00`, the first character lowest.
    private static let clockForm: UInt64 = 0x3030_3A30_303A_3030
    private static let colons: UInt64 = 0x0000_FF00_00FF_0000
    /// `0000-00-`
    private static let dateForm: UInt64 = 0x2D30_302D_3030_3030
    private static let hyphens: UInt64 = 0xFF00_00FF_0000_0000

    /// Every byte is 0 to 9: what a digit is when `0` was taken off.
    @inline(__always)
    private static func areDigits(_ word: UInt64) -> Bool {
        (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0
    }

    @inline(__always)
    private static func pair(_ word: UInt64, _ place: UInt64) -> Int {
        Int(word >> (8 * place) & 0xF) * 10 + Int(word >> (8 * place + 8) & 0xF)
    }

    private static func day(_ date: UInt64, _ day: UInt16) -> Day? {
        let date = date ^ dateForm
        let day = UInt64(day ^ 0x3030)
        guard areDigits(date), date & hyphens == 0, areDigits(day) else { return nil }
        let read = Day(year: pair(date, 0) * 100 + pair(date, 2), month: pair(date, 5), day: pair(day, 0))
        return read.flatMap { $0.number < TimeReader.firstDay ? nil : $0 }
    }
}
