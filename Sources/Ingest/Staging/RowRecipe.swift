import Dealership

/// What an ordinary row of a layout needs, step by step: the columns in the order of the schema, those that the export does
/// not have put together as bytes that are the same in every row.
struct RowRecipe: Sendable {
    struct Step: Sendable {
        var kind: CellPlan.Kind
        /// The same bytes in every row; its kind says nothing.
        var isConstant = false
        /// The export's column; less than 0: the mapping makes the cell. Of a constant: where its bytes begin.
        var column: Int32
        /// Position in the layout's fields; of a constant: how many bytes.
        var field: Int32
        /// An empty cell is for the long way.
        var needsText: Bool
        var isOccurrence = false
        var isVIN = false
        /// Of a time: a date alone is for the long way.
        var needsTime = false
        /// Of a time: how it is written, and its clocks' zone, where that is stated; −1: as usual.
        var form: Int32 = -1
        var zone: Int32 = -1
        /// Of a name or choice: which of the lists of short texts.
        var list: Int32 = 0
    }

    var steps: [Step] = []
    var constants: [UInt8] = []
    var lists = 0
    /// Position in the layout's fields; −1: the export has no stores.
    var storeField: Int32

    /// Nil: no row is ordinary.
    init?(_ layout: ExportLayout) {
        storeField = Int32(layout.storeField ?? -1)
        var constant: [UInt8] = []
        for (index, plan) in layout.plans.enumerated() where !plan.isStore {
            if plan.delay >= 0 { return nil }
            if plan.source == CellPlan.absent {
                guard !plan.isRequired, !plan.refusesRow else { return nil }
                constant += RowRecipe.absent(plan.kind)
                continue
            }
            close(&constant)
            var step = Step(
                kind: plan.kind, column: Int32(plan.source), field: Int32(index),
                needsText: plan.isRequired || plan.refusesRow || plan.excuse >= 0 || plan.absence != nil)
            step.isOccurrence = plan.isOccurrence
            step.isVIN = plan.isVIN
            step.needsTime = plan.needsTime
            step.form = Int32(plan.form)
            step.zone = Int32(plan.zone)
            if plan.kind == .name || plan.kind == .choice || plan.kind == .flag {
                step.list = Int32(lists)
                lists += 1
            }
            steps.append(step)
        }
        close(&constant)
    }

    private mutating func close(_ constant: inout [UInt8]) {
        if constant.isEmpty { return }
        steps.append(
            Step(
                kind: .text, isConstant: true, column: Int32(constants.count), field: Int32(constant.count),
                needsText: false))
        constants += constant
        constant = []
    }

    /// What is staged of an empty cell.
    private static func absent(_ kind: CellPlan.Kind) -> [UInt8] {
        switch kind {
        case .identifier, .text: [0]
        case .time, .day, .money, .integer, .decimal: [0, 0, 0, 0, 0, 0, 0, 0x80]
        case .name: [0xFF, 0xFF]
        case .flag, .choice: [0xFF]
        }
    }
}
