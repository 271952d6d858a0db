/// What a compiled time-zone file (TZif) says, before anything is worked out from it.
/// Source of the format: RFC 9636 (versions 1 to 4; RFC 8536 before it).
struct ZoneFile {
    /// Seconds east of UTC before the first change.
    var initialOffset: Int
    /// The instants at which the offset may change, ascending, in seconds since 1970 UTC.
    var changes: [Int64] = []
    /// Seconds east of UTC from the change of the same index on.
    var offsets: [Int] = []
    /// The POSIX TZ string that holds after the last change; empty when the file has none.
    var footer: [UInt8] = []

    /// Why the bytes are not a time zone, in words that end a sentence.
    struct Fault: Error {
        var reason: String
    }

    /// Offsets are sane below 26 hours (RFC 9636, 3.2); the look-up of local times relies on it.
    static let largestOffset = 26 * 3_600

    init(_ bytes: [UInt8]) throws(Fault) {
        let first = try Header(bytes, at: 0)
        guard first.version >= 2 else {
            self = try ZoneFile(bytes, block: first, at: Header.size, timeSize: 4)
            return
        }
        // Since version 2 a second block with 64-bit times follows the first, which old readers use.
        let second = Header.size + first.blockSize(timeSize: 4)
        let header = try Header(bytes, at: second)
        self = try ZoneFile(bytes, block: header, at: second + Header.size, timeSize: 8)
        let footerStart = second + Header.size + header.blockSize(timeSize: 8)
        guard footerStart < bytes.count, bytes[footerStart] == UInt8(ascii: "\n"),
            let end = bytes[(footerStart + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        else { throw Fault(reason: "its rule for the future is cut off") }
        footer = Array(bytes[(footerStart + 1)..<end])
    }

    /// Reads one data block, whose times take 4 or 8 bytes.
    private init(_ bytes: [UInt8], block: Header, at start: Int, timeSize: Int) throws(Fault) {
        guard start + block.blockSize(timeSize: timeSize) <= bytes.count else { throw Fault(reason: "it is cut off") }
        guard block.types >= 1 else { throw Fault(reason: "it has no offset") }
        guard block.leapSeconds == 0 else {
            throw Fault(reason: "it counts leap seconds (a zone under right/), which instants here do not")
        }
        let indexes = start + block.changes * timeSize
        let types = indexes + block.changes
        var offsetOfType: [Int] = []
        for type in 0..<block.types {
            let offset = Int(Int32(truncatingIfNeeded: bytes.bigEndian(at: types + 6 * type, count: 4)))
            guard abs(offset) < ZoneFile.largestOffset else { throw Fault(reason: "an offset exceeds 26 hours") }
            offsetOfType.append(offset)
        }
        initialOffset = offsetOfType[0]
        for change in 0..<block.changes {
            let raw = bytes.bigEndian(at: start + change * timeSize, count: timeSize)
            let time = timeSize == 4 ? Int64(Int32(truncatingIfNeeded: raw)) : raw
            if let last = changes.last, time <= last { throw Fault(reason: "its changes are out of order") }
            let type = Int(bytes[indexes + change])
            guard type < block.types else { throw Fault(reason: "a change leads to an offset that is not there") }
            changes.append(time)
            offsets.append(offsetOfType[type])
        }
    }

    /// The 44 bytes before each data block.
    private struct Header {
        static let size = 44
        var version: Int
        var utcMarks, standardMarks, leapSeconds, changes, types, letters: Int

        init(_ bytes: [UInt8], at start: Int) throws(Fault) {
            guard bytes.count >= start + Header.size, Array(bytes[start..<start + 4]) == Array("TZif".utf8) else {
                throw Fault(reason: "it does not begin with TZif")
            }
            // The version is 0 for version 1, otherwise a digit.
            version = bytes[start + 4] == 0 ? 1 : Int(bytes[start + 4]) - Int(UInt8(ascii: "0"))
            func count(_ index: Int) -> Int { Int(bytes.bigEndian(at: start + 20 + 4 * index, count: 4)) }
            (utcMarks, standardMarks, leapSeconds) = (count(0), count(1), count(2))
            (changes, types, letters) = (count(3), count(4), count(5))
        }

        /// Bytes of the block that follows.
        func blockSize(timeSize: Int) -> Int {
            changes * (timeSize + 1) + types * 6 + letters + leapSeconds * (timeSize + 4) + standardMarks + utcMarks
        }
    }
}

extension [UInt8] {
    /// The unsigned number in `count` bytes, most significant first; eight bytes come out as two's complement.
    fileprivate func bigEndian(at start: Int, count: Int) -> Int64 {
        self[start..<start + count].reduce(0) { $0 << 8 | Int64($1) }
    }
}
