import Basis
import CBytes
import Dealership
import Testing

@testable import Ingest

@Suite("Ordinary rows")
struct OrdinaryRowsTests {
    private static let cells = [
        "", "", " ", "C17", "S1", "S1", "S2", "S9", "a longer identifier than sixteen bytes", "#N/A", "#7",
        "\"two \"\"quotes\"\" in it\"",
        "\"with, comma\"", "1GNEK13Z33R298984", "1GNEK13Z33R29898O", "2026-10-05T08:15:30Z", "2026-10-05 08:15:30",
        "2026-10-05T08:15:30", "2026-03-08T02:30:00", "2026-11-01T01:30:00", "2026-10-05", "10/5/2026 8:15 AM", "20261005",
        "2026-02-30T08:15:30Z", "2026-10-05t08:15:30z", "2026-10-05T24:00:00", "2026-10-05T08:15:60Z", "2026-10-05T08:1A:30Z",
        "0026-10-05T08:15:30Z", "1899-12-31 10:00:00",
        "2026-10-05T08:15:30+02:00", "never", "1,234.50", "(12.00)", "-7", "12.345", "true", "No", "inbound", "OUTBOUND", "maybe",
        "email", "sms", "phone", "Total", "message_id", "sent_at",
    ]

    private static let mappings: [ExportSettings] = [
        ExportSettings(table: .messages, file: "f.csv"), ExportSettings(table: .serviceVisits, file: "f.csv"),
        ExportSettings(table: .sales, file: "f.csv"), ExportSettings(table: .conversations, file: "f.csv"),
        ExportSettings(table: .customers, file: "f.csv"),
        ExportSettings(table: .appointments, file: "f.csv", dateOrder: .dayFirst, timeZone: "Europe/Berlin"),
        ExportSettings(table: .messages, file: "f.csv", only: ["channel": [.equals("email"), .equals("sms")]]),
    ]

    private struct Encoded: Equatable {
        var rows: [UInt8]
        var read: Int
        var kept: Int
        var setAside: [SetAside: Int]
        var cellsSetAside: [SetAside: Int]
        var faults: [RowFault]
        var days: [Int32: Int]
        var clocks: [Int]
    }

    private enum Way { case long, short, runs }

