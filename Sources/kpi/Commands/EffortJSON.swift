import Basis
import Measures
import Programs
import Reporting
import Statistics

/// An assessment as JSON; values in the measure's unit: shares 0…1, seconds, counts, major units of money.
struct EffortJSON {
    let assessment: EffortAssessment
    let currency: String

    var value: JSONValue {
        let effort = assessment.effort
        let measure = effort.goal.measure
        let words = EffortWords(assessment, currency: currency)
        return .object([
            ("effort", .text(effort.identifier)), ("name", .text(effort.name)),
            ("as_of", .text(assessment.cut.description)), ("start", .text(effort.start.description)),
            ("measure", .text(measure.name)),
            ("slice", .object(measure.slice.sorted { $0.key < $1.key }.map { ($0.key.columnName, .text($0.value)) })),
            ("unit", .text(unit(measure))), ("goal", .text(effort.goalWords)),
            ("verdict", .text(assessment.verdict.finding.rawValue.replacing(" ", with: "_"))),
            ("reason", .text(words.reason)), ("figures", figures),
            ("looks", .list((assessment.judge?.looks.looks ?? []).map(look))),
            ("goal_size", .optional(assessment.judge?.goalSize)),
            ("known_by", .optional(assessment.knownBy?.description)),
            ("guards", .list(assessment.guards.map(guardMeasure))),
            ("flags", .list(assessment.flags.map { .text(words.sentence($0)) })), ("series", .list(series)),
            ("history", history),
        ])
    }

    private func unit(_ measure: EffortMeasure) -> String {
        switch measure.unit {
        case .share: "share"
        case .seconds: "seconds"
        case .count: "count"
        case .money: currency
        case .number: "number"
        }
    }

    private var figures: JSONValue {
        guard let result = assessment.result else { return .none }
        return .object([
            ("before", .number(result.before)), ("after", .number(result.after)),
            ("estimate", .optional(result.gain?.estimate)), ("lower", .optional(result.gain?.lower)),
            ("upper", .optional(result.gain?.upper)), ("level", .number(result.look.level)),
            ("n", .whole(result.study.before + result.study.after)),
            ("method", .optional(result.study.effect?.interval.method)), ("meets_goal", .flag(result.meetsGoal)),
        ])
    }

    private func look(_ look: EffortLook) -> JSONValue {
        .object([
            ("number", .whole(look.number)), ("day", .text(look.day.description)), ("periods", .whole(look.periods)),
            ("level", .number(look.level)), ("taken", .flag(look.day <= assessment.cut)),
            ("power", .optional(assessment.power?.share(at: look))),
        ])
    }

    private func guardMeasure(_ one: EffortAssessment.Guard) -> JSONValue {
        .object([
            ("measure", .text(EffortWords.title(one.measure))), ("estimate", .optional(one.gain?.estimate)),
            ("lower", .optional(one.gain?.lower)), ("upper", .optional(one.gain?.upper)), ("worse", .flag(one.isWorse)),
            ("missing", .optional(one.missing.isEmpty ? nil : one.missing)),
        ])
    }

    private var series: [JSONValue] {
        guard let series = assessment.series else { return [] }
        return series.points.enumerated().map { position, point in
            let days = series.days(position)
            return .object([
                ("from", .text(days.lowerBound.description)), ("until", .text(days.upperBound.description)),
                ("stage", .text("\(point.stage)")), ("value", .optional(point.value)),
                ("successes", point.share.map { .whole($0.successes) } ?? .none),
                ("trials", point.share.map { .whole($0.trials) } ?? .none),
                ("missing", .optional(point.value == nil ? point.missing : nil)),
                ("so_far", .optional(point.soFar?.estimate)),
                ("outage_share", .number(point.outage)), ("left_out", .flag(point.isLeftOut)),
            ])
        }
    }

    private var history: JSONValue {
        let history = assessment.record.history
        return .object([
            ("entries", .list(history.entries.map { entry in
                .object([
                    ("seq", .whole(entry.number)), ("on", .text(entry.on.description)), ("act", .text(entry.act.rawValue)),
                    ("by", .text(entry.by)), ("hash", .text(entry.hash)),
                ])
            })),
            ("damage", .list(history.damage.map { .text($0) })), ("head", .text(history.head)),
        ])
    }
}
