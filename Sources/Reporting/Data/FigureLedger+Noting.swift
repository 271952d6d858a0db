import Basis
import Measures
import Statistics

extension ReportContext {
    /// The id of a figure of this report: its slice holds the store where one is asked for.
    func figure(_ code: String, _ month: Month, _ slice: [Dimension: String] = [:]) -> FigureID {
        figure(code, month...month, slice)
    }

    /// Of several months together.
    func figure(_ code: String, _ months: ClosedRange<Month>, _ slice: [Dimension: String] = [:]) -> FigureID {
        var slice = slice
        if let store = request.store { slice[.store] = store }
        return FigureID(code, months, slice)
    }
}

extension FigureLedger {
    /// A share with Wilson's limits.
    mutating func note(page: Int, _ id: FigureID, _ label: @autoclosure () -> String, _ share: Proportion) {
        let limits = share.wilson()
        note(
            page: page, id, label(), estimate: share.estimate?.fixed(6) ?? "", lower: limits?.lower.fixed(6) ?? "",
            upper: limits?.upper.fixed(6) ?? "", n: share.trials, method: limits?.method ?? "")
    }

    /// A difference of two shares with Newcombe's limits.
    mutating func note(
        page: Int, _ id: FigureID, _ label: @autoclosure () -> String, _ difference: NewcombeDifference
    ) {
        let limits = difference.interval()
        note(
            page: page, id, label(), estimate: difference.estimate?.fixed(6) ?? "",
            lower: limits?.lower.fixed(6) ?? "", upper: limits?.upper.fixed(6) ?? "",
            n: difference.first.trials + difference.second.trials, method: limits?.method ?? "")
    }

    mutating func note(page: Int, _ id: FigureID, _ label: @autoclosure () -> String, count: Int) {
        note(page: page, id, label(), estimate: String(count), n: count)
    }

    /// A quantile, a sum of money, or whatever else a table's cell holds.
    mutating func note(
        page: Int, _ id: FigureID, _ label: @autoclosure () -> String, _ cell: Cell, n: Int, method: String = ""
    ) {
        note(page: page, id, label(), estimate: cell.plain, n: n, method: method)
    }
}
