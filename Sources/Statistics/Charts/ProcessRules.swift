/// The rules by which points of a process chart signal; each takes one segment.
///
/// They are those of NHS England's Making Data Count: outside; seven on one side; seven rising or falling; two of
/// three in the outer third with all three on one side. Constants and cases as in NHSRplotthedots (MIT).
enum ProcessRules {
    static func signals(
        of values: [Double], centre: Double, lower: Double, upper: Double
    ) -> [[ProcessChart.Signal]] {
        let limits = [Double](repeating: 0, count: values.count)
        return signals(
            of: values, centre: limits.map { $0 + centre }, lower: limits.map { $0 + lower },
            upper: limits.map { $0 + upper })
    }

    /// With a centre and limits for each point, as in charts of rates.
    static func signals(
        of values: [Double], centre: [Double], lower: [Double], upper: [Double]
    ) -> [[ProcessChart.Signal]] {
        let sides = zip(values, centre).map { sign($0 - $1) }
        var outside = [Int](repeating: 0, count: values.count)
        var outer = outside
        for index in values.indices {
            let value = values[index]
            if value > upper[index] { outside[index] = 1 }
            if value < lower[index] { outside[index] = -1 }
            // Two thirds of the way from the centre to the limit is where the outer third begins.
            let high = centre[index] + (upper[index] - centre[index]) * 2 / 3
            let low = centre[index] - (centre[index] - lower[index]) * 2 / 3
            if outside[index] == 0 && (value > high || value < low) { outer[index] = sides[index] }
        }
        let marks: [(ProcessChart.Rule, [Int])] = [
            (.outside, outside),
            (.sevenOnOneSide, spreadBack(endsOfSevenOnOneSide(sides))),
            (.twoOfThreeOuter, twoOfThree(outer: outer, sides: sides)),
        ]
        let trends = endsOfSevenTrending(values)
        let rising = spreadBack(trends.map { max($0, 0) })
        let falling = spreadBack(trends.map { min($0, 0) })
        return values.indices.map { index in
            var found = marks.filter { $0.1[index] != 0 }.map {
                ProcessChart.Signal(rule: $0.0, direction: $0.1[index] > 0 ? .up : .down)
            }
            // A turning point may end a rise and begin a fall.
            if rising[index] != 0 { found.append(ProcessChart.Signal(rule: .sevenTrending, direction: .up)) }
            if falling[index] != 0 { found.append(ProcessChart.Signal(rule: .sevenTrending, direction: .down)) }
            return ProcessChart.Rule.allCases.flatMap { rule in found.filter { $0.rule == rule } }
        }
    }

    /// ±1 at each point that is the seventh or later in a row on one side; a point on the centre ends the row.
    static func endsOfSevenOnOneSide(_ sides: [Int]) -> [Int] {
        var run = 0
        return sides.map { side in
            run = side == 0 ? 0 : side == sign(Double(run)) ? run + side : side
            return run.magnitude >= 7 ? side : 0
        }
    }

    /// ±1 at each point that is the seventh or later of points that rise (fall) each above (below) the one before.
    static func endsOfSevenTrending(_ values: [Double]) -> [Int] {
        var steps = 0
        return values.indices.map { index in
            let step = index == 0 ? 0 : sign(values[index] - values[index - 1])
            steps = step == 0 ? 0 : step == sign(Double(steps)) ? steps + step : step
            return steps.magnitude >= 6 ? step : 0
        }
    }

    /// Marks with each marked point the six before it, which made it so.
    static func spreadBack(_ ends: [Int]) -> [Int] {
        var marked = [Int](repeating: 0, count: ends.count)
        for (index, end) in ends.enumerated() where end != 0 {
            for member in max(0, index - 6)...index { marked[member] = end }
        }
        return marked
    }

    /// Marks the points in the outer third of every three in a row that lie on one side with two of them there.
    static func twoOfThree(outer: [Int], sides: [Int]) -> [Int] {
        var marked = [Int](repeating: 0, count: outer.count)
        guard outer.count >= 3 else { return marked }
        for last in 2..<outer.count {
            let window = (last - 2)...last
            let side = sides[last]
            guard side != 0, window.allSatisfy({ sides[$0] == side }),
                window.filter({ outer[$0] != 0 }).count >= 2
            else { continue }
            for index in window where outer[index] != 0 { marked[index] = side }
        }
        return marked
    }

    private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
}
