import Basis
import Dealership
import Definitions
import Testing

/// How impact is estimated, as `outages:` says it.
@Suite struct ImpactSettingsTests {
    @Test func readOrUsual() throws {
        let own = """
            name: R
            outages:
              weeks: 6
              recapture: 1 week
              delay-bound: 4 h
              mailing-tolerance: 30 min
              staff-hour: 38
              staff-people: 2
              systems: { website: { activities: [leads, appointments] } }
            channels: { email: managed }
            """
        let read = try DealershipFile.read(text: own, file: "dealership.yaml")
        #expect(read.value.outages.impact == ImpactSettings(
            weeks: 6, recaptureDays: 7, delayBoundSeconds: 14_400, mailingToleranceSeconds: 1_800,
            staffHour: Money(minorUnits: 3_800), staffPeople: 2))
        #expect(read.value.outages.systems.first?.activities == ["leads", "appointments"])
        let usual = try DealershipFile.read(text: "name: R\n", file: "dealership.yaml").value.outages.impact
        #expect(usual == ImpactSettings(
            weeks: 8, recaptureDays: 3, delayBoundSeconds: 28_800, mailingToleranceSeconds: 900, staffHour: nil,
            staffPeople: 1))
    }
}
