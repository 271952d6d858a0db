import Basis
import Drawing
import Measures
import Statistics

/// One figure over the report's months with its usual range: what moved by itself, before anybody changed anything on purpose.
struct MovedPanel {
    /// Where the newest month stands in the range of the months.
    enum Standing: Hashable { case inside, above, below, tooFew, missing }

    var title: String
    /// Inside a sentence: `answered in time`.
    var name: String
    var sub: String
    var months: [Month]
    var readings: [Reading]
    var unit: String
    var lastLabel: String
    /// Needed for a usual range: a chart of fewer points is all noise.
    static let leastPoints = 8

    private var values: [(position: Int, value: Double)] {
        readings.enumerated().compactMap { index, reading in reading.number.map { (index, $0) } }
    }

    /// XmR over the months with a figure; nil with too few.
    private var chart: ProcessChart? {
        values.count >= MovedPanel.leastPoints ? ProcessChart.of(values.map(\.value)).value : nil
    }

    var standing: Standing {
        if values.isEmpty { return .missing }
        guard let chart, values.last?.position == readings.count - 1, let last = chart.signals.last else { return .tooFew }
        guard let outside = last.first(where: { $0.rule == .outside }) else { return .inside }
        return outside.direction == .up ? .above : .below
    }

    var finding: String {
        switch standing {
        case .inside: "\(title): inside the usual range"
        case .above: "\(title): above the usual range"
        case .below: "\(title): below the usual range"
        case .tooFew: "\(title): \(Words.tooFew(values.count, of: MovedPanel.leastPoints)) for a usual range"
        case .missing: "\(title): no figures"
        }
    }

    func block() -> Block {
        guard standing != .missing else {
            return Block(finding, sub: sub, plate: NoticePlate("No month has a figure: see page 7 for what to export.", isMissing: true))
        }
        let periods = months.enumerated().map { index, month -> LinePlate.Period in
            let isLabelled = index == 0 || index == months.count / 2 || index == months.count - 1
            return LinePlate.Period(isLabelled ? Words.monthAndYear(month) : "")
        }
        var usual: [LinePlate.UsualRange] = []
        if let chart, let segment = chart.segments.first, let first = values.first?.position, let last = values.last?.position {
            usual = [
                LinePlate.UsualRange(
                    from: first, to: last, lower: max(0, segment.lower), centre: segment.centre, upper: segment.upper,
                    provisional: segment.provisional)
            ]
        }
        let isSignal = standing == .above || standing == .below
        let series = LinePlate.Series(
            title, readings, look: .main, lastLabel: Label(lastLabel, bold: true), emphasiseLast: true)
        let flags = isSignal ? [LinePlate.Flag(series: 0, period: readings.count - 1, label: "outside")] : []
        return Block(
            finding, sub: sub, signal: false,
            plate: LinePlate(
                subject: finding, periods: periods, series: [series], usual: usual, flags: flags, fromZero: unit != " %",
                unit: unit))
    }
}
