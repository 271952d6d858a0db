/// Every measure there is, one line each.
public enum Catalog {
    public static let kinds: [any Measure.Type] = [
        ServiceToSales.self,
        TimeToSale.self,
        Cohorts.self,
        DedicatedDifference.self,
        FirstResponseTime.self,
        OutageImpact.self,
        OutageRemedies.self,
        ProtocolKeeping.self,
        VendorContracts.self,
        VendorScorecard.self,
        OutageExposure.self,
        OutageDelay.self,
        MissingVolume.self,
        OutageCurve.self,
        OutageCost.self,
        ServiceFunnel.self,
        ServiceGross.self,
        ProspectCoverage.self,
        WayBack.self,
        Volume.self,
        DataQuality.self,
        CustomerMatch.self,
        CustomerLinks.self,
        Handoffs.self,
        NextResponseTime.self,
        LeadResponseTime.self,
        ResolutionTime.self,
        Calls.self,
        OffChannel.self,
        StoppedClocks.self,
        Traffic.self,
        Ratings.self,
    ]

    public static let measures: [MeasureEntry] = kinds.map { $0.entry }

    public static func measure(named name: String) -> MeasureEntry? { measures.first { $0.name == name } }

    public static func kind(named name: String) -> (any Measure.Type)? { kinds.first { $0.entry.name == name } }
}
