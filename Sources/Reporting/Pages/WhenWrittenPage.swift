import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// When do they write, and are we there? Volume and wait by hour and weekday, arrivals after hours, traffic against people
/// on duty.
enum WhenWrittenPage: ReportPage {
    static let tables: [ReportTable] = [
        .responses, .responsesByChannel, .volumesByChannel, .responsesByHour, .responsesByArrival, .traffic,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return missing(context, setting).draw(ledger)
        }
        let answers = ChannelAnswers(context)
        let week = OpenWeek(context)
        let page = setting.number
        let arrivals = Arrivals(context, week: week)
        let traffic = TrafficHours(context, week: week)
        let headline = WhenWrittenHeadline(answers: answers, arrivals: arrivals, traffic: traffic, week: week)
        var rows: [PageRow] = []
        if answers.all.conversations == 0 {
            rows = [PageRow(.init(span: 12, WhoWaitsPage.nothing(answers)))]
        } else {
            let hours = HourPanel(answers, week: week).block(page: page, ledger: &ledger)
            let after = AfterHoursPanel(answers: answers, arrivals: arrivals).block(page: page, ledger: &ledger)
            let duty = TrafficPanel(traffic: traffic).block(page: page, ledger: &ledger)
            let days = DutyDaysPanel(traffic: traffic).block(page: page, ledger: &ledger)
            rows = [
                PageRow(height: .weight(1), .init(span: 7, hours), .init(span: 5, after)),
                PageRow(height: .weight(1), .init(span: 7, duty), .init(span: 5, days)),
            ]
        }
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations])
        let clock = week.days == nil
            ? say("No opening hours given: waits count all hours.")
            : week.words.map { say("Open: \($0).") } ?? say("Open: each store’s and department’s hours.")
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(
                first: ["\(Words.counted(answers.all.conversations, "conversation", "conversations")).", clock], ledger: ledger))
        layout.add(rows: rows)
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting,
            headline: say("No messages exported: nobody can tell when customers write"),
            sentence: say("One row a message with its time is best; one row a conversation with opened_at will do."),
            needs: [
                .init(
                    panel: say("When they write and call"), table: .messages, holds: say("calls, texts, e-mails, chats")
                ),
                .init(
                    panel: say("The same, less exactly"), table: .conversations,
                    holds: say("tickets or threads, with opened_at and answered_at")),
            ])
    }
}

/// What the page says in its first two lines.
struct WhenWrittenHeadline {
    let answers: ChannelAnswers
    let arrivals: Arrivals
    let traffic: TrafficHours
    let week: OpenWeek
    private var context: ReportContext { answers.context }

    var text: String {
        let count = answers.all.conversations
        if count == 0 { return say("No conversation in \(Words.monthName(context.month))") }
        if count < context.minimumN {
            return say("\(Words.counted(count, "conversation", "conversations")): too few to see a pattern")
        }
        if let share = arrivals.share?.estimate, arrivals.after > 0 {
            let words = say("\(Words.share(share)) write when we are closed")
            guard arrivals.after >= context.minimumN else { return words }
            switch arrivals.half {
            case .seconds(let wait) where wait > 0:
                return say("\(words); half of them wait \(Words.duration(wait)) from opening")
            case .over(let wait):
                return say("\(words); more than half of them wait over \(Words.duration(wait)) from opening")
            default: return words
            }
        }
        if arrivals.isKnown { return say("Nobody wrote after hours") }
        return traffic.busiest.map { say("Most write on \($0.words)") } ?? HourPanel(answers, week: week).busiest
    }

    var sentence: RichText {
        var parts: [String] = []
        if !traffic.unmanned.isEmpty {
            let count = traffic.unmanned.count
            parts.append(
                say(
                    count, "**One open hour of the week has customers and nobody on duty.**",
                    "**\(count) open hours of the week have customers and nobody on duty.**"))
        }
        if let most = traffic.heaviest {
            parts.append(
                say(
                    "Most for each person there: \(most.words), **\(most.rate.shown(1)) an hour**; usual \(traffic.rate?.shown(1) ?? "–")."
                ))
        } else if !traffic.isStaffed {
            parts.append(
                say("Whether enough people are there cannot be told: **staffing:** is not in dealership.yaml."))
        }
        if arrivals.isKnown, traffic.heaviest == nil, let busiest = traffic.busiest {
            parts.append(say("Most write on \(busiest.words)."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}
