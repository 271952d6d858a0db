import Basis
import Dealership
import Drawing
import Measures

/// First replies that look made to stop the clock, by person: for a look, not for a score.
struct ReviewListPanel {
    let context: ReportContext
    /// People at most.
    let limit: Int

    private struct Person {
        var identifier: String
        var name: String
        var replies: Int
        var listed: Int
        var sameText: Int
        var tooQuick: Int
        var askedAgain: Int
    }

    private var people: [Person] {
        context.labels(.stoppedClocks, .person).compactMap { identifier -> Person? in
            func count(_ column: String) -> Int { context.count(.stoppedClocks, column, [.person: identifier]) ?? 0 }
            let listed = count("listed")
            guard listed > 0 else { return nil }
            let name = context.header.people[identifier]?.name ?? ""
            return Person(
                identifier: identifier,
                name: !name.isEmpty ? name : identifier.isEmpty ? say("nobody named") : identifier,
                replies: count("first_replies"), listed: listed, sameText: count("same_text"), tooQuick: count("too_quick"),
                askedAgain: count("asked_again"))
        }.sorted { ($1.listed, $0.name) < ($0.listed, $1.name) }
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let usual = context.settings.stoppedClocks
        let sub = say(
            "First replies in under \(usual.seconds) s, or one text in over \(Words.share(Double(usual.sharePermille) / 1000)) of a person’s"
        )
        guard let replies = context.count(.stoppedClocks, "first_replies"), replies > 0 else {
            return Block(
                say("Replies for a second look are not known"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Export every message with its **person_id** and **text_hash** as exports/messages.csv: this \
                            panel then lists replies that look made to stop the clock.
                            """))))
        }
        let people = self.people
        let listed = people.reduce(0) { $0 + $1.listed }
        ledger.note(page: page, context.figure("STOP-01", context.month), "Replies for a second look", count: listed)
        for person in people where !person.identifier.isEmpty {
            ledger.note(
                page: page, context.figure("STOP-01", context.month, [.person: person.identifier]),
                "Replies for a second look, \(person.name)", count: person.listed)
        }
        guard listed > 0 else {
            return Block(
                say("No reply looks made to stop the clock"), sub: sub,
                plate: ParagraphPlate(
                    RichText(
                        say("Looked through \(Words.counted(replies, "first reply", "first replies")). \(hashWords)"))))
        }
        // Without text_hash in the export none is listed for its text, which is not 0.
        let hasTexts = people.contains { $0.sameText > 0 }
        let rows = people.prefix(max(limit, 1)).map { person in
            TablePlate.Row.row(
                [
                    Label(person.name),
                    Label(say("\(Words.count(person.listed)) of \(Words.count(person.replies))"), bold: true),
                ]
                    + (hasTexts ? [Label(Words.count(person.sameText))] : [])
                    + [Label(Words.count(person.tooQuick)), Label(Words.count(person.askedAgain))])
        }
        let rest = people.count - rows.count
        let tail = rest > 0 ? say(" \(Words.counted(rest, "more person", "more people")): in the figures file.") : ""
        return Block(
            say("\(Words.counted(listed, "reply", "replies")) for a second look"), sub: sub,
            note: RichText(marked: say("**For a look, not for a score**: a quick reply may be a good one.\(tail)")
                + (hasTexts ? "" : " \(hashWords)")),
            plate: TablePlate(
                subject: say("Replies for a second look"),
                columns: [.init("", flexible: true), .init(say("Listed"), align: .right)]
                    + (hasTexts ? [.init(say("Same text"), align: .right)] : [])
                    + [.init(say("Quick"), align: .right), .init(say("Asked again"), align: .right)],
                rows: Array(rows), rowHeight: 17))
    }

    private var hashWords: String {
        say("One text to many shows only where the export has text_hash.")
    }
}
