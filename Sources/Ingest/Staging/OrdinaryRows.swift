import Basis
import Dealership

extension RowEncoder {
    /// What `encode` returns for a header with other columns, below which nothing can be read.
    static let otherHeader = -1

    /// The same as `encode`; a header that stands here again is counted and set aside.
    @inline(__always)
    mutating func encodeUnlessHeader(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, source: UInt64, line: Int, place: UInt64,
        into row: UnsafeMutablePointer<UInt8>
    ) -> Int {
        // Where a row has the time it must have, nobody need ask whether it is a header: most rows are told so. A name in
        // its place is asked about first, for a header's cells are no names of channels.
        let column = tools.tellingColumn
        let mayTell = column >= 0 && column < fields && 0x30...0x39 ~= base[bounds[column].start]
        if !mayTell, let length = length(ofHeader: bounds, fields, line) { return length }
        self.place = place
        let length = ordinary(bounds, fields: fields, source: source, into: row)
        if length >= 0 { return length }
        if mayTell, let length = self.length(ofHeader: bounds, fields, line) { return length }
        return any(bounds, fields: fields, source: source, line: line, place: place, into: row)
    }

    /// What is returned of a header; nil: it is none.
    private mutating func length(
        ofHeader bounds: UnsafeMutableBufferPointer<FieldBounds>, _ fields: Int, _ line: Int
    ) -> Int? {
        switch header(bounds, fields: fields, line: line) {
        case .none: nil
        case .again: 0
        case .other: RowEncoder.otherHeader
        }
    }

    /// Encodes a record in which nothing is out of the ordinary, as `encode` would; −1 where anything is, and then nothing of
    /// it is counted. Nearly all rows go this way: no cell is set aside or noted, no clock is skipped or shown twice.
    @inline(__always)
    mutating func ordinary(
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, fields: Int, source: UInt64, into row: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let tools = tools
        if tools.isAlwaysOdd || fields > columnCount { return -1 }
        let record = Record(base: base, bounds: bounds, count: min(fields, bounds.count))
        if hasFilter, layout.leftOut(record) != nil { return -1 }
        let store = ordinaryStore(record)
        if store == .min { return -1 }
        let zone = fileZone ?? (store >= 0 ? stores.zones[Int(store)] : 0)
        var p = UnsafeMutableRawPointer(row)
        (p + 2).storeBytes(of: UInt16(truncatingIfNeeded: store).littleEndian, as: UInt16.self)
        (p + 4).storeBytes(of: source.littleEndian, as: UInt64.self)
        p += StagedChunk.rowHeader
        var day = Int32.min
        for index in 0..<tools.stepCount {
            let step = tools.steps[index]
            if step.isConstant {
                put(tools.constants + Int(step.column), count: Int(step.field), to: &p)
                continue
            }
            let text = ordinaryText(record, Int(step.column), Int(step.field))
            if text.isEmpty, step.needsText { return -1 }
            switch step.kind {
            case .identifier:
                guard text.count <= RowEncoder.longestText, text.isEmpty || text[0] != 0x23,
                    !step.isVIN || text.damage(isVIN: true) == nil
                else { return -1 }
                put(text, text.count, to: &p)
            case .text: put(text, min(text.count, RowEncoder.longestText), to: &p)
            case .time, .day:
                guard let moment = ordinaryMoment(text, step, zone, &day) else { return -1 }
                put(moment, to: &p)
            case .money, .integer, .decimal:
                let value = step.kind == .money ? text.money() : step.kind == .integer ? text.integer() : text.thousandths()
                guard value != nil || text.isEmpty else { return -1 }
                p.storeBytes(of: (value ?? .min).littleEndian, as: Int64.self)
                p += 8
            case .name:
                let code = text.isEmpty ? UInt16.max : nameCode(text)
                guard let code else { return -1 }
                p.storeBytes(of: code.littleEndian, as: UInt16.self)
                p += 2
            case .flag, .choice:
                let code = text.isEmpty ? UInt8.max : ordinaryChoice(text, step)
                guard let code else { return -1 }
                p.storeBytes(of: code, as: UInt8.self)
                p += 1
            }
        }
        if day != .min { days.count(day) }
        chunk.rowsRead += 1
        chunk.rowsKept += 1
        let length = UnsafeMutableRawPointer(row).distance(to: p)
        UnsafeMutableRawPointer(row).storeBytes(of: UInt16(truncatingIfNeeded: length).littleEndian, as: UInt16.self)
        return length
    }

    /// The least number: none that is known.
    @inline(__always)
    private mutating func ordinaryStore(_ record: Record) -> Int32 {
        let field = tools.storeField
        if field >= 0 {
            let text = ordinaryText(record, plans[field].source, field)
            if !text.isEmpty {
                guard let key = ShortText(text) else { return .min }
                let code = tools.stores.code(of: key)
                return code < 0 ? .min : code
            }
        }
        if allowsEveryStore { return -1 }
        if registry.isOpen { return StagedChunk.onlyStore }
        return stores.groups.count == 1 ? 0 : .min
    }

    @inline(__always)
    private mutating func ordinaryText(_ record: Record, _ column: Int, _ field: Int) -> FieldText {
        if column >= 0, column >= record.count || !record.bounds[column].isEscaped { return record.text(column) }
        return cell(field, plans[field], record)
    }

    @inline(__always)
    private func put(_ from: UnsafeMutablePointer<UInt8>, count: Int, to p: inout UnsafeMutableRawPointer) {
        var copied = 0
        while copied < count {
            let bytes = UnsafeRawPointer(from + copied).loadUnaligned(as: SIMD16<UInt8>.self)
            (p + copied).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
            copied += 16
        }
        p += count
    }

    @inline(__always)
    private mutating func ordinaryMoment(
        _ text: FieldText, _ step: RowRecipe.Step, _ zone: Int, _ day: inout Int32
    ) -> Moment? {
        if text.isEmpty { return .missing }
        let zone = step.zone < 0 ? zone : Int(step.zone)
        guard step.kind != .day, step.form < 0, let read = plainTime.read(text) else { return otherMoment(text, step, zone, &day) }
        let clock = tools.clocks + zone
        if read.isUTC {
            let instant = Instant(seconds: Int64(read.day.number) * 86_400 + Int64(read.secondOfDay))
            if step.isOccurrence { day = clock.pointee.day(at: instant).number }
            return Moment(instant)
        }
        let (instant, kind) = clock.pointee.instant(day: read.day, secondOfDay: read.secondOfDay)
        guard kind == .exact else { return nil }
        if step.isOccurrence { day = read.day.number }
        return Moment(instant)
    }

    /// A time in another notation, or a date.
    private func otherMoment(_ text: FieldText, _ step: RowRecipe.Step, _ zone: Int, _ day: inout Int32) -> Moment? {
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

    /// Of an encoder that may be changed, as the next one: of one that may not, a copy would be made for every row.
    @inline(__always)
    private mutating func ordinaryChoice(_ text: FieldText, _ step: RowRecipe.Step) -> UInt8? {
        guard let key = ShortText(text) else { return nil }
        let known = tools.choices[Int(step.list)].code(of: key)
        return known >= 0 ? UInt8(truncatingIfNeeded: known) : newChoice(text, key, step)
    }

    @inline(never)
    private mutating func newChoice(_ text: FieldText, _ key: ShortText, _ step: RowRecipe.Step) -> UInt8? {
        let field = Int(step.field)
        guard let code = choiceCode(text, field, plans[field]) else { return nil }
        tools.choices[Int(step.list)].take(key, Int32(code))
        return code
    }
}
