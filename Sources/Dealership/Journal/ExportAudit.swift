public import Basis

/// What became of one export: rows read, rows set aside, the days it covers. Merges with `+` over the export's parts.
public struct ExportAudit: Hashable, Sendable {
    public var table: StandardTable
    /// As a manager calls it: as the mapping says, else by an English word.
    public var name: String
    public var system: String
    /// File names in reading order.
    public var files: [String]
    public var rowsRead: Int
    public var setAside: [SetAside: Int]
    /// Rows by the local day of their occurrence.
    public var rowsByDay: [Day: Int]
    /// Stated in the settings.
    public var statedFrom: Day?
    public var statedUntil: Day?
    /// Wall clocks that do not exist (moved forward by the gap) and that exist twice (the first was taken).
    public var skippedLocalTimes: Int
    public var repeatedLocalTimes: Int
    /// Cells of optional columns that cannot be read or mean nothing; their rows are counted without them.
    public var cellsSetAside: [SetAside: Int]

    public init(table: StandardTable, label: String, system: String, files: [String]) {
        self.table = table
        name = label
        self.system = system
        self.files = files
        rowsRead = 0
        setAside = [:]
        rowsByDay = [:]
        skippedLocalTimes = 0
        repeatedLocalTimes = 0
        cellsSetAside = [:]
    }

    /// As pages print it.
    public var label: String { say(text: name, context: "export") }
    public var firstDay: Day? { statedFrom ?? rowsByDay.keys.min() }
    public var lastDay: Day? { statedUntil ?? rowsByDay.keys.max() }
    public var unreadableCells: Int { cellsSetAside.values.reduce(0, +) }
    public var rowsSetAside: Int { setAside.values.reduce(0, +) }
    public var rowsKept: Int { rowsRead - rowsSetAside }
}
