import Basis
import CBytes

extension RowEncoder {
    /// What `encode` returns for a header with other columns, below which nothing can be read.
    static let otherHeader = -1

    /// A row of the layout may be ordinary, and tells by its time that it is no header.
    var hasOrdinaryRuns: Bool { !tools.isAlwaysOdd && !hasFilter && tools.tellingColumn >= 0 && !isMostlyOdd }

    /// Encodes records one after the other up to one that is not ordinary in its cells or its quotes; there the splitter
    /// stands then. Everything that a row needs is at hand here, which as one call a row it would not be.
    /// - Parameters:
    ///   - stop: records that begin here or later are the next part's.
    ///   - source: of the record at place 0.
    ///   - room: a row begins at this byte of `target` at the latest.
    mutating func encodeOrdinary(
        _ splitter: inout RecordSplitter, _ bounds: UnsafeMutableBufferPointer<FieldBounds>, stop: Int, source: UInt64,
        into target: UnsafeMutablePointer<UInt8>, written: inout Int, room: Int
    ) {
        let row = ordinaryRow
        let telling = tools.tellingColumn
        let columns = columnCount
        let base = base
        guard let cells = bounds.baseAddress, columns > 0, columns <= bounds.count else { return }
        var records = splitter.plainRecords
        var time = plainTime
        var length = written
        var (last, run) = (Int32.min, 0)
        var kept = 0
        var begin = records.begin
        var lines = records.lines
        while records.begin < stop, length <= room {
            (begin, lines) = (records.begin, records.lines)
            guard records.next(cells, columns), records.begin &- begin < RowEncoder.ordinaryRecord,
                0x30...0x39 ~= base[cells[telling].start]
            else { break }
            var day = Int32.min
            let place = source &+ UInt64(begin)
            self.place = place & 0xFFFF_FFFF_FFFF
            let count = row.encode(bounds, columns, place, into: target + length, &time, &day, &self)
            if count < 0 { break }
            if day != last {
                if last != .min { days.count(last, rows: run) }
                (last, run) = (day, 0)
            }
            run &+= 1
            kept &+= 1
            length &+= count
            (begin, lines) = (records.begin, records.lines)
        }
        if last != .min { days.count(last, rows: run) }
        plainTime = time
        chunk.rowsRead += kept
        chunk.rowsKept += kept
        oddRuns = kept < 8 ? oddRuns + 1 : 0
        written = length
        splitter.resume(at: begin, lines: lines)
    }

    /// Bytes of a record. A longer one may be one that never ends.
    private static let ordinaryRecord = 1 << 16
    /// Where nearly every row is odd, looking whether it is ordinary is work for nothing.
    private var isMostlyOdd: Bool { oddRuns > 64 }

    /// The same as `encode`; a header that stands here again is counted and set aside.
    mutating func encodeUnlessHeader(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, source: UInt64, line: Int, place: UInt64,
        into row: UnsafeMutablePointer<UInt8>
    ) -> Int {
        // Where a row has the time it must have, nobody need ask whether it is a header: most rows are told so. A name in
        // its place is asked about first, for a header's cells are no names of channels.
        let column = tools.tellingColumn
        let mayTell = column >= 0 && column < fields && 0x30...0x39 ~= base[bounds[column].start]
        if !mayTell, let length = length(ofHeader: bounds, fields, line) { return length }
        self.place = place
        let length = ordinary(bounds, fields: fields, source: source, into: row)
        if length >= 0 { return length }
        if mayTell, let length = self.length(ofHeader: bounds, fields, line) { return length }
        return any(bounds, fields: fields, source: source, line: line, place: place, into: row)
    }

    /// What is returned of a header; nil: it is none.
    private mutating func length(
        ofHeader bounds: UnsafeMutableBufferPointer<FieldBounds>, _ fields: Int, _ line: Int
    ) -> Int? {
        switch header(bounds, fields: fields, line: line) {
        case .none: nil
        case .again: 0
        case .other: RowEncoder.otherHeader
        }
    }

    /// −1 where anything is out of the ordinary: then nothing of the record is counted.
    @inline(__always)
    mutating func ordinary(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, source: UInt64, into row: UnsafeMutablePointer<UInt8>
    ) -> Int {
        if tools.isAlwaysOdd || fields > columnCount { return -1 }
        let count = min(fields, bounds.count)
        if hasFilter, layout.leftOut(Record(base: base, bounds: bounds, count: count)) != nil { return -1 }
        var time = plainTime
        var day = Int32.min
        let length = ordinaryRow.encode(bounds, count, source, into: row, &time, &day, &self)
        if length < 0 { return -1 }
        plainTime = time
        if day != .min { days.count(day) }
        chunk.rowsRead += 1
        chunk.rowsKept += 1
        return length
    }
}
