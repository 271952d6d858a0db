import Basis
import Dealership
import Measures
import Programs
import Statistics

// The goal, guards, dip and stop rule of an effort: values in the unit of its measure.

extension Reader {
    mutating func goal(_ field: Field, _ settings: DealershipSettings) -> Effort.Goal? {
        guard let fields = fields(field, .goal, of: quoted("goal")),
            let measure = effortMeasure(fields, settings)
        else { return nil }
        let direction = required(fields, "direction", "write `direction: up`, or down").flatMap { self.direction($0) }
        let by = required(fields, "by", "write `by:` and the day of the last look").flatMap { day($0) }
        if fields["reach"] != nil, let change = fields["change"] {
            fault(.parameterClash, change, row: change.keyRow, "a goal has one size", ["keep `reach:` or `change:`"])
        }
        let size: Effort.Size?
        if let reach = fields["reach"] {
            size = value(reach, measure).map { .reach($0) }
        } else if let change = fields["change"] {
            size = self.change(change, measure)
        } else {
            _ = required(fields, "reach", "write `reach: 90 %`, or `change: 5 points`")
            size = nil
        }
        guard let direction, let by, let size else { return nil }
        return Effort.Goal(measure: measure, direction: direction, size: size, by: by)
    }

    private mutating func direction(_ field: Field) -> ProcessChart.Direction? {
        guard let word = raw(field, "up or down") else { return nil }
        switch word {
        case "up": return .up
        case "down": return .down
        default:
            unknownChoice(field, word, ["up", "down"])
            return nil
        }
    }

    mutating func guards(_ field: Field?, _ settings: DealershipSettings) -> [EffortMeasure] {
        guard let field, let items = items(field, of: quoted("guards")) else { return [] }
        return items.compactMap { item in
            guard let own = fields(item, .guardMeasure, of: "a guard") else { return nil }
            return effortMeasure(own, settings)
        }
    }

    /// `measure:` and the labels beside it.
    mutating func effortMeasure(_ fields: Fields, _ settings: DealershipSettings) -> EffortMeasure? {
        guard let field = required(fields, "measure", "write `measure:`, such as answered-in-time or calls.missed"),
            let name = text(field)
        else { return nil }
        guard var measure = EffortMeasure(name, settings: settings) else {
            unknownChoice(
                field, name, EffortMeasure.known, code: .unknownMeasure, "there is no figure",
                otherwise: "take a name, a figure's code, or measure.column as `kpi measures` lists them")
            return nil
        }
        let known = measure.request.entry.dimensions
        for entry in fields.entries {
            let key = Schema.effortLabels[entry.key] ?? Dimension(rawValue: entry.key)
            guard let dimension = key, let label = text(entry) else { continue }
            guard known.contains(dimension) else {
                let others = known.filter { $0 != .month && $0 != .day }.map(\.rawValue)
                fault(
                    .unknownDimension, entry, row: entry.keyRow, "\(name) cannot be split by \(entry.key)",
                    ["it can be split by \(others.joined(separator: ", "))"])
                continue
            }
            measure.slice[dimension] = label
            let channels = settings.channels.map(\.name)
            // A lead's channel is its source, which settings do not list.
            if dimension == .channel, !channels.isEmpty, !channels.contains(label), !name.hasPrefix("lead") {
                let near = nearestName(to: label, among: channels)
                fault(
                    .unlistedChannel, entry, "\(quoted(label)) is not among the channels",
                    [near.map { "did you mean \(quoted($0))?" } ?? "add it to `channels:`"], severity: .warning)
            }
        }
        if measure.slice.count > TableSpec.mostDimensions - 2 {
            fault(
                .outOfRange, fields.owner, "a figure is taken of \(TableSpec.mostDimensions - 2) labels at most",
                ["leave one out"])
            return nil
        }
        return measure
    }

    /// `{ days: 21, points: 5 }`, `{ days: 14, depth: 10 min }`.
    mutating func dip(_ field: Field, _ measure: EffortMeasure) -> Effort.Dip? {
        guard let fields = fields(field, .dip, of: quoted("dip")),
            let days = required(fields, "days", "write `days:` and how long it may get worse")
                .flatMap({ integer($0, in: 0...366) })
        else { return nil }
        if let points = fields["points"] {
            guard measure.unit == .share else {
                fault(
                    .foreignParameter, points, row: points.keyRow, "points are of shares, and \(measure.name) is none",
                    ["write `depth:` with its unit, such as 10 min"])
                return Effort.Dip(days: days)
            }
            return Effort.Dip(days: days, depth: number(points).map { $0 / 100 })
        }
        return Effort.Dip(days: days, depth: fields["depth"].flatMap { value($0, measure) })
    }

    /// `{ below: 75 %, weeks: 3 }`.
    mutating func stop(_ field: Field, _ measure: EffortMeasure, _ period: Effort.Period) -> Effort.Stop? {
        guard let fields = fields(field, .stop, of: quoted("stop")) else { return nil }
        let below = fields["below"]
        guard let limit = below ?? fields["above"] else {
            _ = required(fields, "below", "write `below: 75 %`, or `above:`")
            return nil
        }
        let key = "\(period.rawValue)s"
        for entry in fields.entries where ["weeks", "months"].contains(entry.key) && entry.key != key {
            fault(
                .foreignParameter, entry, row: entry.keyRow, "the effort is judged by \(period.rawValue)",
                ["write `\(key): …`"])
        }
        let periods = fields[key].map { integer($0, in: 1...52) } ?? 1
        guard let value = value(limit, measure), let periods else { return nil }
        return Effort.Stop(limit: value, direction: below == nil ? .up : .down, periods: periods)
    }

    // MARK: Values

    /// In the measure's unit: `90 %`, `30 min`, `34`, `2140`.
    private mutating func value(_ field: Field, _ measure: EffortMeasure) -> Double? {
        switch measure.unit {
        case .share: share(field).map { Double($0) / 1_000 }
        case .seconds: duration(field, .open).map(Double.init)
        case .count, .money, .number: number(field)
        }
    }

    /// `5 points`, `10 %` of what it was, `15 min`, `4`.
    private mutating func change(_ field: Field, _ measure: EffortMeasure) -> Effort.Size? {
        guard let text = raw(field, "a size") else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        if measure.unit == .share, words.count == 2, words[1] == "points" || words[1] == "point" {
            return Reader.number(words[0]).map { .by($0 / 100) } ?? notANumber(field, text)
        }
        if text.hasSuffix("%") { return share(field).map { .byShare(Double($0) / 1_000) } }
        if measure.unit == .share { return notANumber(field, text) }
        return value(field, measure).map { .by($0) }
    }

    private mutating func notANumber(_ field: Field, _ text: String) -> Effort.Size? {
        fault(
            .badShare, field, "\(quoted(text)) is no change of a share",
            ["write `5 points`, or `10 %` of what it was before"])
        return nil
    }

    /// `34`, `2140`, `4.5`.
    private mutating func number(_ field: Field) -> Double? {
        guard let text = raw(field, "a number") else { return nil }
        if let number = Reader.number(text) { return number }
        fault(.badNumber, field, "\(quoted(text)) is not a number", ["write digits, such as 5 or 4.5"])
        return nil
    }

    private static func number(_ text: some StringProtocol) -> Double? {
        let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } && text.utf8.count <= 12
        return isPlain && !text.hasPrefix(".") && !text.hasSuffix(".") ? Double(String(text)) : nil
    }
}
