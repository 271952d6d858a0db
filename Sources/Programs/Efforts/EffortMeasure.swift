import Basis
public import Dealership
public import Measures
public import Statistics

/// A figure that an effort aims at or guards: a column of a measure, and the part of the business it is taken of.
public struct EffortMeasure: Hashable, Sendable {
    /// What its values count.
    public enum Unit: Hashable, Sendable {
        /// 0…1.
        case share
        case seconds
        case count
        /// Major units.
        case money
        case number
    }

    /// As the file names it: `answered-in-time`, `calls.missed`, `RESP-02`.
    public var name: String
    public var title: String
    public var request: MeasureRequest
    public var column: String
    public var unit: Unit
    /// Columns that add up to a share's successes and trials; empty of what is no share of counts.
    public var successes: [String]
    public var trials: [String]
    /// Where more is better, or less; nil: that depends.
    public var better: ProcessChart.Direction?
    /// Days after a period until its figure is known.
    public var lagDays: Int
    public var slice: [Dimension: String]
    /// The code that pages print: `RESP-02`.
    public var code: String

    /// Two figures that one change would move: the same column of the same measure, and no label that tells them apart.
    public func touches(_ other: EffortMeasure) -> Bool {
        request.name == other.request.name && column == other.column
            && slice.allSatisfy { own in other.slice[own.key].map { $0 == own.value } ?? true }
    }

    /// The dimensions of its series beside time, in order.
    public var dimensions: [Dimension] { slice.keys.sorted() }
    public func canBeTaken(by period: Effort.Period) -> Bool {
        request.entry.dimensions.contains(period == .week ? .day : .month)
    }
}

extension EffortMeasure {
    private struct Name {
        var name: String
        var measure: String
        var column: String
        var title: String
        var better: ProcessChart.Direction
        /// Where the catalogue's parameters must be stated.
        var request: (@Sendable (DealershipSettings) -> MeasureRequest)?
    }

    /// What managers call figures; any other is `measure.column` or a figure's code.
    private static let names: [Name] = [
        Name(
            name: "answered-in-time", measure: "first-response-time", column: "answered_in_time",
            title: say(later: "answered in time"), better: .up),
        Name(
            name: "response-time", measure: "first-response-time", column: "p50",
            title: say(later: "half answered within"),
            better: .down),
        Name(
            name: "unanswered", measure: "first-response-time", column: "unanswered", title: say(later: "unanswered"),
            better: .down),
        Name(
            name: "calls-answered", measure: "calls", column: "answered_share",
            title: say(later: "calls answered"), better: .up),
        Name(
            name: "service-to-sales", measure: "service-to-sales", column: "rate",
            title: say(later: "visits that bought"),
            better: .up, request: Figures.byVisit),
        Name(
            name: "sales-from-service", measure: "service-to-sales", column: "sales",
            title: say(later: "sales from service"),
            better: .up, request: Figures.byDeal),
        Name(
            name: "gross-per-sale", measure: "service-gross", column: "gross_per_sale",
            title: say(later: "gross a sale"),
            better: .up),
        Name(
            name: "handoff-time", measure: "handoffs", column: "p50", title: say(later: "half answered within"),
            better: .down),
        Name(
            name: "leads-reached", measure: "service-funnel", column: "contact_step_rate",
            title: say(later: "service leads reached"), better: .up),
        Name(
            name: "handoffs-in-time", measure: "handoffs", column: "answered_in_time",
            title: say(later: "answered in time"), better: .up),
    ]

    /// Names for whoever mistyped one.
    public static var known: [String] {
        names.map(\.name) + Catalog.measures.flatMap { entry in entry.columns.map { "\(entry.name).\($0.name)" } }
            + Figures.all.map(\.code)
    }

