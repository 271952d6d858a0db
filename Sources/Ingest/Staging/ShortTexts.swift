import CBytes

/// A text of up to fifteen bytes with its length, exact.
struct ShortText: Equatable {
    static let longest = 15
    static let empty = ShortText(low: 0, high: 0)

    var low: UInt64
    /// Its highest byte is the length.
    var high: UInt64

    /// Nil: the text is longer. Of a text that is not empty sixteen bytes must be readable at its beginning.
    @inline(__always)
    init?(_ text: FieldText) {
        let count = text.count
        guard count <= ShortText.longest else { return nil }
        let short = kpi_short(text.base, UInt64(count))
        (low, high) = (short.low, short.high)
    }

    @inline(__always)
    var hash: UInt64 { (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93 }
}

/// Short texts that recur in every row, each with what it stands for. As many as there is room for; the others are looked up
/// where all are. Nothing but pointers, so that a look costs no counting of references; whoever makes one frees it.
struct ShortTexts {
    private struct Entry {
        var key: ShortText
        var code: Int32
    }

    private let entries: UnsafeMutablePointer<Entry>
    private let count: UnsafeMutablePointer<Int>
    private let mask: Int
    private let shift: UInt64

    /// - Parameter room: for so many; a quarter of the table at most is taken.
    init(room: Int) {
        var bits = 4
        while 1 << bits < room * 4 { bits += 1 }
        mask = 1 << bits - 1
        shift = UInt64(64 - bits)
        entries = .allocate(capacity: mask + 1)
        // A length that no short text has: free.
        entries.initialize(repeating: Entry(key: ShortText(low: 0, high: .max), code: 0), count: mask + 1)
        count = .allocate(capacity: 1)
        count.initialize(to: 0)
    }

    func free() {
        entries.deallocate()
        count.deallocate()
    }

    /// −1: it is not among them.
    @inline(__always)
    func code(of key: ShortText) -> Int32 {
        var slot = Int(truncatingIfNeeded: key.hash >> shift)
        while true {
            let entry = entries[slot]
            if entry.key == key { return entry.code }
            if entry.key.high == .max { return -1 }
            slot = (slot + 1) & mask
        }
    }

    /// Takes a text that is not among them, where there is room.
    func take(_ key: ShortText, _ code: Int32) {
        guard count.pointee <= mask / 4 else { return }
        var slot = Int(truncatingIfNeeded: key.hash >> shift)
        while entries[slot].key.high != .max { slot = (slot + 1) & mask }
        entries[slot] = Entry(key: key, code: code)
        count.pointee += 1
    }
}

extension ShortText {
    fileprivate init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}
