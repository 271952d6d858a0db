import Basis
import Dealership

/// Turns records into staged rows: finds the store, reads every cell as its column's kind, sets aside what it must.
struct RowEncoder {
    /// Longest identifier or text in bytes; longer texts are cut, longer identifiers refused.
    static let longestText = 250
    /// No staged row is longer.
    static let longestRow = 16_384

    let layout: ExportLayout
    /// The layout's plans, at hand without counting references; the caller keeps them.
    let plans: UnsafeBufferPointer<CellPlan>
    private let planCount: Int
    let columnCount: Int
    let base: UnsafePointer<UInt8>
    /// For cells that are made (joined, unescaped, translated): each is used before the next is made.
    private let scratch: UnsafeMutablePointer<UInt8>
    let registry: StoreRegistry
    let names: NameRegistry
    let times: TimeReader
    /// What amounts may say they are in.
    let currency: CurrencyMarks?
    let fileZone: Int?
    let hasFilter: Bool
    private let table: StandardTable
    let allowsEveryStore: Bool

    var stores: StoreRegistry.Snapshot
    let tools: RowTools
    let ordinaryRow: OrdinaryRow
    var plainTime = PlainTime()
    /// So many runs of ordinary rows one after the other were short.
    var oddRuns = 0
    private var recentCells: RecentCells
    private let headerAgain: HeaderAgain
    private var day: Int32 = .min
    /// Byte offset of the record at hand in its file.
    var place: UInt64 = 0
    /// The file of the record at hand, where a part has rows of several; −1: the part's own.
    var file: Int32 = -1
    var days = DayCounter()
    var chunk = StagedChunk()

    struct Failure {
        var reason: SetAside
        var field: Int
        var value: String?
    }

    init(
        layout: ExportLayout, plans: UnsafeBufferPointer<CellPlan>, base: UnsafePointer<UInt8>, scratch: UnsafeMutablePointer<UInt8>,
        registry: StoreRegistry, names: NameRegistry, export: ExportSettings, fileZone: Int?
    ) {
        self.layout = layout
        self.plans = plans
        planCount = plans.count
        columnCount = layout.columnCount
        hasFilter = !layout.only.isEmpty || !layout.except.isEmpty || layout.refusalColumn >= 0
        self.base = base
        self.scratch = scratch
        self.registry = registry
        self.names = names
        self.fileZone = fileZone
        table = export.table
        times = export.timeReader
        currency = CurrencyMarks(export.currency)
        allowsEveryStore = export.table.mayBelongToEveryStore
        stores = registry.snapshot()
        tools = RowTools(layout, zones: registry.zones, stores: stores)
        let storeless: Int32 = export.table.mayBelongToEveryStore
            ? -1 : registry.isOpen ? StagedChunk.onlyStore : stores.groups.count == 1 ? 0 : .min
        ordinaryRow = OrdinaryRow(
            tools, base: base, fileZone: fileZone, storeColumn: layout.storeField.map { layout.plans[$0].source } ?? -1,
            storeless: storeless)
        recentCells = RecentCells(layout)
        headerAgain = HeaderAgain(layout.names)
    }

    /// Encodes one record into `row`; returns its length, 0 when it was set aside.
    @inline(__always)
    mutating func encode(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, source: UInt64, line: Int, place: UInt64,
        into row: UnsafeMutablePointer<UInt8>
    ) -> Int {
        self.place = place
        let length = ordinary(bounds, fields: fields, source: source, into: row)
        return length >= 0 ? length : any(bounds, fields: fields, source: source, line: line, place: place, into: row)
    }

