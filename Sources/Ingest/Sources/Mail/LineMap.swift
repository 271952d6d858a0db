/// Which line of its file each line of a decoded text comes from.
struct LineMap: Hashable, Sendable {
    private enum Kind: Hashable, Sendable {
        case following(Int)
        /// Every line stands for this one: what was packed has no lines of its own.
        case one(Int)
        case listed([Int32])
    }
    private var kind: Kind

    static func following(_ first: Int) -> LineMap { LineMap(kind: .following(first)) }
    static func one(_ line: Int) -> LineMap { LineMap(kind: .one(line)) }
    static func listed(_ lines: [Int32]) -> LineMap { LineMap(kind: .listed(lines)) }

    /// - Parameter index: line of the text, from 0.
    /// - Returns: line of the file, from 1.
    subscript(index: Int) -> Int {
        switch kind {
        case .following(let first): first + index
        case .one(let line): line
        case .listed(let lines): Int(lines.indices.contains(index) ? lines[index] : lines.last ?? 1)
        }
    }

    /// That of the text without its first lines.
    func dropping(_ count: Int) -> LineMap {
        switch kind {
        case .following(let first): .following(first + count)
        case .one: self
        case .listed(let lines): lines.count > count ? .listed(Array(lines[count...])) : .one(self[count])
        }
    }
}

extension Sequence<UInt8> {
    var lineBreaks: Int { reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
}
