public import Basis
public import Dealership

/// Reads `dealership.yaml`.
public enum DealershipFile {
    /// `file` is how messages name it. Throws every error of the file at once; notes and warnings come with the value.
    public static func read(text: String, file: String) throws(Rejection) -> Checked<DealershipSettings> {
        let root = try Composer.root(of: text, file: file)
        var reader = Reader(file: file, schema: .dealershipFile)
        let settings = reader.dealership(root)
        return try reader.checked(settings)
    }

    /// What can be read of a file with errors, beside all of them: each section that has one stands as if it were not
    /// written. No settings where nothing can be made of the text, or it names nobody.
    public static func readable(
        bytes: [UInt8], file: String
    ) -> (settings: DealershipSettings?, diagnostics: [Diagnostic]) {
        do throws(Rejection) {
            let root = try Composer.root(of: DefinitionText.decode(bytes, file: file), file: file)
            var reader = Reader(file: file, schema: .dealershipFile)
            let settings = reader.dealership(root)
            do throws(Rejection) {
                let checked = try reader.checked(settings)
                return (checked.value, checked.diagnostics)
            } catch {
                return (settings, error.diagnostics)
            }
        } catch {
            return (nil, error.diagnostics)
        }
    }

    public static func read(bytes: [UInt8], file: String) throws(Rejection) -> Checked<DealershipSettings> {
        try read(text: DefinitionText.decode(bytes, file: file), file: file)
    }
}

extension Reader {
    fileprivate mutating func dealership(_ root: Field) -> DealershipSettings? {
        guard let fields = fields(root, .dealership, of: "dealership.yaml") else { return nil }
        let name = required(fields, "name", "write `name:` and the dealership's name").flatMap { text($0) }
        let channels = fields["channels"].map { self.channels($0) } ?? []
        let outages = self.outages(fields["outages"], channels)
        let country = PhoneCountry(
            callingCode: fields["phone-country"].flatMap { integer($0, in: 1...999) } ?? Defaults.callingCode)
        let settings = DealershipSettings(
            name: name ?? "",
            currency: fields["currency"].flatMap { currency($0) } ?? Defaults.currency,
            timeZone: fields["time-zone"].flatMap { timeZone($0) },
            hours: hours(fields),
            channels: channels,
            targets: fields["targets"].map { targets($0, channels) } ?? TargetSettings(),
            conversion: conversion(fields["conversion"]),
            conversations: conversations(fields["conversations"]),
            outages: outages,
            exports: (fields["exports"].map { exports($0) } ?? []).map { $0.reading(phonesOf: country) },
            owners: fields["owners"].map { owners($0) } ?? [:],
            dueInDays: fields["due-in"].map { dueIn($0) } ?? [:],
            stoppedClocks: stoppedClocks(fields["stopped-clocks"]),
            staffing: fields["staffing"].flatMap { staffing($0) },
            offChannelAudit: fields["off-channel-audit"].flatMap { offChannelAudit($0) },
            phoneCountry: country,
            prospects: fields["prospects"].flatMap { prospects($0) },
            ladder: fields["ladder"].flatMap { ladder($0) },
            contracts: fields["contracts"].map { contracts($0, outages.systems) } ?? [],
            vendorRule: fields["rules"].flatMap { rules($0) },
            efforts: efforts(fields["efforts"]), language: fields["language"].flatMap { text($0) },
            look: fields["look"].map { look($0) } ?? LookSettings())
        for key in Schema.laterKeys {
            guard let field = fields[key] else { continue }
            fault(
                .notReadYet, field, row: field.keyRow,
                "\(quoted(key)) is not checked here", ["the commands that use it read it"], severity: .note)
        }
        return name == nil ? nil : settings
    }

    private mutating func efforts(_ field: Field?) -> EffortSettings {
        let fields = field.flatMap { self.fields($0, .efforts, of: quoted("efforts")) }
        return EffortSettings(
            mostAtOnce: fields?["at-once"].flatMap { integer($0, in: 1...20) } ?? Defaults.effortsAtOnce,
            outagePermille: fields?["outage-share"].flatMap { share($0) } ?? Defaults.effortOutagePermille)
    }

    private mutating func currency(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let isCode = text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) }
        if isCode { return text }
        let upper = text.uppercased()
        let near = upper.utf8.count == 3 && upper.utf8.allSatisfy { (65...90).contains($0) } ? upper : "USD"
        fault(
            .badCurrency, field, "\(quoted(text)) is not a currency's code", ["write three capitals, such as \(near)"])
        return nil
    }

    /// The form of an IANA name. Whether the zone exists is told by whoever holds the zones' data.
    mutating func timeZone(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isName = parts.count > 1 && parts.allSatisfy { part in
            part.first?.isLetter == true
                && part.utf8.allSatisfy { $0 == 43 || $0 == 45 || $0 == 95 || isLetterOrDigit($0) }
        }
        if isName || text == "UTC" { return text }
        let near = ZoneAbbreviations.meaning[text.uppercased()] ?? "America/Chicago"
        fault(
            .badTimeZone, field, "\(quoted(text)) is not a time zone's name",
            ["write continent and city, such as \(near): only that knows summer time"])
        return nil
    }

    private mutating func channels(_ field: Field) -> [ChannelSettings] {
        let entries = entries(field, of: "channels") ?? []
        return entries.compactMap { entry in
            choice(entry, among: [ChannelSettings.Management.managed, .offChannel])
                .map { ChannelSettings(name: entry.key, management: $0) }
        }
    }

    private mutating func owners(_ field: Field) -> [String: OwnerSettings] {
        var owners: [String: OwnerSettings] = [:]
        for entry in entries(field, of: "owners") ?? [] {
            guard entry.isMapping else {
                owners[entry.key] = text(entry).map { OwnerSettings(name: $0) }
                continue
            }
            guard let fields = fields(entry, .owner, of: "an owner") else { continue }
            guard let name = required(fields, "name", "write `name:` and who it is").flatMap({ text($0) }) else {
                continue
            }
            owners[entry.key] = OwnerSettings(name: name, role: fields["role"].flatMap { text($0) })
        }
        return owners
    }

    private mutating func dueIn(_ field: Field) -> [String: Int] {
        var days: [String: Int] = [:]
        for entry in entries(field, of: "due-in") ?? [] { days[entry.key] = self.days(entry, in: 0...366) }
        return days
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
}

/// What is written where a zone's name belongs, and what is meant in North America.
private enum ZoneAbbreviations {
    static let meaning = [
        "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York", "EASTERN": "America/New_York",
        "CT": "America/Chicago", "CST": "America/Chicago", "CDT": "America/Chicago", "CENTRAL": "America/Chicago",
        "MT": "America/Denver", "MST": "America/Denver", "MDT": "America/Denver", "MOUNTAIN": "America/Denver",
        "PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
        "PACIFIC": "America/Los_Angeles", "GMT": "Europe/London", "BST": "Europe/London", "CET": "Europe/Berlin",
    ]
}
