import Basis
import Dealership

// How impact is estimated: the keys of `outages:` that are not systems, each with its documented default.

extension Reader {
    mutating func impact(_ fields: Fields?) -> ImpactSettings {
        ImpactSettings(
            weeks: fields?["weeks"].flatMap { integer($0, in: 4...26) } ?? Defaults.cleanWeeks,
            recaptureDays: fields?["recapture"].flatMap { days($0, in: 0...28) } ?? Defaults.recaptureDays,
            delayBoundSeconds: fields?["delay-bound"].flatMap { duration($0, .open) } ?? Defaults.delayBoundSeconds,
            mailingToleranceSeconds: fields?["mailing-tolerance"].flatMap { duration($0, .wall) }
                ?? Defaults.mailingToleranceSeconds,
            staffHour: fields?["staff-hour"].flatMap { integer($0, in: 1...10_000) }
                .map { Money(minorUnits: Int64($0) * 100) },
            staffPeople: fields?["staff-people"].flatMap { integer($0, in: 1...1_000) } ?? Defaults.staffPeople)
    }
}