    /// The same of whatever record.
    @inline(never)
    mutating func any(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, source: UInt64, line: Int, place: UInt64,
        into row: UnsafeMutablePointer<UInt8>
    ) -> Int {
        self.place = place
        chunk.rowsRead += 1
        let record = Record(base: base, bounds: bounds, count: min(fields, bounds.count))
        if hasFilter, let reason = layout.leftOut(record) {
            setAside(reason, field: -1, line: line, value: nil)
            return 0
        }
        if fields > layout.columnCount, record.hasText(from: layout.columnCount) {
            return refuse(.init(reason: .extraCells, field: -1, value: nil), record, line)
        }
        let store: Int32
        switch self.store(of: record) {
        case .success(let code): store = code
        case .failure(let failure): return refuse(failure, record, line)
        }
        var p = UnsafeMutableRawPointer(row)
        (p + 2).storeBytes(of: UInt16(truncatingIfNeeded: store).littleEndian, as: UInt16.self)
        (p + 4).storeBytes(of: source.littleEndian, as: UInt64.self)
        p += StagedChunk.rowHeader
        let zone = fileZone ?? (store >= 0 ? stores.zones[Int(store)] : 0)
        day = .min
        for index in 0..<planCount {
            let plan = plans[index]
            if plan.isStore { continue }
            if plan.excuse >= 0, isExcused(index, plan, record, line) {
                if plan.kind == .identifier { put(FieldText(base, from: 0, to: 0), 0, to: &p) } else { put(Moment.missing, to: &p) }
            } else if let failure = write(index, plan, cell(index, plan, record), record, zone: zone, line: line, to: &p) {
                return refuse(failure, record, line)
            }
        }
        if day != .min { days.count(day) }
        chunk.rowsKept += 1
        let length = UnsafeMutableRawPointer(row).distance(to: p)
        UnsafeMutableRawPointer(row).storeBytes(of: UInt16(truncatingIfNeeded: length).littleEndian, as: UInt16.self)
        return length
    }

    /// An empty cell that another cell of the row explains. Of an empty text with another cell that is not the absence is
    /// noted, and it stands as it is.
    private mutating func isExcused(_ index: Int, _ plan: CellPlan, _ record: Record, _ line: Int) -> Bool {
        let text = cell(index, plan, record)
        guard text.isEmpty, !cell(plan.excuse, plans[plan.excuse], record).isEmpty else { return false }
        guard let absence = plan.absence else { return true }
        noteCell(absence, index, line, text)
        return false
    }

    /// The part without its rows, which stand ordered in the room.
    /// - Parameter rows: what was encoded, one behind the other.
    mutating func finish(_ rows: UnsafeRawBufferPointer, in room: ReadingRoom) -> StagedChunk {
        chunk.rowsByDay = days.finish()
        chunk.order(rows, groups: stores.groups, in: room)
        return chunk
    }

    mutating func setAside(_ reason: SetAside, field: Int, line: Int, value: String?) {
        let count = chunk.setAside[reason, default: 0] + 1
        chunk.setAside[reason] = count
        if reason.isFault || reason == .totalRow || reason == .headerAgain, count <= RowFault.limitEach {
            chunk.faults.append(.init(kind: .row(reason), field: field, file: file, line: line, value: value))
        }
    }

    /// Whether a header stands here again: one like the file's is counted and set aside.
    mutating func header(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, line: Int
    ) -> HeaderAgain.Verdict {
        let verdict = headerAgain.verdict(Record(base: base, bounds: bounds, count: min(fields, bounds.count)))
        if verdict == .again {
            chunk.rowsRead += 1
            setAside(.headerAgain, field: -1, line: line, value: nil)
        }
        return verdict
    }

    /// A quote that is never closed takes its line with it.
    mutating func loseLine(_ line: Int) {
        chunk.rowsRead += 1
        setAside(.unclosedQuote, field: -1, line: line, value: nil)
    }

    private mutating func refuse(_ failure: Failure, _ record: Record, _ line: Int) -> Int {
        if record.looksLikeTotal {
            setAside(.totalRow, field: -1, line: line, value: nil)
        } else {
            let isShort = record.count < layout.columnCount && failure.reason == .missingValue
            setAside(isShort ? .tooShort : failure.reason, field: failure.field, line: line, value: failure.value)
        }
        return 0
    }

    // MARK: stores

    private enum StoreOutcome {
        case success(Int32)
        case failure(Failure)
    }

    private mutating func store(of record: Record) -> StoreOutcome {
        if let field = layout.storeField {
            let text = cell(field, plans[field], record)
            if !text.isEmpty {
                if let code = stores.pool.code(of: text.buffer) { return .success(code) }
                guard registry.isOpen, let code = registry.add(text.string) else {
                    return .failure(.init(reason: .unknownStore, field: field, value: text.string))
                }
                stores = registry.snapshot()
                if let key = ShortText(text) { tools.stores.take(key, code) }
                return .success(code)
            }
        }
        if allowsEveryStore { return .success(-1) }
        // Whether there is only one store is known when everything is read, or from stores.csv.
        if registry.isOpen { return .success(StagedChunk.onlyStore) }
        if stores.groups.count == 1 { return .success(0) }
        return .failure(.init(reason: .missingStore, field: layout.storeField ?? -1, value: nil))
    }

