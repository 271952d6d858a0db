import Basis

/// An export being written: rows as bytes, put in order of time at the end.
struct Sheet: Sendable {
    private struct Row: Sendable {
        var key: Int64
        var start: Int
        var end: Int
    }

    let header: String
    private let delimiter: UInt8
    private var bytes: [UInt8] = []
    private var rows: [Row] = []
    private var rowStart = 0
    private var isFirst = true

    init(_ header: String, delimiter: Character = ",") {
        self.header = header
        self.delimiter = delimiter.asciiValue ?? 0x2C
    }

    var count: Int { rows.count }

    /// What the row is sorted by.
    func key(ofRow index: Int) -> Int64 { rows[index].key }

    mutating func begin() {
        rowStart = bytes.count
        isFirst = true
    }

    mutating func end(at key: Int64) {
        bytes.append(0x0A)
        rows.append(Row(key: key, start: rowStart, end: bytes.count))
    }

    /// The row once more, as double exports have it.
    mutating func repeatRow(_ index: Int) { rows.append(rows[index]) }

    /// Another store's rows.
    mutating func append(_ other: Sheet) {
        let offset = bytes.count
        bytes.append(contentsOf: other.bytes)
        rows += other.rows.map { Row(key: $0.key, start: $0.start + offset, end: $0.end + offset) }
    }

    private mutating func separate() {
        if !isFirst { bytes.append(delimiter) }
        isFirst = false
    }

    /// An empty cell.
    mutating func empty() { separate() }

    mutating func text(_ text: String) {
        separate()
        let needsQuotes = text.utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A }
        guard needsQuotes else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    mutating func number(_ value: Int) {
        separate()
        digits(value)
    }

    /// `1234.50`, or with `grouping` `1,234.50`.
    mutating func money(_ amount: Money, grouping: Bool = false) {
        separate()
        let units = Int(amount.minorUnits.magnitude)
        if amount.minorUnits < 0 { bytes.append(0x2D) }
        if grouping, units >= 100_000 {
            digits(units / 100_000)
            bytes.append(0x2C)
            padded(units / 100 % 1_000, width: 3)
        } else {
            digits(units / 100)
        }
        bytes.append(0x2E)
        padded(units % 100, width: 2)
    }

    /// `2026-10-31`.
    mutating func day(_ day: Day) {
        separate()
        date(day)
    }

    /// `2026-10-31 14:05:09` by the zone's wall clock.
    mutating func local(_ instant: Instant, _ zone: ZoneRules) {
        separate()
        wall(zone.localSeconds(at: instant), between: 0x20)
    }

    /// `2026-10-31T19:05:09Z`.
    mutating func utc(_ instant: Instant) {
        separate()
        wall(instant.seconds, between: 0x54)
        bytes.append(0x5A)
    }

    /// `10/31/2026 9:05`, as American systems print it.
    mutating func american(_ instant: Instant, _ zone: ZoneRules) {
        separate()
        let local = zone.localSeconds(at: instant)
        let day = Day(number: Int32(local.floorDivided(by: 86_400)))
        let second = Int(local - Int64(day.number) * 86_400)
        let civil = day.civil
        digits(civil.month)
        bytes.append(0x2F)
        digits(civil.day)
        bytes.append(0x2F)
        digits(civil.year)
        bytes.append(0x20)
        digits(second / 3_600)
        bytes.append(0x3A)
        padded(second / 60 % 60, width: 2)
    }

    private mutating func wall(_ seconds: Int64, between: UInt8) {
        let day = Day(number: Int32(seconds.floorDivided(by: 86_400)))
        let second = Int(seconds - Int64(day.number) * 86_400)
        date(day)
        bytes.append(between)
        padded(second / 3_600, width: 2)
        bytes.append(0x3A)
        padded(second / 60 % 60, width: 2)
        bytes.append(0x3A)
        padded(second % 60, width: 2)
    }

    private mutating func date(_ day: Day) {
        let civil = day.civil
        padded(civil.year, width: 4)
        bytes.append(0x2D)
        padded(civil.month, width: 2)
        bytes.append(0x2D)
        padded(civil.day, width: 2)
    }

    private mutating func digits(_ value: Int) {
        if value < 0 { bytes.append(0x2D) }
        var width = 1
        var rest = value.magnitude
        while rest >= 10 {
            rest /= 10
            width += 1
        }
        padded(Int(value.magnitude), width: width)
    }

    private mutating func padded(_ value: Int, width: Int) {
        var power = 1
        for _ in 1..<max(width, 1) { power *= 10 }
        while power > 0 {
            bytes.append(UInt8(0x30 + value / power % 10))
            power /= 10
        }
    }

    /// Lines before the header, the header, the rows by time (ties as they were written), a last line.
    func file(preamble: [String] = [], footer: String? = nil) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 200)
        for line in preamble + [header] { output.append(contentsOf: Array(line.utf8) + [0x0A]) }
        let order = rows.indices.sorted { a, b in
            rows[a].key != rows[b].key ? rows[a].key < rows[b].key : a < b
        }
        for index in order { output.append(contentsOf: bytes[rows[index].start..<rows[index].end]) }
        if let footer { output.append(contentsOf: Array(footer.utf8) + [0x0A]) }
        return output
    }
}