    /// Nil: there is no such figure, or one whose parameters must be stated.
    public init?(_ name: String, slice: [Dimension: String] = [:], settings: DealershipSettings) {
        let found: (request: MeasureRequest, column: String, title: String, code: String)
        var better: ProcessChart.Direction?
        if let own = EffortMeasure.names.first(where: { $0.name == name }) {
            let usual = Figures.figure("\(own.measure).\(own.column)", settings)?.request(settings)
            guard let request = own.request?(settings) ?? usual else { return nil }
            found = (request, own.column, own.title, "\(own.measure).\(own.column)")
            better = own.better
        } else if let figure = Figures.figure(name, settings) {
            let request = figure.request(settings)
            let own = EffortMeasure.names.first { $0.measure == request.name && $0.column == figure.column }
            found = (request, figure.column, own?.title ?? EffortMeasure.lowered(figure.title), figure.code)
            better = own?.better
        } else {
            return nil
        }
        let parts = EffortMeasure.parts(found.request, found.column)
        self.init(
            name: name, title: found.title, request: found.request, column: found.column,
            unit: EffortMeasure.unit(found.request.name, found.column, isShare: parts != nil),
            successes: parts?.successes ?? [], trials: parts?.trials ?? [], better: better,
            lagDays: EffortMeasure.lag(found.request.measure, found.column), slice: slice,
            code: EffortMeasure.code(found.request, found.column, settings) ?? found.code)
    }

    /// The first figure of the pages that is this column with these parameters.
    private static func code(_ request: MeasureRequest, _ column: String, _ settings: DealershipSettings) -> String? {
        Figures.all.first { $0.column == column && $0.request(settings) == request }?.code
    }

    /// `Sales from service` inside a sentence; codes such as `CRM` stay.
    private static func lowered(_ title: String) -> String {
        guard let first = title.first, title.dropFirst().first?.isLowercase == true else { return title }
        return first.lowercased() + title.dropFirst()
    }

    /// What a share's column is made of, in whole counts.
    private static func parts(_ request: MeasureRequest, _ column: String) -> (successes: [String], trials: [String])? {
        switch (request.name, column) {
        case ("first-response-time", "answered_in_time"), ("next-response-time", "answered_in_time"),
            ("lead-response-time", "answered_in_time"), ("handoffs", "answered_in_time"):
            return (["in_time"], ["in_time", "late", "unanswered"])
        case ("service-to-sales", "rate"):
            let denominator = (request.measure as? ServiceToSales)?.denominator ?? .visits
            return (["converted"], [denominator.rawValue])
        case ("service-funnel", _): return steps(column)
        case ("calls", "answered_share"): return (["answered"], ["calls"])
        case ("off-channel", "share"): return (["off_channel"], ["messages"])
        case ("way-back", "rate"): return (["back"], ["sales"])
        case ("prospect-coverage", "coverage"): return (["contacted"], ["prospects"])
        case ("customer-match", "match_rate"): return (["matched"], ["service_customers"])
        default: return nil
        }
    }

    /// `contact_step_rate`: of the step before; `contact_rate`: of all visits.
    private static func steps(_ column: String) -> (successes: [String], trials: [String])? {
        let names = ["visit", "lead", "contact", "appointment", "shown", "sold"]
        let counts = ["visits", "leads", "contacts", "appointments", "shown", "sold"]
        for step in 1..<names.count {
            if column == "\(names[step])_step_rate" { return ([counts[step]], [counts[step - 1]]) }
            if column == "\(names[step])_rate" { return ([counts[step]], [counts[0]]) }
        }
        return nil
    }

    private static func unit(_ measure: String, _ column: String, isShare: Bool) -> Unit {
        let words = column.split(separator: "_")
        if isShare || words.contains("rate") || words.contains("share") || column == "availability" { return .share }
        if words.contains("gross") || words.contains("cost") || column.contains("per_sale") { return .money }
        if measure == "ratings" || words.contains("days") || words.contains("per") { return .number }
        let isTime = words.contains("seconds") || column == "mean" || column.hasPrefix("p50") || column.hasPrefix("p90")
            || column.hasPrefix("p99") || column.hasSuffix("p50") || column.hasSuffix("p90")
        return isTime ? .seconds : .count
    }

    /// A visit's month is known when its window is over, and so with the way back.
    private static func lag(_ measure: any Measure, _ column: String) -> Int {
        switch measure {
        case let conversion as ServiceToSales where conversion.view == .byVisit: conversion.windowDays
        case let way as WayBack: way.days ?? 0
        case let funnel as ServiceFunnel: column.contains("rate") ? funnel.windowDays : 0
        default: 0
        }
    }
}
