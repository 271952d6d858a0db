/// The XmR chart of a series: single values and their moving ranges, natural limits, and the points that signal.
///
/// Centre X̄, natural limits X̄ ± 2.66·mR̄, range limit 3.267·mR̄; moving ranges above the range limit are left out of
/// mR̄ once. Wheeler, Understanding Variation (1993); the screening is Nelson's 1982
/// (doi:10.1080/00224065.1982.11978811). The rules together signal falsely in some 18 % of stable series of 24 points:
/// they mark points, they do not make a headline alone.
public struct ProcessChart: Hashable, Sendable {
    /// 3 ÷ d₂, d₂ = 2/√π = 1.128 the mean range of two standard normals: natural limits in mean moving ranges.
    /// Rounded as Wheeler prints it, and as everybody computes it.
    public static let naturalFactor = 2.66
    /// D₄ for two values, 1 + 3·d₃/d₂ with d₃ = 0.8525: the range limit in mean moving ranges, rounded as printed.
    public static let rangeFactor = 3.267
    /// Below this many points the limits are provisional.
    public static let settledCount = 12

    /// A stretch of the series with its own centre and limits.
    public struct Segment: Hashable, Sendable {
        /// The points it holds.
        public let range: Range<Int>
        public let centre: Double
        /// The natural process limits.
        public let lower: Double
        public let upper: Double
        /// The mean moving range after screening.
        public let meanMovingRange: Double
        /// The limit of the moving ranges, of the screened mean.
        public let rangeLimit: Double
        /// Computed from fewer than twelve points.
        public let provisional: Bool

        /// How the limits stand to a target.
        public func assurance(target: Double, wanted: Direction) -> Assurance {
            let below = upper < target
            let above = lower > target
            switch wanted {
            case .up: return above ? .alwaysMeets : below ? .alwaysMisses : .hitOrMiss
            case .down: return below ? .alwaysMeets : above ? .alwaysMisses : .hitOrMiss
            }
        }
    }

    public enum Direction: Hashable, Sendable { case up, down }

    /// What a process that goes on as it is will do about a target.
    public enum Assurance: Hashable, Sendable { case alwaysMeets, alwaysMisses, hitOrMiss }

    /// Which rule a point breaks, and towards where.
    public struct Signal: Hashable, Sendable {
        public let rule: Rule
        public let direction: Direction
    }

    public enum Rule: String, CaseIterable, Hashable, Sendable {
        /// Beyond a natural limit.
        case outside
        /// One of seven in a row on one side of the centre.
        case sevenOnOneSide
        /// One of seven in a row that rise or that fall.
        case sevenTrending
        /// One of two out of three in the outer third (not beyond the limits), all three on one side.
        case twoOfThreeOuter
    }

    public let values: [Double]
    public let segments: [Segment]
    /// |xᵢ − xᵢ₋₁|; nil for the first point of each segment.
    public let movingRanges: [Double?]
    /// The signals of each point, in the order of `Rule`; empty for an ordinary one.
    public let signals: [[Signal]]

    /// The segment of a point.
    public func segment(at index: Int) -> Segment? { segments.first { $0.range.contains(index) } }

    /// The moving ranges that are beyond the range limit of their segment.
    public var rangesOutside: [Int] {
        movingRanges.indices.filter { index in
            guard let range = movingRanges[index], let segment = segment(at: index) else { return false }
            return range > segment.rangeLimit
        }
    }

    /// The chart of a series in its order of time; every segment needs two points.
    ///
    /// - Parameters:
    ///   - rebases: the first points of new segments (a change effort's start): limits, moving ranges and rules begin
    ///     anew there. Indices outside the series are none.
    ///   - baseline: of each segment only so many first points make the limits; nil: all.
    ///   - screening: whether moving ranges above the range limit are left out of their mean once.
    public static func of(
        _ values: [Double], rebasedAt rebases: [Int] = [], baseline: Int? = nil, screening: Bool = true
    ) -> Estimate<ProcessChart> {
        let starts = [0] + Set(rebases).sorted().filter { $0 > 0 && $0 < values.count }
        let ends = starts.dropFirst() + [values.count]
        var segments: [Segment] = []
        var movingRanges: [Double?] = []
        var signals: [[Signal]] = []
        for (start, end) in zip(starts, ends) {
            let stretch = Array(values[start..<end])
            let base = Array(stretch.prefix(max(2, baseline ?? stretch.count)))
            guard base.count >= 2 else { return .tooFew(TooFew(had: base.count, needed: 2)) }
            let centre = Moments.mean(base) ?? .nan
            let mean = screenedMean(Self.movingRanges(of: base), screening: screening)
            let segment = Segment(
                range: start..<end, centre: centre, lower: centre - naturalFactor * mean,
                upper: centre + naturalFactor * mean, meanMovingRange: mean, rangeLimit: rangeFactor * mean,
                provisional: base.count < settledCount)
            segments.append(segment)
            movingRanges += [nil] + Self.movingRanges(of: stretch).map(Optional.some)
            signals += ProcessRules.signals(
                of: stretch, centre: centre, lower: segment.lower, upper: segment.upper)
        }
        return .estimated(
            ProcessChart(values: values, segments: segments, movingRanges: movingRanges, signals: signals))
    }

    static func movingRanges(of values: [Double]) -> [Double] {
        zip(values, values.dropFirst()).map { ($1 - $0).magnitude }
    }

    /// Their mean, after those above 3.267 times it were left out, once.
    static func screenedMean(_ ranges: [Double], screening: Bool = true) -> Double {
        guard let first = Moments.mean(ranges) else { return 0 }
        guard screening else { return first }
        return Moments.mean(ranges.filter { $0 <= rangeFactor * first }) ?? first
    }
}
