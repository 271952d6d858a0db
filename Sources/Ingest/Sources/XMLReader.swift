import Basis
import CExpat

/// Draws the events of an XML document one by one, whatever its size. Nothing outside the document is read, declared
/// entities are refused.
struct XMLReader: ~Copyable {
    enum Event: Equatable {
        case start
        /// All text between two tags.
        case text
        case end
        /// `<?name …?>`, what follows the name is `text`.
        case instruction
        case done
    }

    struct Limits: Sendable {
        /// Elements inside each other.
        var depth = 64
        /// Bytes of one text, or of one tag with its attributes.
        var longest = 1 << 22
        /// Bytes of the document.
        var bytes = 1 << 36
    }

    private let parser: OpaquePointer
    /// Relative to the dealership's folder, for messages.
    private let file: String
    /// What the document is inside its file, for messages: `the mail's XML`.
    private let part: String
    private let limits: Limits
    private var source: (UnsafeMutableRawBufferPointer) throws(Rejection) -> Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var current = kpi_xml_event()
    private var fed = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - file, part: for messages: `part` in `file` is what is damaged.
    ///   - encoding: holds against what the document says; nil: what it says.
    ///   - lines: whether `line` is wanted.
    ///   - source: fills the buffer it gets, answers how many bytes it wrote; 0 at the end.
    /// - Throws: `Rejection` when memory is short.
    init(
        file: String, part: String = "the XML", encoding: String? = nil, lines: Bool = false, limits: Limits = Limits(),
        source: @escaping (UnsafeMutableRawBufferPointer) throws(Rejection) -> Int
    ) throws(Rejection) {
        guard let parser = kpi_xml_new(encoding, lines ? 1 : 0, Int32(clamping: limits.depth), limits.longest) else {
            throw Rejection(
                Diagnostic(.error, "unreadable-xml", at: .init(file: file), "there is no memory to read \(part)"))
        }
        self.parser = parser
        self.file = file
        self.part = part
        self.limits = limits
        self.source = source
        buffer = .allocate(byteCount: 1 << 16, alignment: 16)
    }

    init(
        bytes: [UInt8], file: String, part: String = "the XML", encoding: String? = nil, lines: Bool = false,
        limits: Limits = Limits()
    ) throws(Rejection) {
        var offset = 0
        try self.init(file: file, part: part, encoding: encoding, lines: lines, limits: limits) { buffer in
            let count = min(buffer.count, bytes.count - offset)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
    }

    deinit {
        kpi_xml_free(parser)
        buffer.deallocate()
    }

    /// - Throws: `Rejection` (`unreadable-xml`, and what `source` throws).
    mutating func next() throws(Rejection) -> Event {
        while true {
            switch kpi_xml_next(parser, &current) {
            case KPI_XML_START: return .start
            case KPI_XML_TEXT: return .text
            case KPI_XML_END: return .end
            case KPI_XML_INSTRUCTION: return .instruction
            default:
                if isAtEnd { return .done }
                let count = try source(buffer)
                fed += count
                isAtEnd = count == 0
                guard fed <= limits.bytes else { throw fault("\(part) is larger than \(limits.bytes) bytes") }
                let outcome = kpi_xml_feed(parser, buffer.baseAddress, count, isAtEnd ? 1 : 0)
                if outcome != KPI_XML_WELL { throw fault(words(outcome)) }
            }
        }
    }

    private func words(_ outcome: kpi_xml_outcome) -> String {
        switch outcome {
        case KPI_XML_ENTITY_DECLARED: "\(part) declares entities, or uses some that are declared elsewhere: none are read"
        case KPI_XML_TOO_DEEP: "\(part) has more than \(limits.depth) elements inside each other"
        case KPI_XML_TOO_LONG: "\(part) has a text or tag of more than \(limits.longest) bytes"
        case KPI_XML_NO_MEMORY: "there is no memory to read \(part)"
        default:
            "\(part) is damaged at its line \(kpi_xml_line(parser)), column \(kpi_xml_column(parser)): "
                + (kpi_xml_fault(parser).map { String(cString: $0) } ?? "no XML")
        }
    }

    private func fault(_ message: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "unreadable-xml", at: .init(file: file), message,
                remedies: ["transfer or export it again", "open it where it comes from and save it anew"]))
    }

    /// Of the last element or instruction, without its prefix.
    var name: String { String(decoding: XMLReader.local(bytes), as: UTF8.self) }

    /// The last text, or what follows an instruction's name.
    var text: String {
        if current.kind == KPI_XML_INSTRUCTION { return attribute("") ?? "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The last text, or an element's name with its prefix. Valid until the next event.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: current.text, count: current.count) }

    /// Of the last event's element, from 1; of a text, that of the element around it.
    var depth: Int { Int(current.depth) }

    /// Where the last event begins, from 1; 0 unless asked for.
    var line: Int { Int(current.line) }

    /// Whether the last element has this name, whatever its prefix.
    func isNamed(_ name: StaticString) -> Bool { XMLReader.equal(XMLReader.local(bytes), name) }

    /// Names with their prefixes, and values, as they stand in the last tag.
    var attributes: [(name: String, value: String)] {
        UnsafeBufferPointer(start: current.attributes, count: current.attribute_count).map { attribute in
            (String(decoding: UnsafeBufferPointer(start: attribute.name, count: attribute.name_count), as: UTF8.self),
                String(decoding: UnsafeBufferPointer(start: attribute.value, count: attribute.value_count), as: UTF8.self))
        }
    }

    /// The last tag's attribute of this name, whatever its prefix; nil where it has none.
    func attribute(_ name: StaticString) -> String? { attributeBytes(name).map { String(decoding: $0, as: UTF8.self) } }

    /// The same, valid until the next event.
    func attributeBytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        for attribute in UnsafeBufferPointer(start: current.attributes, count: current.attribute_count)
        where XMLReader.equal(
            XMLReader.local(UnsafeBufferPointer(start: attribute.name, count: attribute.name_count)), name)
        {
            return UnsafeBufferPointer(start: attribute.value, count: attribute.value_count)
        }
        return nil
    }

    private static func local(_ name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let colon = name.lastIndex(of: 0x3A) else { return name }
        return UnsafeBufferPointer(rebasing: name[(colon + 1)...])
    }

    private static func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
        bytes.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
