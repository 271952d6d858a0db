import Basis
import Dealership
import Definitions
import Measures
import Programs
import Statistics

/// Efforts and series made by hand.
enum Made {
    static let start = Day(year: 2026, month: 7, day: 6) ?? Day(number: 0)

    static var settings: DealershipSettings {
        DealershipSettings(
            name: "Riverside Motors", currency: "USD", timeZone: nil, hours: HoursSettings(standard: nil),
            channels: [], targets: TargetSettings(firstResponseSecondsElse: 3_600),
            conversion: ConversionSettings(windowDays: 60, credit: .lastTouch, denominator: .visits, minimumN: 20),
            conversations: ConversationSettings(answerOn: .anyManaged, gapSeconds: 259_200),
            outages: OutageSettings(recoverySeconds: 0, systems: []), exports: [], owners: [:], dueInDays: [:],
            stoppedClocks: StoppedClockSettings(sharePermille: 300, seconds: 20, minimum: 10))
    }

    /// An effort of 17 weeks on a number, 3 of them a dip; `change` says what else its file has.
    static func text(
        measure: String = "{ measure: ratings.mean, direction: up, reach: 90, by: 2026-10-31 }",
        period: String = "week", more: String = "looks: 2\ndip: { days: 21 }\n"
    ) -> String {
        """
        name: One inbox
        what: All mail goes to one inbox.
        why: RESP-02@2026-05;channel=email
        owner: Ellis
        asked: [{ who: advisors, said: Good. }]
        start: 2026-07-06
        goal: \(measure)
        period: \(period)
        \(more)
        """
    }

    static func effort(_ text: String = text()) throws -> Effort {
        try EffortFile.read(text: text, file: "efforts/one.yaml", identifier: "one", settings: settings).value
    }

    /// Weekly values, so many of them before the start; nil is a week without a figure.
    static func series(_ effort: Effort, before: Int, _ values: [Double?]) -> EffortSeries {
        let first = effort.start + -7 * before
        let periods = SeriesPeriods(grain: .days(7, first: first), count: values.count)
        let points = values.indices.map { position -> EffortSeries.Point in
            let day = first + position * 7
            let stage: EffortSeries.Stage = day < effort.start ? .before : day < effort.settled ? .dip : .after
            return EffortSeries.Point(
                stage: stage, value: values[position], share: nil, missing: "no data", isTooNew: false, outage: 0,
                isLeftOut: false)
        }
        return EffortSeries(measure: effort.goal.measure, periods: periods, points: points)
    }

    /// Monthly values, so many of them before the month in which the start lies.
    static func months(_ effort: Effort, before: Int, _ values: [Double?]) -> EffortSeries {
        let first = effort.start.month + -before
        let points = values.indices.map { position -> EffortSeries.Point in
            let day = (first + position).firstDay
            let isStarting = (first + position) == effort.start.month && day < effort.start
            let stage: EffortSeries.Stage = isStarting
                ? .starting : day < effort.start ? .before : day < effort.settled ? .dip : .after
            return EffortSeries.Point(stage: stage, value: values[position])
        }
        return EffortSeries(
            measure: effort.goal.measure, periods: SeriesPeriods(grain: .months(1, first: first), count: values.count),
            points: points)
    }

    /// Errors of deviation 1 that follow each other by ρ.
    static func noise(_ count: Int, seed: UInt64, correlation: Double = 0) -> [Double] {
        var random = SplitMix64(seed: seed)
        let spread = (1 - correlation * correlation).squareRoot()
        var error = random.normal()
        return (0..<count).map { place in
            if place > 0 { error = correlation * error + spread * random.normal() }
            return error
        }
    }
}
