import Basis

/// What an encoder has at hand in every row: in one place that does not move, so that nothing is counted or copied a row.
final class RowTools {
    /// By zone of the registry.
    let clocks: UnsafeMutablePointer<WallClock>
    private let zoneCount: Int
    /// No row of the layout is ordinary.
    let isAlwaysOdd: Bool
    /// The export's column of a time or date that an ordinary row must have, and no header has; −1: there is none.
    let tellingColumn: Int
    /// The stores' field; −1: there is none.
    let storeField: Int
    let steps: UnsafeMutablePointer<RowRecipe.Step>
    let stepCount: Int
    let constants: UnsafeMutablePointer<UInt8>
    let stores: ShortTexts
    /// By store, of those known from the beginning: the zone.
    let zones: UnsafeMutablePointer<Int32>
    let storeCount: Int
    /// Of all columns that are lists of names.
    let names = ShortTexts(room: 64)
    /// By the recipe's list.
    let choices: UnsafeMutablePointer<ShortTexts>
    private let choiceCount: Int

    init(_ layout: ExportLayout, zones: [ZoneRules], stores: StoreRegistry.Snapshot) {
        zoneCount = zones.count
        clocks = .allocate(capacity: max(1, zones.count))
        for (index, zone) in zones.enumerated() { (clocks + index).initialize(to: WallClock(zone)) }
        let recipe = RowRecipe(layout)
        isAlwaysOdd = recipe == nil
        let telling = recipe?.steps.first { $0.needsText && $0.column >= 0 && ($0.kind == .time || $0.kind == .day) }
        tellingColumn = telling.map { Int($0.column) } ?? -1
        storeField = recipe.map { Int($0.storeField) } ?? -1
        stepCount = recipe?.steps.count ?? 0
        steps = .allocate(capacity: max(1, stepCount))
        for (index, step) in (recipe?.steps ?? []).enumerated() { (steps + index).initialize(to: step) }
        let bytes = recipe?.constants ?? []
        // Copied sixteen at a time.
        constants = .allocate(capacity: bytes.count + 16)
        constants.initialize(repeating: 0, count: bytes.count + 16)
        for (index, byte) in bytes.enumerated() { constants[index] = byte }
        choiceCount = recipe?.lists ?? 0
        choices = .allocate(capacity: max(1, choiceCount))
        for list in 0..<choiceCount { (choices + list).initialize(to: ShortTexts(room: 16)) }
        storeCount = stores.zones.count
        self.zones = .allocate(capacity: max(1, storeCount))
        for (code, zone) in stores.zones.enumerated() { (self.zones + code).initialize(to: Int32(zone)) }
        self.stores = ShortTexts(room: max(64, stores.zones.count))
        for code in 0..<Int32(stores.pool.count) {
            let padded = stores.pool.withBytes(of: code) { Array($0) + [UInt8](repeating: 0, count: 16) }
            padded.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                let text = FieldText(base, from: 0, to: padded.count - 16)
                if text.count == padded.count - 16, let key = ShortText(text) { self.stores.take(key, code) }
            }
        }
    }

    deinit {
        clocks.deinitialize(count: zoneCount)
        clocks.deallocate()
        steps.deallocate()
        stores.free()
        zones.deallocate()
        names.free()
        for list in 0..<choiceCount { choices[list].free() }
        choices.deallocate()
        constants.deallocate()
    }
}
