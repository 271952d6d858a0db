import Basis
import Dealership

/// How an ordinary row of a layout is encoded: nothing but constants and pointers, so that a loop over rows has them at hand
/// and counts no references. Whoever has it keeps the tools.
struct OrdinaryRow {
    private let base: UnsafePointer<UInt8>
    private let steps: UnsafeMutablePointer<RowRecipe.Step>
    private let stepCount: Int
    private let constants: UnsafeMutablePointer<UInt8>
    private let clocks: UnsafeMutablePointer<WallClock>
    private let stores: ShortTexts
    private let names: ShortTexts
    private let choices: UnsafeMutablePointer<ShortTexts>
    private let zones: UnsafeMutablePointer<Int32>
    private let zoneCount: Int
    private let fileZone: Int
    private let storeField: Int
    private let storeColumn: Int
    /// Store of a row that names none; the least number: such a row is not ordinary.
    private let storeless: Int32

    init(_ tools: RowTools, base: UnsafePointer<UInt8>, fileZone: Int?, storeColumn: Int, storeless: Int32) {
        self.base = base
        steps = tools.steps
        stepCount = tools.stepCount
        constants = tools.constants
        clocks = tools.clocks
        stores = tools.stores
        names = tools.names
        choices = tools.choices
        zones = tools.zones
        zoneCount = tools.storeCount
        self.fileZone = fileZone ?? -1
        storeField = tools.storeField
        self.storeColumn = storeColumn
        self.storeless = storeless
    }

    /// Encodes a record in which nothing is out of the ordinary, as `RowEncoder.any` would; returns the length, and −1 where
    /// anything is: then nothing of it is counted. Nearly all rows go this way: no cell is set aside or noted, no clock is
    /// skipped or shown twice.
    /// - Parameter day: of the row's occurrence; left as it is where it has none.
    @inline(__always)
    func encode(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, _ fields: Int, _ source: UInt64,
        into row: UnsafeMutablePointer<UInt8>, _ time: inout PlainTime, _ day: inout Int32, _ encoder: inout RowEncoder
    ) -> Int {
        let store = storeField < 0
            ? storeless : store(text(bounds, fields, storeColumn, storeField, &encoder))
        if store == .min { return -1 }
        let zone = fileZone >= 0 ? fileZone : store >= 0 && Int(store) < zoneCount ? Int(zones[Int(store)]) : 0
        var p = UnsafeMutableRawPointer(row)
        (p + 2).storeBytes(of: UInt16(truncatingIfNeeded: store).littleEndian, as: UInt16.self)
        (p + 4).storeBytes(of: source.littleEndian, as: UInt64.self)
        p += StagedChunk.rowHeader
        var step = steps
        let end = steps + stepCount
        while step < end {
            defer { step += 1 }
            if step.pointee.isConstant {
                put(constants + Int(step.pointee.column), count: Int(step.pointee.field), to: &p)
                continue
            }
            let text = text(bounds, fields, Int(step.pointee.column), Int(step.pointee.field), &encoder)
            if text.isEmpty {
                if step.pointee.needsText { return -1 }
                putNothing(step.pointee.kind, to: &p)
                continue
            }
            switch step.pointee.kind {
            case .identifier:
                guard text.count <= RowEncoder.longestText, text[0] != 0x23,
                    !step.pointee.isVIN || text.damage(isVIN: true) == nil
                else { return -1 }
                put(text, text.count, to: &p)
            case .text: put(text, min(text.count, RowEncoder.longestText), to: &p)
            case .time, .day:
                guard let moment = moment(text, step, zone, &time, &day, &encoder) else { return -1 }
                p.storeBytes(of: moment.raw.littleEndian, as: Int64.self)
                p += 8
            case .money, .integer, .decimal:
                guard let value = encoder.number(text, step.pointee.kind) else { return -1 }
                p.storeBytes(of: value.littleEndian, as: Int64.self)
                p += 8
            case .name:
                guard let key = ShortText(text) else { return -1 }
                var code = names.code(of: key)
                if code < 0 { code = encoder.newName(text, key) }
                if code < 0 { return -1 }
                p.storeBytes(of: UInt16(truncatingIfNeeded: code).littleEndian, as: UInt16.self)
                p += 2
            case .flag, .choice:
                guard let key = ShortText(text) else { return -1 }
                var code = choices[Int(step.pointee.list)].code(of: key)
                if code < 0 { code = encoder.newChoice(text, key, step.pointee) }
                if code < 0 { return -1 }
                p.storeBytes(of: UInt8(truncatingIfNeeded: code), as: UInt8.self)
                p += 1
            }
        }
        let length = UnsafeMutableRawPointer(row).distance(to: p)
        UnsafeMutableRawPointer(row).storeBytes(of: UInt16(truncatingIfNeeded: length).littleEndian, as: UInt16.self)
        return length
    }

    /// The least number: none that is known.
    @inline(__always)
    private func store(_ text: FieldText) -> Int32 {
        if text.isEmpty { return storeless }
        guard let key = ShortText(text) else { return .min }
        let code = stores.code(of: key)
        return code < 0 ? .min : code
    }

