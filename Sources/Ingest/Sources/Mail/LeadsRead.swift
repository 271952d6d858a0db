import Basis
import Foundation

/// Leads of the files of one mapping, in reading order.
struct LeadsRead: Sendable {
    /// A lead, or one that cannot be read and where.
    enum Entry: Sendable {
        case lead(Lead)
        case unreadable(RowOrigins.Place, contentHash: UInt64)
        var place: RowOrigins.Place {
            switch self {
            case .lead(let lead): lead.place
            case .unreadable(let place, _): place
            }
        }
    }

    let dayFirst: Bool
    private(set) var entries: [Entry] = []
    private(set) var names: [String] = []
    private(set) var faults: [Diagnostic] = []
    /// How often each, and the first time.
    private(set) var deviations: [LeadDeviation: (count: Int, first: RowOrigins.Place)] = [:]
    private(set) var withoutLead: (count: Int, first: RowOrigins.Place)?
    private(set) var mails = 0

    /// Of one mail or one XML file, and of a mailbox.
    static let largestMail = 64 << 20
    static let largestBox = 1 << 30

    init(dayFirst: Bool) { self.dayFirst = dayFirst }

    mutating func read(_ file: SourceFile) {
        names.append(file.name)
        let bytes: [UInt8]
        do throws(Rejection) {
            bytes = try LeadsRead.bytes(of: file)
        } catch {
            faults += error.diagnostics
            return
        }
        if bytes.allSatisfy(XMLRepair.isSpace) {
            faults.append(
                Diagnostic(
                    .error, "empty-file", at: .init(file: file.name), "the file is empty",
                    remedies: ["export it again, or remove it from the folder"]))
            return
        }
        let isBox = file.name.lowercased().hasSuffix(".mbox")
        let boxes = isBox || bytes.starts(with: Mbox.start) ? Mbox.mails(bytes) : []
        if boxes.isEmpty { return readOne(bytes, file, isBox: isBox) }
        var line = 1
        var before = 0
        for mail in boxes {
            line += bytes[before..<mail.lowerBound].lineBreaks
            before = mail.lowerBound
            readMail(Mbox.unquoted(bytes[mail]), firstLine: line)
        }
    }

