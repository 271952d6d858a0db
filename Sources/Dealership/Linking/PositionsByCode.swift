/// Positions of an array grouped by their code, in their own order: a counting sort. Codes below 0 are in no group.
public struct PositionsByCode: Sendable {
    private let starts: [Int32]
    /// Those of one code behind those of the code before; see `range`.
    public let positions: [Int32]

    public init(_ codes: [Int32], count: Int) {
        var starts = [Int32](repeating: 0, count: count + 1)
        for code in codes where code >= 0 { starts[Int(code) + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        var next = starts
        var positions = [Int32](repeating: 0, count: Int(starts[count]))
        for (position, code) in codes.enumerated() where code >= 0 {
            positions[Int(next[Int(code)])] = Int32(truncatingIfNeeded: position)
            next[Int(code)] += 1
        }
        self.starts = starts
        self.positions = positions
    }

    /// How many codes there are.
    public var count: Int { starts.count - 1 }

    /// Where a code's are in `positions`.
    public func range(ofCode code: Int32) -> Range<Int> { Int(starts[Int(code)])..<Int(starts[Int(code) + 1]) }

    public subscript(code: Int32) -> ArraySlice<Int32> {
        code < 0 ? [] : positions[Int(starts[Int(code)])..<Int(starts[Int(code) + 1])]
    }
}

extension VisitFacts {
    func byHousehold(_ identity: Identity, customers: Int) -> PositionsByCode {
        let household = identity.household
        return PositionsByCode(self.identity.map { $0 >= 0 ? household[Int($0)] : -1 }, count: customers)
    }
}