    private static func encode(
        _ text: [UInt8], _ export: ExportSettings, isOpen: Bool, stores: Int, _ way: Way
    ) throws -> (encoded: Encoded, shortWay: Int) {
        let layout = try LayoutReader(export: export, file: "f.csv").read(text, isWhole: true).value
        let zone = try ZoneDirectory().rules("America/Chicago")
        let registry = StoreRegistry(
            stores: (1...stores).map { Store(identifier: "S\($0)", name: "", zone: 0, group: ($0 - 1) % 2) }, zones: [zone],
            groupNames: ["a", "b"], isOpen: isOpen)
        let padded = text + [UInt8](repeating: 0, count: 16)
        var bounds = [FieldBounds](
            repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: layout.columnCount + 8)
        var scratch = [UInt8](repeating: 0, count: 65_536)
        var rows = [UInt8](repeating: 0, count: 1 << 20)
        return padded.withUnsafeBufferPointer { bytes in
            bounds.withUnsafeMutableBufferPointer { bounds in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    rows.withUnsafeMutableBufferPointer { rows in
                        layout.plans.withUnsafeBufferPointer { plans in
                            var encoder = RowEncoder(
                                layout: layout, plans: plans, base: bytes.baseAddress!, scratch: scratch.baseAddress!,
                                registry: registry, names: NameRegistry(), export: export, fileZone: nil)
                            var splitter = RecordSplitter(
                                base: bytes.baseAddress!, count: text.count, delimiter: layout.delimiter,
                                position: layout.dataOffset, isLast: true)
                            var written = 0
                            var shortWay = 0
                            while true {
                                if way == .runs, encoder.hasOrdinaryRuns {
                                    let before = encoder.chunk.rowsKept
                                    encoder.encodeOrdinary(
                                        &splitter, bounds, stop: text.count, source: 0, into: rows.baseAddress!,
                                        written: &written, room: rows.count - RowEncoder.longestRow)
                                    shortWay += encoder.chunk.rowsKept - before
                                }
                                let place = UInt64(splitter.position)
                                guard case .record(let fields) = splitter.next(bounds) else { break }
                                let target = rows.baseAddress! + written
                                let line = splitter.lines
                                if way == .short {
                                    let before = encoder.chunk.rowsRead
                                    let length = encoder.ordinary(bounds, fields: fields, source: place, into: target)
                                    if length >= 0 {
                                        shortWay += 1
                                        written += length
                                        continue
                                    }
                                    #expect(encoder.chunk.rowsRead == before)
                                }
                                written += encoder.any(
                                    bounds, fields: fields, source: place, line: line, place: place, into: target)
                            }
                            let room = ReadingRoom()
                            var chunk = encoder.finish(
                                UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(rows)[..<written]), in: room)
                            chunk.keep(room)
                            return (
                                Encoded(
                                    rows: chunk.bytes, read: chunk.rowsRead, kept: chunk.rowsKept, setAside: chunk.setAside,
                                    cellsSetAside: chunk.cellsSetAside, faults: chunk.faults, days: chunk.rowsByDay,
                                    clocks: [chunk.skippedLocalTimes, chunk.repeatedLocalTimes]), shortWay
                            )
                        }
                    }
                }
            }
        }
    }

    @Test("are encoded by the short way as by the long one", arguments: 0..<40)
    func alike(seed: Int) throws {
        var random = Generator(UInt64(seed))
        for export in Self.mappings {
            let columns = export.table.columns.filter { $0.isRequired || random.chance(700) || $0.name == "channel" }
            var text = columns.map(\.name).joined(separator: ",") + "\n"
            for row in 0..<60 {
                let cells = columns.map { column -> String in
                    if random.chance(60) { return random.pick(Self.cells) }
                    if !column.isRequired, random.chance(200) { return "" }
                    switch column.kind {
                    case .time: return "2026-10-\(10 + random.below(20))T\(10 + random.below(10)):15:\(10 + random.below(50))Z"
                    case .day: return "2026-10-\(10 + random.below(20))"
                    case .money, .integer, .decimal: return "\(random.below(9_000))"
                    case .name: return random.pick(["email", "sms", "phone", "sales"])
                    case .flag: return random.pick(["true", "false"])
                    case .choice(let choices): return random.pick(choices)
                    case .identifier, .text, .personTime:
                        return column.name == "store_id" ? "S\(1 + random.below(2))" : column.name == "vin" ? "" : "X\(row)"
                    }
                }
                text += cells.prefix(random.chance(30) ? cells.count - 1 : cells.count).joined(separator: ",")
                text += random.chance(30) ? ",more\n" : random.chance(100) ? "\r\n" : "\n"
            }
            for (isOpen, stores) in [(false, 2), (true, 2), (false, 1)] {
                let bytes = Array(text.utf8)
                let long = try Self.encode(bytes, export, isOpen: isOpen, stores: stores, .long)
                let short = try Self.encode(bytes, export, isOpen: isOpen, stores: stores, .short)
                let runs = try Self.encode(bytes, export, isOpen: isOpen, stores: stores, .runs)
                #expect(runs.encoded == long.encoded, "\(export.table) in runs \(text)")
                #expect(short.encoded == long.encoded, "\(export.table) \(text)")
                if stores == 2, export.only.isEmpty, columns.contains(where: { $0.name == "store_id" }) {
                    #expect(short.shortWay > 5, "\(export.table)")
                    let hasTime = columns.contains { $0.isRequired && ($0.kind == .time || $0.kind == .day) }
                    #expect(!hasTime || runs.shortWay > 5, "\(export.table) in runs")
                }
            }
        }
    }

    @Test("plain times are what the reader of all times reads")
    func times() {
        var random = Generator(7)
        var plain = PlainTime()
        var read = 0
        for _ in 0..<40_000 {
            func two(_ limit: Int) -> Int { 10 + random.below(limit) }
            var text = Array("20\(two(90))-\(two(4))-\(two(25))T\(two(20)):\(two(55)):\(two(52))Z".utf8)
            if random.chance(500) { text[random.below(text.count)] = UInt8(0x20 + random.below(0x60)) }
            if random.chance(300) { text.removeLast() }
            let padded = text + [UInt8](repeating: 0x39, count: 16)
            padded.withUnsafeBufferPointer { bytes in
                let field = FieldText(bytes.baseAddress!, from: 0, to: text.count)
                guard let found = plain.read(field) else { return }
                read += 1
                #expect(
                    TimeReader(dayFirst: false).read(field)
                        == WrittenTime(
                            day: found.day, secondOfDay: found.secondOfDay, zone: found.isUTC ? .offset(0) : .local))
            }
        }
        #expect(read > 1_000)
    }

    @Test("years before 1900 are slips, not dates", arguments: [
        ("0026-10-05 08:15:30", false), ("1899-12-31T23:59:59Z", false), ("10/5/0026", false), ("18991231", false),
        ("1900-01-01", true), ("1900-01-01T00:00:00Z", true), ("10/5/1926", true),
    ])
    func years(text: String, isRead: Bool) {
        var (copy, plain) = (text + String(repeating: " ", count: 16), PlainTime())
        copy.withUTF8 { bytes in
            let field = FieldText(bytes.baseAddress!, from: 0, to: text.utf8.count)
            #expect((TimeReader(dayFirst: false).read(field) != nil) == isRead)
            if let found = plain.read(field) { #expect(isRead && found.day.number >= TimeReader.firstDay) }
        }
    }

    @Test("marks are found alike by vectors and by words")
    func marks() {
        var random = Generator(3)
        for _ in 0..<2_000 {
            let bytes = (0..<64).map { _ in random.pick([0x2C, 0x22, 0x0A, 0x2D, 0xAC, 0x00, 0xFF, UInt8(random.below(256))]) }
            var expected: UInt64 = 0
            for (place, byte) in bytes.enumerated() where [0x2C, 0x0A, 0x22].contains(byte) {
                expected |= 1 << UInt64(place)
            }
            #expect(kpi_marks(bytes, 0x2C, 0x0A, 0x22) == expected)
            #expect(kpi_marks_by_words(bytes, 0x2C, 0x0A, 0x22) == expected)
        }
    }

    @Test("short texts are told apart by every byte and their length")
    func shortTexts() throws {
        var random = Generator(5)
        let list = ShortTexts(room: 64)
        defer { list.free() }
        var known: [[UInt8]: Int32] = [:]
        for _ in 0..<4_000 {
            let text = (0..<random.below(18)).map { _ in random.pick([0, 0x41, 0x42, 0xFF] as [UInt8]) }
            let padded = text + (0..<16).map { _ in UInt8(random.below(256)) }
            padded.withUnsafeBufferPointer { bytes in
                let key = ShortText(FieldText(bytes.baseAddress!, from: 0, to: text.count))
                #expect((key == nil) == (text.count > ShortText.longest))
                guard let key else { return }
                #expect(list.code(of: key) == known[text] ?? -1)
                if known[text] == nil, known.count < 64 {
                    known[text] = Int32(known.count)
                    list.take(key, Int32(known.count - 1))
                }
            }
        }
    }
}
