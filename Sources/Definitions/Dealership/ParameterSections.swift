import Basis
import Dealership

// Targets and the parameters of the measures, each with its documented default in `Defaults`.

extension Reader {
    mutating func targets(_ field: Field, _ channels: [ChannelSettings]) -> TargetSettings {
        guard let fields = fields(field, .targets, of: quoted("targets")) else { return TargetSettings() }
        var targets = TargetSettings(
            answeredInTimePermille: fields["answered-in-time"].flatMap { share($0) },
            salesFromServiceAMonth: fields["sales-from-service"].flatMap { integer($0, in: 0...100_000) },
            unansweredAMonth: fields["unanswered"].flatMap { integer($0, in: 0...100_000) },
            outageSecondsAMonth: fields["hours-lost-to-outages"].flatMap { duration($0, .open) },
            matchRatePermille: fields["match-rate"].flatMap { share($0) },
            handoffSeconds: fields["handoff"].flatMap { duration($0, .open) },
            funnelPermille: fields["funnel"].map { funnelTargets($0) } ?? [:])
        guard let responses = fields["first-response-time"] else { return targets }
        guard responses.isMapping else {
            targets.firstResponseSecondsElse = duration(responses, .open)
            return targets
        }
        for entry in entries(responses, of: quoted(responses.key)) ?? [] {
            let seconds = duration(entry, .open)
            guard entry.key != "default" else {
                targets.firstResponseSecondsElse = seconds
                continue
            }
            targets.firstResponseSeconds[entry.key] = seconds
            // Leads wait, too, and are no channel.
            listed(entry.key, entry, row: entry.keyRow, channels.map(\.name), others: ["lead"])
        }
        return targets
    }

    /// Warns of a channel that `channels` does not name, when it names any.
    private mutating func listed(_ name: String, _ field: Field, row: Int, _ known: [String], others: [String] = []) {
        guard !known.isEmpty, !known.contains(name), !others.contains(name) else { return }
        let near = nearestName(to: name, among: known + others)
        fault(
            .unlistedChannel, field, row: row, "\(quoted(name)) is not among the channels",
            [near.map { "did you mean \(quoted($0))?" } ?? "add it to `channels:`"], severity: .warning)
    }

    mutating func conversion(_ field: Field?) -> ConversionSettings {
        let fields = field.flatMap { self.fields($0, .conversion, of: quoted("conversion")) }
        return ConversionSettings(
            windowDays: fields?["window"].flatMap { days($0, in: 1...730) } ?? Defaults.windowDays,
            credit: fields?["credit"].flatMap { choice($0, ConversionSettings.Credit.self) } ?? Defaults.credit,
            denominator: fields?["denominator"].flatMap { choice($0, ConversionSettings.Denominator.self) }
                ?? Defaults.denominator,
            minimumN: fields?["minimum-n"].flatMap { integer($0, in: 1...10_000) } ?? Defaults.minimumN,
            dedicated: fields?["dedicated"].flatMap { texts($0, of: quoted("dedicated")) } ?? [],
            sameCustomer: fields?["same-customer"].flatMap { choice($0, ConversionSettings.SameCustomer.self) }
                ?? Defaults.sameCustomer,
            captureHours: fields?["capture-hours"].flatMap { integer($0, in: 1...8_784) } ?? Defaults.captureHours,
            wayBackDays: fields?["way-back"].flatMap { days($0, in: 1...730) } ?? Defaults.wayBackDays)
    }

    mutating func conversations(_ field: Field?) -> ConversationSettings {
        let fields = field.flatMap { self.fields($0, .conversations, of: quoted("conversations")) }
        return ConversationSettings(
            answerOn: fields?["answer-on"].flatMap { choice($0, ConversationSettings.AnswerOn.self) }
                ?? Defaults.answerOn,
            gapSeconds: fields?["gap"].flatMap { duration($0, .wall) } ?? Defaults.gapSeconds)
    }

    mutating func outages(_ field: Field?, _ channels: [ChannelSettings]) -> OutageSettings {
        if let field, !field.isMapping, field.word == "none" {
            var settings = outages(nil, channels)
            settings.hadNone = true
            return settings
        }
        let fields = field.flatMap { self.fields($0, .outages, of: quoted("outages")) }
        return OutageSettings(
            recoverySeconds: fields?["recovery"].flatMap { duration($0, .open) } ?? Defaults.recoverySeconds,
            systems: fields?["systems"].map { systems($0, channels.map(\.name)) } ?? [],
            excluded: fields?["excluded"].flatMap { choice($0, OutageSettings.Excluded.self) } ?? Defaults.excluded,
            impact: impact(fields), commonProtocol: fields?["protocol"].flatMap { protocolSteps($0) })
    }

    private mutating func systems(_ field: Field, _ channels: [String]) -> [OutageSettings.System] {
        var systems: [OutageSettings.System] = []
        for entry in entries(field, of: quoted("systems")) ?? [] {
            guard let fields = fields(entry, .system, of: quoted(entry.key)) else { continue }
            let remedy = "write what stops when it is down, such as `activities: [email]`"
            let activities = required(fields, "activities", remedy)
            let names = activities.flatMap { texts($0, of: quoted("activities")) } ?? []
            if let activities {
                for name in names {
                    listed(
                        name, activities, row: activities.row, channels,
                        others: OutageSettings.activitiesBesideChannels)
                }
            }
            let written = systemProtocol(fields["protocol"])
            systems.append(
                OutageSettings.System(
                    name: entry.key, activities: names, vendor: fields["vendor"].flatMap { text($0) },
                    hasProtocol: written.isWritten,
                    kind: fields["kind"].flatMap { choice($0, OutageSettings.Kind.self) },
                    stores: fields["stores"].flatMap { texts($0, of: quoted("stores")) } ?? [],
                    protocolSteps: written.steps))
        }
        return systems
    }
}
