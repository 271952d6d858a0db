public import Basis

/// Rows that a store keeps, readable part by part by several tasks at once.
public protocol RecordArchive: Sendable {
    var exports: [ArchivedExport] { get }
    /// The rows in force of one part, in the order of store and key.
    /// - Throws: `Rejection` when the store cannot be read, or was written to since it was opened.
    func rows(_ part: ArchivedPart) throws(Rejection) -> ArchivedRows
}

/// What the store has of one export.
public struct ArchivedExport: Sendable {
    public var export: KeptExport
    /// Codes are the store's own.
    public var forms: [(code: Int, form: KeptForm)]
    /// In the order of import and name.
    public var files: [(code: Int, name: String)]
    /// Parts that have all rows together, by form.
    public var parts: [ArchivedPart]

    public init(
        export: KeptExport, forms: [(code: Int, form: KeptForm)], files: [(code: Int, name: String)],
        parts: [ArchivedPart]
    ) {
        self.export = export
        self.forms = forms
        self.files = files
        self.parts = parts
    }
}

/// Some of an export's rows under one header: those from one store and key on, up to another.
public struct ArchivedPart: Hashable, Sendable {
    public struct Bound: Hashable, Sendable {
        public var store: Int
        public var key: [UInt8]
        public init(store: Int, key: [UInt8]) {
            self.store = store
            self.key = key
        }
    }
    public var export: Int
    public var form: Int
    /// Nil: from the first.
    public var from: Bound?
    /// Not any more; nil: to the last.
    public var to: Bound?

    public init(export: Int, form: Int, from: Bound?, to: Bound?) {
        self.export = export
        self.form = form
        self.from = from
        self.to = to
    }
}

/// Rows' texts, each ended by a line break, and where each stood.
public struct ArchivedRows: Sendable {
    public var text: [UInt8] = []
    /// By row: the file's code in the store.
    public var files: [Int32] = []
    public var lines: [Int32] = []
    public var places: [Int64] = []
    /// Rows that took the place of others.
    public var corrections: [RowCorrection] = []

    public init() {}
}

/// A row that took the place of an earlier one.
public struct RowCorrection: Hashable, Sendable {
    /// The row in force.
    public var file: Int32
    public var line: Int32
    /// The import that brought it.
    public var since: Int
    /// Those before it, oldest first: where each stood, and the imports from which and until which it was in force.
    public var earlier: [Earlier]
    /// The row as it was exported, and the code of its header in the store.
    public var text: [UInt8]
    public var form: Int
    /// What the last of those before it said otherwise.
    public var changes: [Change] = []

    public struct Earlier: Hashable, Sendable {
        public var file: String
        public var line: Int
        public var since: Int
        public var until: Int
        public var text: [UInt8]
        public var form: Int
        public init(file: String, line: Int, since: Int, until: Int, text: [UInt8], form: Int) {
            self.file = file
            self.line = line
            self.since = since
            self.until = until
            self.text = text
            self.form = form
        }
    }

    public struct Change: Hashable, Sendable {
        /// As the export calls it.
        public var column: String
        public var before: String
        public var now: String
        public init(column: String, before: String, now: String) {
            self.column = column
            self.before = before
            self.now = now
        }
    }

    public init(file: Int32, line: Int32, since: Int, earlier: [Earlier], text: [UInt8], form: Int) {
        self.file = file
        self.line = line
        self.since = since
        self.earlier = earlier
        self.text = text
        self.form = form
    }
}

/// Takes rows into a store, all of an import or none.
public protocol RecordSink: Sendable {
    /// False: the rows of a text with this fingerprint are in the store already, read by the same mapping.
    func isNew(_ file: KeptFile, of export: KeptExport) throws(Rejection) -> Bool
    /// Rows of `file`, which may come in several chunks.
    func add(_ chunk: KeptChunk, of export: KeptExport, form: KeptForm, file: KeptFile) throws(Rejection)
}