    // MARK: cells

    /// The text of one of our columns in this record, after the mapping.
    mutating func cell(_ index: Int, _ plan: CellPlan, _ record: Record) -> FieldText {
        let source = plan.source
        if source >= 0, source >= record.count || !record.bounds[source].isEscaped { return record.text(source) }
        if source == CellPlan.absent { return FieldText(base, from: 0, to: 0) }
        guard let key = recentCells.key(index, record) else { return mappedCell(index, record) }
        if let length = recentCells.copy(key, of: index, to: scratch) {
            return FieldText(UnsafePointer(scratch), from: 0, to: length)
        }
        let made = mappedCell(index, record)
        recentCells.keep(made, key, of: index)
        return made
    }

    private func mappedCell(_ index: Int, _ record: Record) -> FieldText {
        let made = layout.fields[index].made(record, place: place)
        let count = min(made.count, 60_000)
        for i in 0..<count { scratch[i] = made[i] }
        return FieldText(UnsafePointer(scratch), from: 0, to: count)
    }

    /// A time that the export states as another one and what passed until then; nil: what passed cannot be read.
    private func delayed(_ moment: Moment, _ delay: Int, _ record: Record) -> Moment? {
        let delay = layout.delays[delay]
        guard !moment.isMissing else { return moment }
        guard let column = delay.columns.first(where: { !record.text($0).isEmpty }) else { return .missing }
        guard !moment.isDateOnly, let seconds = record.text(column).seconds(unit: delay.unitSeconds) else { return nil }
        return Moment(Instant(seconds: moment.instant.seconds + seconds))
    }

    @inline(__always)
    private mutating func write(
        _ index: Int, _ plan: CellPlan, _ text: FieldText, _ record: Record, zone: Int, line: Int,
        to p: inout UnsafeMutableRawPointer
    ) -> Failure? {
        if plan.isRequired, text.isEmpty { return .init(reason: .missingValue, field: index, value: nil) }
        switch plan.kind {
        case .identifier:
            if let damage = text.damage(isVIN: plan.isVIN) {
                if plan.isRequired { return .init(reason: damage, field: index, value: text.string) }
                noteCell(damage, index, line, text)
                put(FieldText(base, from: 0, to: 0), 0, to: &p)
                return nil
            }
            if text.count > RowEncoder.longestText { return longIdentifier(index, plan, text, line, to: &p) }
            put(text, text.count, to: &p)
        case .text:
            put(text, min(text.count, RowEncoder.longestText), to: &p)
        case .time, .day:
            var moment = self.moment(text, plan, index, zone: plan.zone < 0 ? zone : plan.zone, line: line)
            if plan.delay >= 0, let start = moment { moment = delayed(start, plan.delay, record) }
            if moment == nil || (plan.needsTime && moment?.isDateOnly == true && moment?.isMissing == false) {
                let reason = moment == nil ? SetAside.unreadableTime : .timeNeeded
                if plan.refusesRow { return .init(reason: reason, field: index, value: text.string) }
                noteCell(reason, index, line, text)
                // The day is known all the same: what has no time of day is left out of waits, and counted there.
                if moment == nil { moment = .missing }
            }
            put(moment ?? .missing, to: &p)
        case .money, .integer, .decimal:
            let value = text.isEmpty ? Int64.min : number(text, plan.kind)
            p.storeBytes(of: (value ?? .min).littleEndian, as: Int64.self)
            p += 8
            if value == nil {
                let reason: SetAside = plan.kind == .money && text.money() != nil ? .otherCurrency : .unreadableNumber
                if plan.isRequired { return .init(reason: reason, field: index, value: text.string) }
                noteCell(reason, index, line, text)
            }
        case .name:
            let code = text.isEmpty ? UInt16.max : nameCode(text)
            p.storeBytes(of: (code ?? .max).littleEndian, as: UInt16.self)
            p += 2
            if code == nil {
                if plan.isRequired { return .init(reason: .unknownChoice, field: index, value: text.string) }
                noteCell(.unknownChoice, index, line, text)
            }
        case .flag, .choice:
            let code = text.isEmpty ? UInt8.max : choiceCode(text, index, plan)
            p.storeBytes(of: code ?? .max, as: UInt8.self)
            p += 1
            if code == nil {
                if plan.isRequired { return .init(reason: .unknownChoice, field: index, value: text.string) }
                noteCell(.unknownChoice, index, line, text)
            }
        }
        return nil
    }

