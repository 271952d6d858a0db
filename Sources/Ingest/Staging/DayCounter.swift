/// Rows by day; runs of one day cost one look-up.
struct DayCounter {
    private var rows: [Int32: Int] = [:]
    private var last: Int32 = .min
    private var run = 0

    @inline(__always)
    mutating func count(_ day: Int32) {
        if day == last {
            run += 1
        } else {
            if run > 0 { rows[last, default: 0] += run }
            last = day
            run = 1
        }
    }

    mutating func count(_ day: Int32, rows: Int) { self.rows[day, default: 0] += rows }

    mutating func finish() -> [Int32: Int] {
        if run > 0 { rows[last, default: 0] += run }
        run = 0
        return rows
    }
}
