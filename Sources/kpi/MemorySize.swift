import ArgumentParser

/// An amount of memory as somebody types it: `500MB`, `2GB`.
struct MemorySize: ExpressibleByArgument {
    let bytes: Int

    /// Holds what a store or a small group has. A large group's rows are kept in a file meanwhile, which takes no longer.
    static let usual = MemorySize(bytes: 256 << 20)
    private static let least = 64 << 20

    private init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let text = argument.uppercased()
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let units = ["MB": 20, "M": 20, "MIB": 20, "GB": 30, "G": 30, "GIB": 30]
        guard let count = Double(digits), count < 1_000_000, let shift = units[text.dropFirst(digits.count).filter { $0 != " " }]
        else { return nil }
        bytes = Int(count * Double(1 << shift))
        if bytes < MemorySize.least { return nil }
    }

    var defaultValueDescription: String { "256MB" }

    /// What rows may take of it: the program itself takes the rest, each task for the part of a file and the sharing group
    /// that it is at, and figures, of which there are more where there are more rows.
    func ofRows(tasks: Int) -> Int { max(0, bytes - bytes / 6 - (48 << 20) - tasks * (40 << 20)) }
}