    @inline(__always)
    func number(_ text: FieldText, _ kind: CellPlan.Kind) -> Int64? {
        switch kind {
        case .money: text.money(currency)
        case .decimal: text.thousandths()
        default: text.integer()
        }
    }

    mutating func noteCell(_ reason: SetAside, _ field: Int, _ line: Int, _ text: FieldText) {
        let count = chunk.cellsSetAside[reason, default: 0] + 1
        chunk.cellsSetAside[reason] = count
        if count <= RowFault.limitEach {
            chunk.faults.append(.init(kind: .cell(reason), field: field, file: file, line: line, value: text.string))
        }
    }

    /// A wall clock that the zone skips or shows twice: read all the same, counted, and noted.
    private mutating func noteClock(_ kind: LocalTimeKind, _ field: Int, _ line: Int) {
        if kind == .skipped { chunk.skippedLocalTimes += 1 } else { chunk.repeatedLocalTimes += 1 }
        if chunk.skippedLocalTimes + chunk.repeatedLocalTimes <= RowFault.limitEach {
            chunk.faults.append(.init(kind: .clock(kind), field: field, file: file, line: line, value: nil))
        }
    }

    @inline(__always)
    func put(_ text: FieldText, _ count: Int, to p: inout UnsafeMutableRawPointer) {
        p.storeBytes(of: UInt8(truncatingIfNeeded: count), as: UInt8.self)
        // Sixteen bytes at a time, the last ones too many: behind what is read and behind the row there is room for them,
        // and a call that copies a few bytes costs more than the bytes.
        let from = UnsafeRawPointer(text.base)
        var copied = 0
        while copied < count {
            let bytes = (from + copied).loadUnaligned(as: SIMD16<UInt8>.self)
            (p + 1 + copied).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
            copied += 16
        }
        p += 1 + count
    }

    @inline(__always)
    func put(_ moment: Moment, to p: inout UnsafeMutableRawPointer) {
        p.storeBytes(of: moment.raw.littleEndian, as: Int64.self)
        p += 8
    }

    /// Nil: cannot be read. An empty cell is missing.
    @inline(__always)
    private mutating func moment(_ text: FieldText, _ plan: CellPlan, _ field: Int, zone: Int, line: Int) -> Moment? {
        if text.isEmpty { return .missing }
        guard let written = plan.form < 0 ? times.read(text) : layout.forms[plan.form].read(text) else { return nil }
        let isOccurrence = plan.isOccurrence
        guard let secondOfDay = written.secondOfDay, plan.kind != .day else {
            if isOccurrence { day = written.day.number }
            return Moment(dateStartingAt: tools.clocks[zone].startOfDay(written.day))
        }
        switch written.zone {
        case .offset(let offset):
            let instant = Instant(
                seconds: Int64(written.day.number) * 86_400 + Int64(secondOfDay) - Int64(offset))
            if isOccurrence { day = tools.clocks[zone].day(at: instant).number }
            return Moment(instant)
        case .local:
            let (instant, kind) = tools.clocks[zone].instant(day: written.day, secondOfDay: secondOfDay)
            if kind != .exact { noteClock(kind, field, line) }
            if isOccurrence { day = written.day.number }
            return Moment(instant)
        }
    }

    func choiceCode(_ text: FieldText, _ index: Int, _ plan: CellPlan) -> UInt8? {
        if plan.kind == .flag { return text.flag().map { $0 ? 1 : 0 } }
        let choices = layout.fields[index].choices
        for code in choices.indices where text.equalsIgnoringCase(choices[code]) {
            return UInt8(truncatingIfNeeded: code)
        }
        return nil
    }

    // MARK: names

    /// Few names recur in every row: short ones are compared before anybody else is asked.
    /// Nil: there are too many different ones for a list of names.
    @inline(__always)
    func nameCode(_ text: FieldText) -> UInt16? {
        guard let key = ShortText(text) else { return names.code(text.buffer) }
        let known = tools.names.code(of: key)
        if known >= 0 { return UInt16(truncatingIfNeeded: known) }
        let code = newName(text, key)
        return code < 0 ? nil : UInt16(truncatingIfNeeded: code)
    }
}
