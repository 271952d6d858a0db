import Crypto

/// One row of a table of the ledger: what a query shows, and what its hash covers.
public struct LedgerRecord: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case none
        case whole(Int64)
        case text(String)
    }

    public var table: LedgerTable
    /// By the table's columns.
    public var values: [Value]

    public init(_ table: LedgerTable, _ values: [Value]) {
        self.table = table
        self.values = values
    }

    /// The bytes that are hashed: the table's name and every value in the order of columns. Each is one letter for its
    /// type (`t` text, `i` whole number, `n` none), its length in bytes as eight bytes, the highest first, and the
    /// bytes themselves: UTF-8, or the decimal digits of a number. Lengths before values: no two rows have the same
    /// bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 * (values.count + 1))
        LedgerRecord.append(.text(table.rawValue), to: &bytes)
        for value in values { LedgerRecord.append(value, to: &bytes) }
        return bytes
    }

    /// SHA-256 (FIPS 180-4) of the bytes, as 64 hexadecimal digits. An entry's covers its rows in other tables as well:
    /// see `LedgerSeal`.
    public var hash: String {
        var digest = LedgerDigest()
        digest.add(bytes)
        return digest.finish()
    }

    /// Eight hexadecimal digits a column: they tell which value of a damaged row was changed, and prove nothing.
    public var checks: String {
        var text: [UInt8] = []
        text.reserveCapacity(8 * values.count)
        for value in values {
            var bytes: [UInt8] = []
            LedgerRecord.append(value, to: &bytes)
            let check = LedgerRecord.check(bytes)
            for shift in stride(from: UInt32(28), through: 0, by: -4) {
                text.append(LedgerDigest.digits[Int(check >> shift & 15)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The columns whose values do not fit the checks that were stored; nil: the checks are of another length.
    public func changedColumns(by stored: String) -> [String]? {
        let own = Array(checks.utf8)
        let other = Array(stored.utf8)
        guard own.count == other.count else { return nil }
        return table.columns.indices.filter { own[$0 * 8..<$0 * 8 + 8] != other[$0 * 8..<$0 * 8 + 8] }
            .map { table.columns[$0].name }
    }

    private static func append(_ value: Value, to bytes: inout [UInt8]) {
        switch value {
        case .none: append(UInt8(ascii: "n"), "".utf8, to: &bytes)
        case .whole(let number): append(UInt8(ascii: "i"), String(number).utf8, to: &bytes)
        case .text(let text): append(UInt8(ascii: "t"), text.utf8, to: &bytes)
        }
    }

    private static func append(_ letter: UInt8, _ content: String.UTF8View, to bytes: inout [UInt8]) {
        bytes.append(letter)
        let count = UInt64(content.count)
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: count >> shift))
        }
        bytes.append(contentsOf: content)
    }

    /// FNV-1a of 32 bits (Fowler, Noll, Vo 1991).
    private static func check(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}

/// SHA-256 of what is added piece by piece.
public struct LedgerDigest: Sendable {
    static let digits = Array("0123456789abcdef".utf8)

    private var hash = SHA256()

    public init() {}

    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    /// 64 hexadecimal digits.
    public func finish() -> String {
        let text = hash.finalize().flatMap { [LedgerDigest.digits[Int($0 >> 4)], LedgerDigest.digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    public static func of(_ bytes: [UInt8]) -> String {
        var digest = LedgerDigest()
        digest.add(bytes)
        return digest.finish()
    }
}

/// An entry's hash: of its own bytes and, table by table in the order of `LedgerTable`, of the table's name and number
/// of rows (as a record of a text and a whole number) and of each row's hash. The hash of the entry before is among its
/// own.
public struct LedgerSeal: Sendable {
    private var digest = LedgerDigest()

    public init(_ entry: LedgerRecord) { digest.add(entry.bytes) }

    /// A table's rows, in order; tables in order too, those without rows among them.
    public mutating func add(_ table: LedgerTable, hashes: [String]) {
        digest.add(LedgerRecord(table, [.whole(Int64(hashes.count))]).bytes)
        for hash in hashes { digest.add(Array(hash.utf8)) }
    }

    public func finish() -> String { digest.finish() }
}
