import ArgumentParser
import Basis
import Dealership
import Foundation
import Ingest

struct HoursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hours", abstract: "Open time between two instants, with the intervals counted.")

    @OptionGroup var folder: FolderOptions
    @Argument(help: "From: 2026-10-31T14:05, on the store's clock.")
    var from: String
    @Argument(help: "To.")
    var to: String
    @Option(help: "The store. Default: the only one.")
    var store: String?
    @Option(help: "A department's hours.")
    var department: String?

    func run() async throws {
        let messages = Messages(showValues: folder.showValues)
        try await messages.run {
            let settings = try folder.readSettings()
            let stores = try await StagedExports.readStores(
                directory: folder.directory, settings: settings.value, tasks: folder.taskCount,
                archive: try folder.archive())
            let index = try chosen(stores.stores)
            let zone = index.map { stores.zones[stores.stores[$0].zone] } ?? stores.zones[0]
            let hours = settings.value.hours.hours(store: index.map { stores.stores[$0].identifier }, department: department)
            guard let begin = LocalTimeText.instant(from, zone: zone, atEndOfDay: false),
                let end = LocalTimeText.instant(to, zone: zone, atEndOfDay: false)
            else {
                throw Rejection(
                    Diagnostic(
                        .error, "bad-time", "\(from) or \(to) is no time", remedies: ["write 2026-10-31T14:05 or 2026-10-31"]))
            }
            guard begin <= end else {
                throw Rejection(
                    Diagnostic(.error, "ends-before-start", "\(to) is before \(from)", remedies: ["swap them"]))
            }
            let table = OpenTime(hours: hours ?? .always, zone: zone, from: zone.day(at: begin) + -1, through: zone.day(at: end) + 1)
            for span in table.intervals(from: begin, to: end) ?? [] {
                print("\(local(span.lowerBound, zone)) to \(local(span.upperBound, zone))  \(span.upperBound - span.lowerBound) s")
            }
            print("open \(table.openSeconds(from: begin, to: end) ?? 0) s of \(end - begin) s on the wall clock, \(zone.identifier)")
        }
    }

    private func chosen(_ stores: [Store]) throws(Rejection) -> Int? {
        guard let store else {
            guard stores.count > 1 else { return stores.isEmpty ? nil : 0 }
            throw Rejection(
                Diagnostic(.error, "which-store", "there are \(stores.count) stores", remedies: ["say which: --store ID"]))
        }
        guard let index = stores.firstIndex(where: { $0.identifier == store }) else {
            throw Rejection(unknownStore(store, among: stores.map(\.identifier)))
        }
        return index
    }

    private func local(_ instant: Instant, _ zone: ZoneRules) -> String {
        let text = Instant(seconds: zone.localSeconds(at: instant)).description
        return text.dropLast().replacingOccurrences(of: "T", with: " ")
    }
}
