/// Records of one text in pieces, each written to disk by one connection.
struct SpooledRows: Sendable {
    struct Piece: Sendable {
        var spool: SpoolFile
        var records: Int
        var bytes: Int
        /// Records that take several lines, with how many more.
        var breaks: [(record: Int, lines: Int)]
    }

    private var pieces: [Piece] = []
    /// Where each piece begins, and where the last one ends.
    private var starts = [0]
    /// By record that takes several lines: its first line, and by how many lines all behind it are further down.
    private var breaks: [(line: Int, lines: Int)] = []

    /// - Parameter parts: in the order of the rows. The first record of all is the header.
    init(_ parts: [Piece]) {
        var records = 0
        for part in parts {
            for found in part.breaks {
                let before = breaks.last?.lines ?? 0
                breaks.append((records + found.record + 1 + before, before + found.lines))
            }
            records += part.records
            pieces.append(part)
            starts.append(count + part.bytes)
        }
    }

    var count: Int { starts[starts.count - 1] }

    /// Number of the row that stands in a line, from 1; nil for the header.
    /// - Parameter line: from 1, the first one of the row.
    func row(ofLine line: Int) -> Int? {
        var (low, high) = (0, breaks.count)
        while low < high {
            let middle = (low + high) / 2
            if breaks[middle].line < line { low = middle + 1 } else { high = middle }
        }
        let record = line - (low > 0 ? breaks[low - 1].lines : 0)
        return record > 1 ? record - 1 : nil
    }

    /// The pieces that hold `range`, each with the part of itself.
    func pieces(in range: Range<Int>) -> [(descriptor: Int32, from: Int, count: Int)] {
        var found: [(Int32, Int, Int)] = []
        for (index, piece) in pieces.enumerated() {
            let from = max(range.lowerBound, starts[index])
            let to = min(range.upperBound, starts[index + 1])
            if from < to { found.append((piece.spool.descriptor, from - starts[index], to - from)) }
        }
        return found
    }
}
