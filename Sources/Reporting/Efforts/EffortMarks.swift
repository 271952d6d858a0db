import Basis
import Drawing
import Measures
import Programs

/// Where efforts began, on charts of the figures they aim at or guard: a chart marked with every change at once would be
/// read as if each had moved it.
enum EffortMarks {
    /// Measures that one change moves together.
    static let sales = ["service-to-sales", "service-funnel", "service-gross", "time-to-sale", "cohorts"]
    static let seen = ["customer-match", "prospect-coverage", "way-back"]
}

extension LinePlate {
    /// The same with a thin mark at the start of each effort on one of these measures; `first` is the chart's first month.
    func marked(with records: [EffortRecord], of measures: [String], from first: Month?) -> LinePlate {
        guard let first else { return self }
        var own = self
        for record in records {
            let effort = record.declared
            let aims = ([effort.goal.measure] + effort.guards).map(\.request.name)
            guard aims.contains(where: measures.contains) else { continue }
            let month = effort.start.month
            let length = Double(month.lastDay - month.firstDay + 1)
            let at = Double(month - first) + Double(effort.start.civil.day - 1) / length
            guard at >= 0, at <= Double(periods.count) else { continue }
            own.marks.append(Mark(at: at, name: effort.name))
        }
        return own
    }
}
