import Foundation

/// Any JSON value.
enum Json: Decodable, Sendable {
    case none
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Json])
    case fields([String: Json])

    init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if box.decodeNil() {
            self = .none
        } else if let number = try? box.decode(Double.self) {
            self = .number(number)
        } else if let flag = try? box.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? box.decode(String.self) {
            self = .text(text)
        } else if let list = try? box.decode([Json].self) {
            self = .list(list)
        } else {
            self = .fields(try box.decode([String: Json].self))
        }
    }

    var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let text): Double(text)
        case .flag(let flag): flag ? 1 : 0
        default: nil
        }
    }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var list: [Json] { if case .list(let list) = self { list } else { [] } }
    var fields: [String: Json] { if case .fields(let fields) = self { fields } else { [:] } }
}

/// A case file of Tests/Fixtures/published: facts with their source in `meta`.
struct PublishedAnswers {
    let whole: Json

    init(_ name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/published/\(name).json"))
        whole = try JSONDecoder().decode(Json.self, from: data)
    }

    func cases(_ key: String = "cases") -> [PublishedCase] {
        (whole.fields[key]?.list ?? []).map { PublishedCase(fields: $0.fields) }
    }

    /// Numbers under meta → datasets.
    func dataset(_ name: String) -> [Double] {
        let set = whole.fields["meta"]?.fields["datasets"]?.fields[name]
        return set.map { one in one.number.map { [$0] } ?? one.list.compactMap(\.number) } ?? []
    }
}

struct PublishedCase: CustomStringConvertible, Sendable {
    let fields: [String: Json]

    var description: String { "\(text("id")) \(text("op")) \(text("method"))" }

    func text(_ key: String) -> String { fields[key]?.text ?? "" }
    func number(_ key: String) -> Double { fields[key]?.number ?? .nan }
    func whole(_ key: String) -> Int { fields[key]?.number.map { Int($0) } ?? .min }
    func has(_ key: String) -> Bool { fields[key]?.number != nil }
    func flag(_ key: String) -> Bool { fields[key]?.number == 1 }

    /// A list in which null is NaN.
    func numbers(_ key: String) -> [Double] { (fields[key]?.list ?? []).map { $0.number ?? .nan } }
    func texts(_ key: String) -> [String] { (fields[key]?.list ?? []).map { $0.text ?? "" } }
    func inner(_ key: String) -> PublishedCase { PublishedCase(fields: fields[key]?.fields ?? [:]) }
}

/// Equal to nine digits, or both NaN.
func agree(_ a: Double?, _ b: Double, digits: Double = 1e-9) -> Bool {
    guard let a else { return false }
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    return (a - b).magnitude <= digits * max(b.magnitude, 1e-3)
}
