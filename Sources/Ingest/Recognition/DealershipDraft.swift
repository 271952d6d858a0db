import Basis
import Dealership

/// dealership.yaml as a beginner finds it: what the exports say is set, everything else stands there with its usual value
/// and what it does, behind a `#`.
public struct DealershipDraft: Sendable {
    public let folder: FolderRecognition
    public let name: String

    public init(_ folder: FolderRecognition, name: String) {
        self.folder = folder
        self.name = name
    }

    public var text: String {
        [head, hours, channels, UsualSettings.middle, outages, UsualSettings.end, exports].joined(separator: "\n")
    }

    /// What to decide before figures can be believed, in plain words.
    public var decisions: [String] {
        var lines: [String] = []
        let stores = folder.words(.stores, "store_id").count
        if !hasZones {
            let found = max(stores, Set(folder.groups.compactMap(\.recognition.table).flatMap { folder.words($0, "store_id").keys }).count)
            lines.append(
                found > 1
                    ? "\(found) stores, none with a time zone: set time-zone, or export stores with theirs"
                    : "one store assumed, set time-zone")
        }
        lines.append("set hours: without them waits count day and night")
        for (channel, isManaged) in foundChannels where !isManaged {
            lines.append("\(channel): taken for off-channel; managed if you answer there")
        }
        if !folder.has(.outages) && !folder.has(.outageUpdates) && !folder.has(.monitorEvents) {
            lines.append("no outages: write `outages: none` if true")
        }
        for (table, cost) in DealershipDraft.wanted where !folder.has(table) { lines.append("no \(table.plainWords): \(cost)") }
        return lines
    }

    /// Tables that pages need, and what is not told without them.
    private static let wanted: [(StandardTable, String)] = [
        (.serviceVisits, "nothing on sales from service"), (.sales, "nothing on sales from service"),
        (.messages, "nothing on response times"), (.customers, "customers of two systems cannot be told to be the same"),
        (.people, "nobody has a name or a department"),
    ]

    // MARK: parts

    private var hasZones: Bool { folder.has(.stores) && !folder.words(.stores, "time_zone").isEmpty }

    private var zone: String? {
        folder.words(.stores, "time_zone").max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }?.key
    }

    private var head: String {
        let zoneLine = hasZones ? zone.map { "time-zone: \(YAMLText.scalar($0))  # of stores that name none in their export" } : nil
        return """
            # \(name.split(whereSeparator: \.isNewline).joined(separator: " ")): how its exports are read and counted. Settings with their usual value stand behind a #:
            # take it away to change one (of all lines that belong to it). kpi check says what is wrong.
            name: \(YAMLText.scalar(name))
            currency: \(currency)
            \(zoneLine ?? "# Write yours: until then clocks without an offset are read as UTC.\n#time-zone: America/Chicago")
            #phone-country: 1  # calling code of numbers written without one
            #language: en  # of pages: en, de, es

            """
    }

    private var currency: String {
        folder.currency.map { "\($0)  # as amounts in the exports say" } ?? "USD  # of every amount in the exports"
    }

    private var hours: String {
        let guess = ReplyHours(folder)
        var lines = [
            "# Write your hours here: when somebody is there to answer, by the store's own clock. Waits count only in these",
            "# hours; without them they count day and night.",
        ]
        if !guess.lines.isEmpty {
            lines.append("# Guessed from when staff reply (\(ExportNotes.grouped(guess.replies)) replies looked at); yours are better:")
        }
        lines.append("#hours:")
        let week = guess.lines.isEmpty ? ["mon-fri: \"08:00-18:00\"", "sat: \"09:00-16:00\""] : guess.lines
        lines += week.map { "#  " + $0 }
        lines += ["# Dates on which it is otherwise:", "#exceptions:", "#  2026-12-25: closed", ""]
        let departments = folder.words(.people, "department").merging(folder.words(.messages, "department"), uniquingKeysWith: +)
        if !departments.isEmpty {
            let names = departments.keys.sorted().prefix(12).joined(separator: ", ")
            lines.append("# Departments found: \(names). One with hours of its own:")
        } else {
            lines.append("# A department with hours of its own:")
        }
        lines += ["#departments: { parts: { hours: { mon-fri: \"08:00-17:00\" } } }", ""]
        return lines.joined(separator: "\n")
    }

    /// Off-channel is what the dealership does not answer through systems of its own.
    private var foundChannels: [(name: String, isManaged: Bool)] {
        let away = ["whatsapp", "personal", "private", "facebook", "instagram", "messenger", "wechat", "telegram", "signal"]
        let names = Set(folder.words(.messages, "channel").keys).union(folder.words(.conversations, "channel").keys)
        return names.sorted().prefix(20).map { name in (name, !away.contains { name.lowercased().contains($0) }) }
    }

    private var channels: String {
        guard !foundChannels.isEmpty else {
            return "# Channels you answer through your own systems, and those you know of:\n#channels: { email: managed, sms: managed, phone: managed, whatsapp: off-channel }\n"
        }
        let lines = foundChannels.map { channel in
            "  \(YAMLText.scalar(channel.name)): \(channel.isManaged ? "managed" : "off-channel  # not ours? managed if you answer there")"
        }
        return (["# Channels found in the exports.", "channels:"] + lines + [""]).joined(separator: "\n")
    }

    private var outages: String {
        let isLogged = folder.has(.outages) || folder.has(.outageUpdates) || folder.has(.monitorEvents)
        var lines = ["# What stops when a system is down, and how outages are counted."]
        if !isLogged { lines += ["# No export tells of outages. If there were none, say so:", "#outages: none"] }
        let systems = isLogged ? folder.words(.outages, "system").keys.sorted() : []
        if isLogged { lines += UsualSettings.outages }
        if !systems.isEmpty {
            lines.append("# Systems found: \(systems.prefix(12).joined(separator: ", ")). Say what each stops, such as")
            lines.append("#   systems: { \(YAMLText.scalar(systems[0])): { activities: [sms] } }")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var exports: String {
        var drafts = folder.groups.map(MappingDraft.init).filter(\.isNeeded)
        for index in drafts.indices {
            let table = drafts[index].recognition.table
            drafts[index].isOneOfSeveral = folder.groups.count { $0.recognition.table == table } > 1
        }
        let plain = folder.groups.map(MappingDraft.init).filter { !$0.isNeeded }.map(\.pattern)
        var lines = ["# Where each table comes from. Ours: the export's column, with the reason where the name does not say it."]
        if !plain.isEmpty { lines.append("# Named as in the manual, nothing to map: \(plain.joined(separator: ", ")).") }
        for file in folder.files where file.copyOf != nil { lines.append("# \(file.label) is the same as \(file.copyOf ?? "")") }
        for file in folder.files where file.recognition.map({ $0.table == nil }) == true {
            lines.append("# \(file.label) was not recognised.")
        }
        guard !drafts.isEmpty else { return lines.joined(separator: "\n") + "\n" }
        let isAnyReadable = drafts.contains { $0.recognition.isReadable }
        lines.append(isAnyReadable ? "exports:" : "# exports:")
        var last: StandardTable?
        for table in StandardTable.allCases {
            let own = drafts.filter { $0.recognition.table == table }
            // Those that can be read stand first, so that what cannot is a comment at the end of the list.
            for draft in own.filter(\.recognition.isReadable) + own.filter({ !$0.recognition.isReadable }) {
                if last != table { lines.append("  \(draft.recognition.isReadable ? "" : "# ")\(table):") }
                last = table
                lines.append(draft.entry)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
