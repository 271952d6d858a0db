import Basis

/// An element of a lead, its name and those of its attributes in small letters.
struct ADFElement: Sendable {
    var name: String
    var attributes: [String: String] = [:]
    var children: [ADFElement] = []
    /// Its own, without that of its children.
    var text = ""

    /// White space in one piece between words, none around.
    var value: String { ADFElement.words(text) }

    func all(_ name: String) -> [ADFElement] { children.filter { $0.name == name } }

    func first(_ name: String) -> ADFElement? { children.first { $0.name == name } }

    /// The first child's of this name that says something; empty: none does.
    func value(_ name: String) -> String { all(name).lazy.map(\.value).first { !$0.isEmpty } ?? "" }

    func attribute(_ name: String) -> String { ADFElement.words(attributes[name] ?? "") }

    static func words(_ text: String) -> String {
        text.split(whereSeparator: { $0.isWhitespace || $0 == "\u{0}" }).joined(separator: " ")
    }
}

extension ADFElement {
    /// Of a piece of XML, from where it begins in its text on.
    struct Read: Sendable {
        var element: ADFElement
        var deviations: Set<LeadDeviation>
    }

    /// What is refused: the parser's words, and how many lines down.
    struct Refusal: Error {
        var lines: Int
    }

    static let limits = XMLReader.Limits(depth: 40, longest: 1 << 20, bytes: 1 << 22)

    /// - Parameter xml: one element, mended.
    static func read(_ xml: [UInt8]) throws(Refusal) -> Read {
        var open: [ADFElement] = []
        var root: ADFElement?
        var deviations: Set<LeadDeviation> = []
        var line = 1
        do {
            var reader = try XMLReader(bytes: xml, file: "", encoding: "UTF-8", lines: true, limits: limits)
            reading: while true {
                let event = try reader.next()
                line = max(line, reader.line)
                switch event {
                case .start:
                    let name = reader.name
                    if HTMLLetters.elements.contains(XMLRepair.lower(name.utf8)) {
                        open.isEmpty ? () : open[open.count - 1].text.append(" ")
                        continue
                    }
                    var element = ADFElement(name: name.lowercased())
                    if name != element.name { deviations.insert(.wrongCase) }
                    for attribute in reader.attributes {
                        let local = attribute.name.split(separator: ":").last.map(String.init) ?? attribute.name
                        if local != local.lowercased() { deviations.insert(.wrongCase) }
                        element.attributes[local.lowercased()] = attribute.value
                    }
                    open.append(element)
                case .text:
                    if !open.isEmpty { open[open.count - 1].text += reader.text }
                case .end:
                    if HTMLLetters.elements.contains(XMLRepair.lower(reader.name.utf8)) { continue }
                    guard let element = open.popLast() else { continue }
                    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
                case .instruction: continue
                case .done: break reading
                }
            }
        } catch {
            throw Refusal(lines: line - 1)
        }
        guard let root else { throw Refusal(lines: 0) }
        return Read(element: root, deviations: deviations)
    }
}
