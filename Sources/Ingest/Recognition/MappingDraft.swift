import Basis
import Dealership

/// A mapping as it stands under `exports:` in dealership.yaml, each line with its reason.
public struct MappingDraft: Sendable {
    public let recognition: Recognition
    public let pattern: String
    private let files: [String]
    /// Another mapping is of the same table, so that pages need a name for each.
    var isOneOfSeveral = false

    public init(_ recognition: Recognition) {
        self.recognition = recognition
        pattern = recognition.pattern
        files = [recognition.pattern]
    }

    init(_ group: FolderRecognition.Group) {
        recognition = group.recognition
        pattern = group.pattern
        files = group.files
    }

    /// The file's name and columns are ours already.
    var isNeeded: Bool {
        guard let table = recognition.table else { return false }
        return recognition.needsColumns || recognition.sheet != nil || recognition.leftOut != nil || !recognition.system.isEmpty || recognition.dateOrder == .open
            || recognition.dateOrder == .dayFirst || recognition.decimalMarks != .point || ExportFolder.table(ofFile: pattern) != table
    }

    /// One entry of the table's list, indented by four.
    var entry: String {
        var lines = ["- file: \(YAMLText.scalar(pattern))\(remark(files.count > 1 ? "\(files.count) files" : ""))"]
        if let sheet = recognition.sheet { lines.append("  sheet: \(YAMLText.scalar(sheet))") }
        if !recognition.system.isEmpty {
            lines.append("  system: \(YAMLText.scalar(recognition.system))\(remark(recognition.systemReason))")
        }
        if isOneOfSeveral || recognition.isBeside { lines.append("  label: \(YAMLText.scalar(label))") }
        if SourceKind(fileName: pattern) == .delimited, let delimiter = MappingDraft.delimiters[recognition.delimiter] { lines.append("  delimiter: \(delimiter)") }
        if let dates { lines.append("  dates: \(dates.order)\(remark(dates.reason))") }
        switch recognition.decimalMarks {
        case .point: break
        case .comma: lines.append("  decimals: comma\(remark("1.234,50: some numbers fit nothing else"))")
        case .mixed: lines.append("  # decimals: some after commas, some after points: export them one way")
        case .open: lines.append("  # decimals: comma  # or point: is 1.234 more than a thousand (comma) or one and a bit (point)?")
        }
        if let leftOut = recognition.leftOut {
            let words = leftOut.words.map(YAMLText.scalar).joined(separator: ", ")
            lines.append("  except: { \(YAMLText.scalar(leftOut.column)): [\(words)] }\(remark("deals that were taken back"))")
        }
        let columns = recognition.matches.compactMap(column)
        if !columns.isEmpty { lines += ["  columns:"] + columns.map { "    " + $0 } }
        for missing in recognition.missing {
            lines.append("  # \(missing.column): the export has none; \(missing.cost)")
        }
        if !recognition.unused.isEmpty {
            let more = recognition.unused.count > 12 ? " and \(recognition.unused.count - 12) more" : ""
            lines.append("  # not used: \(recognition.unused.prefix(12).joined(separator: ", "))\(more)")
        }
        // What cannot be read yet must not stop the rest.
        let mark = recognition.isReadable ? "    " : "    # "
        return lines.map { mark + $0 }.joined(separator: "\n")
    }

    /// `exports:` with this mapping alone.
    public var text: String {
        guard let table = recognition.table else { return "" }
        return "exports:\n  \(table):\n\(entry)\n"
    }

    /// `SMS_export_2026.csv` → `SMS export 2026`.
    private var label: String {
        let stem = SourceKind.stem(ofFile: pattern).map { pattern.prefix($0.count) } ?? pattern[...]
        let words = (stem + (recognition.sheet.map { " " + $0 } ?? "")).split { $0 == "_" || $0 == "-" || $0 == " " || "*./".contains($0) }
        guard let first = words.first else { return pattern }
        if recognition.isBeside { return "Customers of " + words.joined(separator: " ") }
        return ([first.prefix(1).uppercased() + first.dropFirst()] + words.dropFirst().map(String.init)).joined(separator: " ")
    }

    private static let delimiters: [UInt8: String] = [0x09: "tab", 0x3B: "semicolon", 0x7C: "pipe"]

    private var dates: (order: String, reason: String)? {
        switch recognition.dateOrder {
        case .none: return nil
        case .monthFirst: return ("mdy", "some rows fit no other order")
        case .dayFirst: return ("dmy", "some rows fit no other order")
        case .mixed: return ("mdy", "two orders in one file: export dates as YYYY-MM-DD")
        case .open:
            guard let assumed = recognition.assumedOrder else {
                return ("mdy", "every row fits both: is 03/04 March 4 (mdy) or 3 April (dmy)?")
            }
            return (assumed.rawValue, "every row fits both; the other exports are written so")
        }
    }

    private func column(_ match: Recognition.Match) -> String? {
        var text: String
        switch match.rule {
        case .column(let name):
            if match.values.isEmpty {
                if name.lowercased() == match.column { return nil }
                let isMetric = match.column == "mileage" && MappingDraft.isInKilometers(name)
                text = "\(match.column): "
                    + (isMetric ? "{ column: \(YAMLText.scalar(name)), unit: km }" : YAMLText.scalar(name))
            } else {
                let values = match.values.sorted { $0.key < $1.key }
                    .map { "\(YAMLText.scalar($0.key)): \(YAMLText.scalar($0.value))" }.joined(separator: ", ")
                text = "\(match.column): { column: \(YAMLText.scalar(name)), values: { \(values) } }"
            }
        case .constant(let value): text = "\(match.column): { value: \(YAMLText.scalar(value)) }"
        case .phone(let name): text = "\(match.column): { phone: \(YAMLText.scalar(name)) }"
        case .phones(let names, let own):
            let list = names.map(YAMLText.scalar).joined(separator: ", ")
            let numbers = own.map(YAMLText.scalar).joined(separator: ", ")
            text = "\(match.column): { phone: [\(list)], own: [\(numbers)] }"
        case .joined(let names):
            text = "\(match.column): { join: [\(names.map(YAMLText.scalar).joined(separator: ", "))], with: \" \" }"
        case .rowPlace: text = "\(match.column): { row: yes }"
        }
        var reason = match.reason
        if match.confidence < 0.5, !reason.isEmpty { reason += "; is that so?" }
        if !match.unknownValues.isEmpty, recognition.table?.column(named: match.column)?.isOpen == false {
            reason += "\(reason.isEmpty ? "" : "; ")not known: \(match.unknownValues.prefix(6).joined(separator: ", "))"
        }
        text += remark(reason)
        return text
    }

    private static func isInKilometers(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["km", "kilom", "laufleistung"].contains(where: name.contains)
    }

    private func remark(_ words: String) -> String {
        words.isEmpty ? "" : "  # \(words.split(whereSeparator: \.isNewline).joined(separator: " "))"
    }
}

/// Words as YAML reads them back.
enum YAMLText {
    private static let reserved: Set<String> = ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "~", ""]

    static func scalar(_ text: String) -> String {
        let isPlain = text.first?.isLetter == true && text.last != " " && !reserved.contains(text.lowercased())
            && text.allSatisfy { character in
                character.isASCII && (character.isLetter || character.isNumber || " _.-/()".contains(character))
            }
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\x" + (hex.count < 2 ? "0" + hex : hex)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
