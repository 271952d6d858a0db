import Basis
import Dealership

/// Leads in mails and XML files (ADF 1.0): all files of a mapping become one text.
struct MailSource {
    let export: ExportSettings
    /// Of times without an offset: the mapping's, else the dealership's; nil: unknown.
    let zone: String?

    func open(_ files: [SourceFile]) -> OpenedSources {
        var opened = OpenedSources()
        guard let name = setName(files) else { return opened }
        var read = LeadsRead(dayFirst: isDayFirst)
        for file in files { read.read(file) }
        let leads = read.entries.compactMap { entry -> Lead? in
            if case .lead(let lead) = entry { return lead }
            return nil
        }
        let zone = (try? (export.timeZone ?? self.zone).map { try ZoneDirectory().rules($0) }) ?? .utc
        let repeats = LeadRepeats(leads, zone: zone)
        opened.faults = read.faults
        opened.notes = MailNotes(name: name, names: read.names).all(read, leads, repeats, zone)
        guard read.faults.count < files.count else { return opened }
        let text = LeadText(read, leads, repeats, for: export)
        opened.texts = [
            ExportBytes(name: name, made: text.bytes, origins: RowOrigins(names: read.names, places: text.places))
        ]
        return opened
    }

    private var isDayFirst: Bool {
        guard let pieces = export.dates?.pieces else { return export.dateOrder == .dayFirst }
        for piece in pieces {
            switch piece {
            case .day: return true
            case .month, .monthName: return false
            default: continue
            }
        }
        return false
    }

    /// The only file's, else the pattern's, with the folder before it.
    private func setName(_ files: [SourceFile]) -> String? {
        guard let first = files.first else { return nil }
        if files.count == 1 { return first.name }
        let wanted = export.file.split(separator: "/").count
        let parts = first.name.split(separator: "/").map(String.init)
        return (parts.dropLast(min(wanted, parts.count)) + [export.file]).joined(separator: "/")
    }
}

/// What is told of all files together, a line a kind.
struct MailNotes {
    let name: String
    let names: [String]

    func all(_ read: LeadsRead, _ leads: [Lead], _ repeats: LeadRepeats, _ zone: ZoneRules) -> [Diagnostic] {
        var notes: [Diagnostic] = []
        for deviation in LeadDeviation.allCases {
            guard let found = read.deviations[deviation] else { continue }
            notes.append(
                Diagnostic(
                    .note, "adf-deviation", at: place(found.first),
                    "\(deviation.words) (\(count(found.count, "lead")), the first here)",
                    remedies: ["nothing to do; if something is read wrongly, ask the provider for published ADF 1.0"]))
        }
        if repeats.count > 0, let again = repeats.first.indices.first(where: { repeats.first[$0] != $0 }) {
            notes.append(
                Diagnostic(
                    .note, "repeated-lead", at: place(leads[again].place),
                    "\(count(repeats.count, "lead")) came again (the first here); what came first counts",
                    remedies: ["nothing to do: each is set aside as the same row twice"]))
        }
        if let without = read.withoutLead {
            notes.append(
                Diagnostic(
                    .warning, "mail-without-lead", at: place(without.first),
                    "\(count(without.count, "mail")) without an ADF lead (the first here)",
                    remedies: ["nothing to do if it is other mail; else have the provider send ADF/XML"]))
        }
        if let delay = delay(leads, repeats, zone) { notes.append(delay) }
        return notes
    }

    private func place(_ place: RowOrigins.Place) -> Diagnostic.Location {
        .init(file: names[Int(place.name)], row: place.row > 0 ? Int(place.row) : nil)
    }

    private func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// From the customer's request to the mail: the provider's doing, not the store's.
    private func delay(_ leads: [Lead], _ repeats: LeadRepeats, _ zone: ZoneRules) -> Diagnostic? {
        let gaps = leads.indices.compactMap { index -> Int64? in
            guard repeats.first[index] == index, let came = leads[index].receivedAt?.instant(in: zone),
                let asked = leads[index].requestedAt?.instant(in: zone)
            else { return nil }
            return came - asked
        }.sorted()
        guard !gaps.isEmpty else { return nil }
        let middle = (gaps[(gaps.count - 1) / 2] + gaps[gaps.count / 2]) / 2
        let before = gaps.count { $0 < 0 }
        var message = "from requestdate to the mail a median of \(words(middle)) in \(count(gaps.count, "lead"))"
        message += "; the clock starts with the mail"
        if before > 0 { message += "; in \(before) requestdate lies after it" }
        return Diagnostic(
            .note, "request-delay", at: .init(file: name), message,
            remedies: ["ask the provider about it if it is long: it is not the store's wait"])
    }

    private func words(_ seconds: Int64) -> String {
        let sign = seconds < 0 ? "-" : ""
        let seconds = abs(seconds)
        if seconds < 60 { return "\(sign)\(seconds) s" }
        if seconds < 3_600 { return "\(sign)\(seconds / 60) min \(seconds % 60) s" }
        return "\(sign)\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }
}
