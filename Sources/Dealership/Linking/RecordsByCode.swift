/// Positions of records by a code (a customer, a vehicle), each code's together: a counting sort, no dictionary.
struct RecordsByCode: Sendable {
    private var starts: [Int32]
    private var items: [Int32]

    /// - Parameters:
    ///   - codes: how many codes there are.
    ///   - code: of a record's position; below 0: the record is left out.
    init(codes: Int, records: Int, code: (Int) -> Int32) {
        let ofRecord = (0..<records).map(code)
        starts = [Int32](repeating: 0, count: codes + 1)
        for code in ofRecord where code >= 0 { starts[Int(code) + 1] += 1 }
        for code in 0..<codes { starts[code + 1] += starts[code] }
        var next = starts
        items = [Int32](repeating: 0, count: Int(starts[codes]))
        for (record, code) in ofRecord.enumerated() where code >= 0 {
            items[Int(next[Int(code)])] = Int32(truncatingIfNeeded: record)
            next[Int(code)] += 1
        }
    }

    /// Puts each code's records in order.
    mutating func sort(by precedes: (Int, Int) -> Bool) {
        for code in 0..<(starts.count - 1) where starts[code + 1] - starts[code] > 1 {
            items[Int(starts[code])..<Int(starts[code + 1])].sort { precedes(Int($0), Int($1)) }
        }
    }

    subscript(code: Int32) -> ArraySlice<Int32> {
        code < 0 ? [] : items[Int(starts[Int(code)])..<Int(starts[Int(code) + 1])]
    }
}
