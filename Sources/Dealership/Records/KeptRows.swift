/// Rows of one part of an export's file on their way into the store: each row's text as it was exported, and what it is
/// known by.
public struct KeptChunk: Sendable {
    /// One row; places are offsets into the chunk's texts and keys.
    public struct Row: Sendable {
        public var text: Int32
        public var textCount: Int32
        public var key: Int32
        public var keyCount: Int32
        /// Position in the chunk's stores; −1: the row names none.
        public var store: Int32
        /// From 1, as whoever opens the file would count.
        public var line: Int32
        /// Byte offset of the record in its file.
        public var place: Int64
        /// A hash of the row's cells as the mapping reads them: rows of one key with the same content say the same.
        public var content: Int64
        /// The first eight bytes of the key, so that most comparisons end there.
        public var beginning: UInt64

        public init(
            text: Int32, textCount: Int32, key: Int32, keyCount: Int32, store: Int32, line: Int32, place: Int64,
            content: Int64, beginning: UInt64
        ) {
            self.text = text
            self.textCount = textCount
            self.key = key
            self.keyCount = keyCount
            self.store = store
            self.line = line
            self.place = place
            self.content = content
            self.beginning = beginning
        }
    }

    public var texts: [UInt8]
    public var keys: [UInt8]
    /// Identifiers of the stores that rows name.
    public var stores: [String]
    public var rows: [Row]

    public init(texts: [UInt8], keys: [UInt8], stores: [String], rows: [Row]) {
        self.texts = texts
        self.keys = keys
        self.stores = stores
        self.rows = rows
    }
}

/// The header that some of an export's rows stand under; files of one export may order their columns differently.
public struct KeptForm: Hashable, Sendable {
    public var delimiter: UInt8
    /// The header's record, without its line break.
    public var header: [UInt8]

    public init(delimiter: UInt8, header: [UInt8]) {
        self.delimiter = delimiter
        self.header = header
    }
}

/// Which export rows belong to: settings that map the same table from the same files mean the same.
public struct KeptExport: Hashable, Sendable {
    public var table: StandardTable
    /// As the mapping has it: `RO_*.csv`.
    public var pattern: String
    public var system: String

    public init(table: StandardTable, pattern: String, system: String) {
        self.table = table
        self.pattern = pattern
        self.system = system
    }
}

/// A file that rows came from.
public struct KeptFile: Hashable, Sendable {
    /// Relative to the dealership's folder.
    public var name: String
    /// SHA-256 of its text, in hexadecimal.
    public var fingerprint: String
    /// On disk, to see without reading it whether it is still the same; −1: not known.
    public var bytes: Int64
    public var modified: Int64

    public init(name: String, fingerprint: String, bytes: Int64, modified: Int64) {
        self.name = name
        self.fingerprint = fingerprint
        self.bytes = bytes
        self.modified = modified
    }
}
