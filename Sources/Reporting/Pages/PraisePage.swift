import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// What did people do well? Words to be read out, each from a figure; nobody is ranked, and nobody named more than twice.
enum PraisePage: ReportPage {
    static let tables: [ReportTable] = [.responses, .responsesByPerson, .adjustedByPerson, .ratingsByPerson, .handoffs]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return MissingPage(
                context: context, setting: setting,
                headline: say("No messages exported: nobody can tell what was done well"),
                sentence: RichText(marked: say("**person_id** says who answered.")),
                needs: [
                    .init(
                        panel: say("What people did well"), table: .messages, holds: say("calls, texts, e-mails, with person_id")),
                    .init(panel: say("Names and departments"), table: .people, holds: say("name, department")),
                    .init(panel: say("What customers said"), table: .ratings, holds: say("score and time")),
                ]
            ).draw(ledger)
        }
        let chosen = PraiseWords(context).chosen(setting.definition[.named])
        // What all did together is no praise of anybody by itself.
        let all = chosen.allSatisfy { $0.kind == .all } ? [] : chosen
        for one in all { one.note(setting.number, context, &ledger) }
        let people = Set(all.compactMap(\.person))
        let headline =
            all.isEmpty
            ? say("Nothing stands out beyond chance this month")
            : people.isEmpty
                ? say("Well done, teams") : say("\(Words.counted(people.count, "person", "people")) to thank by name")
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .people, .ratings])
        var layout = setting.layout(
            context, headline: headline,
            sentence: all.isEmpty
                ? say("Where everybody works as they usually do, thank everybody: no name is picked by chance.")
                : say("Ready to be read out. Praise costs nothing and pays nobody; each sentence is from a figure."),
            footer: feet.footer(
                first: [say("Outages and approved leave are taken out; what chance explains is left out.")], ledger: ledger))
        layout.add(rows: rows(all))
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func rows(_ all: [Praise]) -> [PageRow] {
        guard !all.isEmpty else {
            return [
                PageRow(
                    .init(
                        span: 12,
                        Block(
                            say("What would stand here"),
                            plate: PointsPlate(points: [
                                .init(
                                    say("More in time than before"),
                                    say("A share above the person’s own earlier months, beyond chance.")),
                                .init(say("A long run"), say("Months in a row above their own usual.")),
                                .init(say("Clearly above their team"), say("Beyond what the team’s range explains.")),
                                .init(say("What customers say"), say("The best mean of enough ratings.")),
                            ]))))
            ]
        }
        let half = (all.count + 1) / 2
        func block(_ part: ArraySlice<Praise>, _ title: String) -> Block {
            Block(title, plate: SpokenPlate(items: part.map { .init($0.name, $0.text) }))
        }
        if all.count <= 5 { return [PageRow(.init(span: 12, block(all[...], say("To be read out"))))] }
        return [
            PageRow(
                .init(span: 6, block(all[..<half], say("To be read out"))),
                .init(span: 6, block(all[half...], say("And"))))
        ]
    }
}