    private static func bytes(of file: SourceFile) throws(Rejection) -> [UInt8] {
        let text = try ExportBytes(path: file.path, name: file.name)
        let limit = file.name.lowercased().hasSuffix(".mbox") ? largestBox : largestMail
        guard text.count <= limit else {
            throw Rejection(
                Diagnostic(
                    .error, "large-mail", at: .init(file: file.name), "the file is larger than \(limit >> 20) MB",
                    remedies: ["no lead is as large: split a mailbox by month, or take the file away"]))
        }
        var failure: Rejection?
        let bytes = [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) {
                count = try text.read(from: 0, count: text.count, into: base)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// A file that is no mailbox: a mail, or a lead by itself.
    private mutating func readOne(_ bytes: [UInt8], _ file: SourceFile, isBox: Bool) {
        let mark = TextEncoding(mark: bytes)
        let start = bytes.firstIndex { !XMLRepair.isSpace($0) && ![0xEF, 0xBB, 0xBF].contains($0) } ?? 0
        let isXML = bytes[start] == 0x3C || (bytes[start] == 0x26 && ADFText.isEscaped(bytes))
        let isUTF16 = mark == .utf16(isLittle: true) || mark == .utf16(isLittle: false)
            || bytes.starts(with: [0x3C, 0x00]) || bytes.starts(with: [0x00, 0x3C])
        if !isXML, !isUTF16, readMail(bytes, firstLine: 1) { return }
        let text = MailText(
            type: "text/xml", fileName: "", charset: isUTF16 && mark == nil ? "utf-16" : nil, bytes: bytes,
            lines: .following(1), headers: .none)
        if take([text], mail: nil) { return }
        faults.append(LeadsRead.notADF(bytes, file, isBox: isBox))
    }

    /// What the file is instead, as far as its outermost element tells.
    private static func notADF(_ bytes: [UInt8], _ file: SourceFile, isBox: Bool) -> Diagnostic {
        let root = ADFText(TextEncoding(mark: bytes)?.decode(bytes).text ?? bytes).root
        let star = [
            "processsaleslead", "showrepairorder", "processrepairorder", "getrepairorder", "acknowledgesaleslead",
        ]
        var what = root.isEmpty ? "it has neither a mail's headers nor XML" : "it is XML about <\(root)>"
        if isBox { what = "it is no mailbox with mails in it" }
        var remedies = ["export leads as ADF/XML, or take the file out of the mapping"]
        if star.contains(root) || contains(bytes, "starstandard") || contains(bytes, "openapplications.org") {
            what = "it looks like a STAR document (<\(root)>), which is not read"
            remedies.insert("ask the provider for ADF 1.0, or export a CSV", at: 0)
        } else if root == "html" {
            what = "it is a web page"
        } else if root == "envelope" {
            what = "it is a SOAP message"
        }
        return Diagnostic(
            .error, "not-adf", at: .init(file: file.name), "there is no ADF lead in the file: \(what)",
            remedies: remedies)
    }

    private static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
        String(decoding: bytes.prefix(8_192), as: UTF8.self).lowercased().contains(word)
    }

    /// False: no mail, for it has no headers.
    @discardableResult
    private mutating func readMail(_ bytes: [UInt8], firstLine: Int) -> Bool {
        var start = 0
        // Some programs leave a mark, empty lines or a mailbox's line before the headers.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x0D { start += 1 }
        let lines = LineMap.following(firstLine + bytes[..<start].lineBreaks)
        guard let mail = MailReader(bytes, in: start..<bytes.count, lines: lines) else { return false }
        mails += 1
        let place = RowOrigins.Place(name: Int32(names.count - 1), row: Int32(clamping: firstLine))
        if mail.isDamaged { note(.damagedMail, place) }
        if !take(mail.texts, mail: place) {
            withoutLead = (withoutLead.map { $0.count + 1 } ?? 1, withoutLead?.first ?? place)
        }
        return true
    }

    mutating func note(_ deviation: LeadDeviation, _ place: RowOrigins.Place) {
        deviations[deviation] = (deviations[deviation].map { $0.count + 1 } ?? 1, deviations[deviation]?.first ?? place)
    }

    // MARK: texts

    /// A mail says the same as XML, as words and as a web page: the first of these with a lead counts.
    private mutating func take(_ texts: [MailText], mail: RowOrigins.Place?) -> Bool {
        for rank in 0...2 {
            var ordinal = 0
            var seen: Set<UInt64> = []
            for text in texts where text.rank == rank { take(text, mail: mail, &ordinal, &seen) }
            if ordinal > 0 { return true }
        }
        return false
    }

    private mutating func take(
        _ text: MailText, mail: RowOrigins.Place?, _ ordinal: inout Int, _ seen: inout Set<UInt64>
    ) {
        var deviations: Set<LeadDeviation> = []
        var bytes = LeadsRead.decoded(text, &deviations)
        var found = ADFText(bytes)
        if found.prospects.isEmpty, ADFText.isEscaped(bytes) {
            bytes = HTMLLetters.unescaped(bytes, isPage: text.type == "text/html")
            found = ADFText(bytes)
            deviations.insert(.escapedMarkup)
        }
        deviations.formUnion(found.deviations)
        let file = Int32(names.count - 1)
        if found.prospects.isEmpty {
            guard found.hasRoot else { return }
            // <adf> without a lead that can be told from the rest.
            entries.append(
                .unreadable(.init(name: file, row: Int32(clamping: text.lines[0])), contentHash: Lead.hash(bytes)))
            ordinal += 1
            return
        }
        var line = 0
        var before = 0
        for prospect in found.prospects {
            line += bytes[before..<prospect.range.lowerBound].lineBreaks
            before = prospect.range.lowerBound
            let piece = Array(bytes[prospect.range])
            let hash = Lead.hash(piece)
            // The same attached twice is one.
            if mail != nil, !seen.insert(hash).inserted { continue }
            read(piece, hash, text, line: line, ordinal: ordinal, isMail: mail != nil, deviations)
            ordinal += 1
        }
    }

    private static func decoded(_ text: MailText, _ deviations: inout Set<LeadDeviation>) -> [UInt8] {
        let declared = declaredEncoding(text.bytes)
        // What the mail says goes before what the text says (RFC 7303); programs that think of none say us-ascii.
        let said = text.charset.flatMap { $0.lowercased() == "us-ascii" ? nil : $0 } ?? declared
        var encoding = TextEncoding.utf8
        if let mark = TextEncoding(mark: text.bytes) {
            encoding = mark
        } else if let said {
            if let known = TextEncoding(label: said) {
                encoding = known
            } else {
                deviations.insert(.unknownCharset)
            }
        }
        // A text that names itself UTF-16 in single bytes is not.
        if case .utf16 = encoding, !text.bytes.prefix(200).contains(0) { encoding = .utf8 }
        let decoded = encoding.decode(text.bytes)
        if decoded.hasForeign { deviations.insert(.foreignBytes) }
        return decoded.text
    }

    /// `encoding` of the XML declaration.
    private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(300).filter { $0 != 0 }, as: UTF8.self).lowercased()
        guard let declaration = head.range(of: "<?xml"), let end = head.range(of: "?>"),
            declaration.upperBound <= end.lowerBound
        else { return nil }
        let text = head[declaration.upperBound..<end.lowerBound]
        guard let key = text.range(of: "encoding"),
            let quote = text[key.upperBound...].firstIndex(where: { $0 == "\"" || $0 == "'" })
        else { return nil }
        let rest = text[text.index(after: quote)...]
        return rest.firstIndex { $0 == "\"" || $0 == "'" }.map { String(rest[..<$0]) }
    }

    // MARK: leads

    private mutating func read(
        _ piece: [UInt8], _ hash: UInt64, _ text: MailText, line: Int, ordinal: Int, isMail: Bool,
        _ ofText: Set<LeadDeviation>
    ) {
        let file = Int32(names.count - 1)
        let place = RowOrigins.Place(name: file, row: Int32(clamping: text.lines[line]))
        let read: ADFElement.Read
        let mended: (text: [UInt8], deviations: Set<LeadDeviation>)
        do throws(ADFElement.Refusal) {
            guard piece.count <= ADFElement.limits.bytes else { throw ADFElement.Refusal(lines: 0) }
            mended = XMLRepair.repair(piece)
            read = try ADFElement.read(mended.text)
        } catch {
            entries.append(
                .unreadable(.init(name: file, row: Int32(clamping: text.lines[line + error.lines])), contentHash: hash))
            return
        }
        var prospect = ADFProspect(read.element)
        prospect.deviations.formUnion(ofText)
        prospect.deviations.formUnion(mended.deviations)
        prospect.deviations.formUnion(read.deviations)
        var lead = Lead(
            prospect: prospect, receivedAt: nil, requestedAt: LeadTime(prospect.requestDate, dayFirst: dayFirst),
            messageID: "", mailFrom: "", mailSubject: "", ordinal: ordinal, contentHash: hash, place: place,
            deviations: prospect.deviations)
        if let asked = lead.requestedAt {
            lead.deviations.formUnion(asked.deviations)
        } else if !prospect.requestDate.isEmpty {
            lead.deviations.insert(.badRequestDate)
        }
        if isMail { lead.take(text.headers) }
        if lead.prospect.identifier == nil { lead.deviations.insert(.noIdentifier) }
        if lead.contactKey.isEmpty { lead.deviations.insert(.noContact) }
        for deviation in lead.deviations { note(deviation, place) }
        entries.append(.lead(lead))
    }
}

extension Lead {
    /// When the mail came: its last Received, which is the store's own, else its Date.
    fileprivate mutating func take(_ headers: MailHeaders) {
        messageID = headers["message-id"].map { String($0.drop { $0 == "<" }.prefix { $0 != ">" }).trimmed } ?? ""
        mailFrom = ADFElement.words(headers["from"] ?? "")
        mailSubject = ADFElement.words(headers["subject"] ?? "")
        let stamps = headers.all("received").map { stamp in
            stamp.lastIndex(of: ";").map { String(stamp[stamp.index(after: $0)...]) } ?? ""
        }
        for (index, stamp) in (stamps + headers.all("date")).enumerated() {
            if let time = LeadTime(stamp, dayFirst: false), time.secondOfDay != nil {
                if index > 0, !stamps.isEmpty { deviations.insert(.badMailDate) }
                receivedAt = time
                return
            }
        }
        deviations.insert(.noMailDate)
    }
}
