import Basis
import Dealership

/// Reads a staged row's columns one after the other, in the order of the schema without `store_id`.
struct RowCursor {
    private var p: UnsafeRawPointer

    @inline(__always)
    init(_ row: UnsafeRawPointer) { p = row + StagedChunk.rowHeader }

    @inline(__always)
    static func length(_ row: UnsafeRawPointer) -> Int { Int(UInt16(littleEndian: row.loadUnaligned(as: UInt16.self))) }
    /// −1: every store.
    @inline(__always)
    static func store(_ row: UnsafeRawPointer) -> Int32 {
        let code = UInt16(littleEndian: (row + 2).loadUnaligned(as: UInt16.self))
        return code == .max ? -1 : Int32(code)
    }
    @inline(__always)
    static func source(_ row: UnsafeRawPointer) -> RowSource {
        RowSource(raw: UInt64(littleEndian: (row + 4).loadUnaligned(as: UInt64.self)))
    }

    /// An identifier's or text's bytes, valid while the staged bytes are.
    @inline(__always)
    mutating func bytes() -> UnsafeBufferPointer<UInt8> {
        let count = Int(p.load(as: UInt8.self))
        let start = (p + 1).assumingMemoryBound(to: UInt8.self)
        p += 1 + count
        return UnsafeBufferPointer(start: start, count: count)
    }
    @inline(__always)
    mutating func skipBytes() { p += 1 + Int(p.load(as: UInt8.self)) }
    mutating func text() -> String { String(decoding: bytes(), as: UTF8.self) }
    @inline(__always)
    mutating func moment() -> Moment { Moment(raw: integer()) }
    /// `Int64.min`: missing.
    @inline(__always)
    mutating func integer() -> Int64 {
        let value = Int64(littleEndian: p.loadUnaligned(as: Int64.self))
        p += 8
        return value
    }
    @inline(__always)
    mutating func name16() -> UInt16 {
        let code = UInt16(littleEndian: p.loadUnaligned(as: UInt16.self))
        p += 2
        return code
    }
    /// −1: missing.
    @inline(__always)
    mutating func name(_ canonical: [Int32]) -> Int32 {
        let code = name16()
        return code == .max ? -1 : canonical[Int(code)]
    }
    @inline(__always)
    mutating func choice() -> UInt8 {
        let code = p.load(as: UInt8.self)
        p += 1
        return code
    }
    @inline(__always)
    mutating func flag() -> Bool? {
        switch choice() {
        case 0: false
        case 1: true
        default: nil
        }
    }
}

extension IdentifierPool {
    /// The code, or −1 for an empty cell.
    @inline(__always)
    mutating func code(orNone bytes: UnsafeBufferPointer<UInt8>) -> Int32 { bytes.isEmpty ? -1 : intern(bytes) }
}