    @inline(__always)
    private func text(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, _ fields: Int, _ column: Int, _ field: Int,
        _ encoder: inout RowEncoder
    ) -> FieldText {
        if column < 0 { return encoder.made(bounds, fields, field) }
        if column >= fields { return FieldText(nothingAt: base) }
        let cell = bounds[column]
        if cell.isEscaped { return encoder.made(bounds, fields, field) }
        return FieldText(base, from: cell.start, to: cell.end)
    }

    @inline(__always)
    private func put(_ from: UnsafeMutablePointer<UInt8>, count: Int, to p: inout UnsafeMutableRawPointer) {
        var copied = 0
        repeat {
            let bytes = UnsafeRawPointer(from + copied).loadUnaligned(as: SIMD16<UInt8>.self)
            (p + copied).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
            copied &+= 16
        } while copied < count
        p += count
    }

    /// Sixteen bytes at a time, the last ones too many: behind what is read and behind the row there is room for them,
    /// and a call that copies a few bytes costs more than the bytes.
    @inline(__always)
    private func put(_ text: FieldText, _ count: Int, to p: inout UnsafeMutableRawPointer) {
        p.storeBytes(of: UInt8(truncatingIfNeeded: count), as: UInt8.self)
        let from = UnsafeRawPointer(text.base)
        var copied = 0
        repeat {
            let bytes = (from + copied).loadUnaligned(as: SIMD16<UInt8>.self)
            (p + 1 + copied).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
            copied &+= 16
        } while copied < count
        p += 1 &+ count
    }

    /// What is staged of an empty cell.
    @inline(__always)
    private func putNothing(_ kind: CellPlan.Kind, to p: inout UnsafeMutableRawPointer) {
        switch kind {
        case .identifier, .text:
            p.storeBytes(of: 0, as: UInt8.self)
            p += 1
        case .time, .day, .money, .integer, .decimal:
            p.storeBytes(of: Int64.min.littleEndian, as: Int64.self)
            p += 8
        case .name:
            p.storeBytes(of: UInt16.max, as: UInt16.self)
            p += 2
        case .flag, .choice:
            p.storeBytes(of: UInt8.max, as: UInt8.self)
            p += 1
        }
    }

    @inline(__always)
    private func moment(
        _ text: FieldText, _ step: UnsafeMutablePointer<RowRecipe.Step>, _ zone: Int, _ time: inout PlainTime,
        _ day: inout Int32, _ encoder: inout RowEncoder
    ) -> Moment? {
        let zone = step.pointee.zone < 0 ? zone : Int(step.pointee.zone)
        guard step.pointee.kind == .time, step.pointee.form < 0, let read = time.read(text) else {
            return encoder.otherMoment(text, step.pointee, zone, &day)
        }
        let clock = clocks + zone
        if read.isUTC {
            let instant = Instant(seconds: Int64(read.day.number) &* 86_400 &+ Int64(read.secondOfDay))
            if step.pointee.isOccurrence { day = clock.pointee.day(at: instant).number }
            return Moment(instant)
        }
        let (instant, kind) = clock.pointee.instant(day: read.day, secondOfDay: read.secondOfDay)
        guard kind == .exact else { return nil }
        if step.pointee.isOccurrence { day = read.day.number }
        return Moment(instant)
    }
}

// What is asked of the encoder now and then.
extension RowEncoder {
    /// A cell that the mapping makes, or whose quotes must be made single.
    @inline(never)
    fileprivate mutating func made(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, _ fields: Int, _ field: Int
    ) -> FieldText {
        cell(field, plans[field], Record(base: base, bounds: bounds, count: fields))
    }

    /// A time in another notation, or a date.
    @inline(never)
    fileprivate func otherMoment(_ text: FieldText, _ step: RowRecipe.Step, _ zone: Int, _ day: inout Int32) -> Moment? {
        guard let written = step.form < 0 ? times.read(text) : layout.forms[Int(step.form)].read(text) else { return nil }
        let clock = tools.clocks + zone
        guard let secondOfDay = written.secondOfDay, step.kind != .day else {
            guard !step.needsTime else { return nil }
            if step.isOccurrence { day = written.day.number }
            return Moment(dateStartingAt: clock.pointee.startOfDay(written.day))
        }
        switch written.zone {
        case .offset(let offset):
            let instant = Instant(seconds: Int64(written.day.number) * 86_400 + Int64(secondOfDay) - Int64(offset))
            if step.isOccurrence { day = clock.pointee.day(at: instant).number }
            return Moment(instant)
        case .local:
            let (instant, kind) = clock.pointee.instant(day: written.day, secondOfDay: secondOfDay)
            guard kind == .exact else { return nil }
            if step.isOccurrence { day = written.day.number }
            return Moment(instant)
        }
    }

    /// −1: it is none of the column's.
    @inline(never)
    fileprivate func newChoice(_ text: FieldText, _ key: ShortText, _ step: RowRecipe.Step) -> Int32 {
        let field = Int(step.field)
        guard let code = choiceCode(text, field, plans[field]) else { return -1 }
        tools.choices[Int(step.list)].take(key, Int32(code))
        return Int32(code)
    }

    /// −1: there are too many different ones for a list of names.
    @inline(never)
    func newName(_ text: FieldText, _ key: ShortText) -> Int32 {
        guard let code = names.code(text.buffer) else { return -1 }
        tools.names.take(key, Int32(code))
        return Int32(code)
    }
}
