public import Basis

/// How the impact of an outage is estimated, and what an hour of those who repair it costs: keys of `outages:`.
public struct ImpactSettings: Hashable, Sendable {
    /// How many clean weeks the same hours are looked up in.
    public var weeks: Int
    /// Days after an outage in which who was kept away may still come.
    public var recaptureDays: Int
    /// Open seconds, beyond the outage's own, up to which a wait counts: what lasts longer lasts so long.
    public var delayBoundSeconds: Int64
    /// Wall seconds by which a mailing may leave sooner or later than planned.
    public var mailingToleranceSeconds: Int64
    /// Minor units an hour; nil: nobody said what staff time costs.
    public var staffHour: Money?
    /// Who is at work on an outage while it lasts.
    public var staffPeople: Int

    public init(
        weeks: Int = 8, recaptureDays: Int = 3, delayBoundSeconds: Int64 = 28_800, mailingToleranceSeconds: Int64 = 900,
        staffHour: Money? = nil, staffPeople: Int = 1
    ) {
        self.weeks = weeks
        self.recaptureDays = recaptureDays
        self.delayBoundSeconds = delayBoundSeconds
        self.mailingToleranceSeconds = mailingToleranceSeconds
        self.staffHour = staffHour
        self.staffPeople = staffPeople
    }
}
