/// What the owner says about change efforts: `efforts:` in dealership.yaml. Each effort has a file of its own.
public struct EffortSettings: Hashable, Sendable {
    /// More open at once are flagged.
    public var mostAtOnce: Int
    /// A period with more of its open time under an outage is left out of a verdict, in thousandths.
    public var outagePermille: Int
    public init(mostAtOnce: Int, outagePermille: Int) {
        self.mostAtOnce = mostAtOnce
        self.outagePermille = outagePermille
    }
}
