import Basis
import Dealership
import Measures
import Programs

/// What holds where a file says nothing. Each value is printed with the figures that use it; none hides in the code.
enum Defaults {
    /// The exports described in public are those of dealers in the United States.
    static let currency = "USD"

    /// Blue and orange are told apart by every kind of eye; both can be text on white.
    static let accent = WebColor(red: 0x0B, green: 0x5A, blue: 0x9D)
    static let signal = WebColor(red: 0xC8, green: 0x4C, blue: 0x0C)

    /// Two months cover most purchases that a repair bill sets off, and let a month's figure be final before the next
    /// quarter ends; longer windows credit service with sales that would have come anyway.
    static let windowDays = 60
    /// The last visit is what the salesperson could act on; it also spares the reader visits years back.
    static let credit = ConversionSettings.Credit.lastTouch
    /// A visit is the chance that is won or lost; who comes twice was a chance twice.
    static let denominator = ConversionSettings.Denominator.visits
    /// At 20 a Wilson 95 % interval is still some 40 points wide for a share of one half: below it a rate says nothing.
    static let minimumN = 20
    /// A sale to the neighbour in the same house is not the visitor's; who wants households credited says so.
    static let sameCustomer = ConversionSettings.SameCustomer.person
    /// By the next day whoever calls a service customer can know of the visit.
    static let captureHours = 24
    /// The exports described in public are those of dealers in the United States; Canada dials alike.
    static let callingCode = 1

    /// Half a year: the first service of most makes is due by then, whether by months or by miles.
    static let wayBackDays = 180
    /// A week before the visit the salesperson has the list; who wrote longer ago wrote of something else.
    static let prospectDays = 7
    /// Whose word is a word from sales.
    static let prospectDepartment = "sales"

    /// The customer was answered, whichever way: a call that answers an e-mail is an answer.
    static let answerOn = ConversationSettings.AnswerOn.anyManaged
    /// Over a weekend and a day a customer still means the same matter; after that a message begins a new one.
    static let gapSeconds: Int64 = 3 * 86_400
    /// Three first replies in ten with one and the same text: a greeting out of habit stays below it, a button that is
    /// pressed to stop the clock does not.
    static let stoppedClockPermille = 300
    /// Nobody reads a question and writes an answer to it in less.
    static let stoppedClockSeconds: Int64 = 20
    /// Of fewer first replies three alike are chance.
    static let stoppedClockMinimum = 10
    /// Nothing is excused that the owner has not named.
    static let recoverySeconds: Int64 = 0
    /// Who could not answer is not late, whoever broke the system; who wants one's own systems kept up says `external`.
    static let excluded = OutageSettings.Excluded.all
    /// Two months: enough that chance evens out, near enough that the season is the same.
    static let cleanWeeks = 8
    /// Who could not reach us tries again the same day or the next, or after a weekend.
    static let recaptureDays = 3
    /// A working day: what lies longer lies for other reasons than the outage.
    static let delayBoundSeconds: Int64 = 28_800
    /// Nobody notices a mailing that leaves a quarter of an hour off.
    static let mailingToleranceSeconds: Int64 = 900
    /// Somebody sees to it as long as it lasts.
    static let staffPeople = 1
    /// A protocol nobody has told us of helps nobody on the day.
    static let hasProtocol = false
    /// Customers wait by the clock on the wall, and so does a step until somebody says otherwise.
    static let protocolClock = OutageProtocol.Step.Clock.wall

    /// Contracts promise a calendar month, day and night, and leave out what was announced.
    static let contractClock = VendorContract.Clock.all
    static let contractMaintenance = VendorContract.Maintenance.excluded
    /// Terms count the days from the incident; the day it ended is the first on which all of it can be claimed.
    static let claimFrom = VendorContract.ClaimFrom.outage
    /// A year has one of every season, and most contracts renew by it.
    static let vendorMonths = 12

    /// The first and the second outage of a quarter are bad luck; the third is a habit.
    static let rareOutages = 2
    static let rareDays = 90
    /// Who was here or on the telephone within a month still knows our voice.
    static let metDays = 30
    /// A third apology says that nothing was learnt from the first.
    static let mostApologies = 2
    /// Compensation is not the default for a rare outage that was not ours.
    static let evenWhenRare = false

    /// Slash dates are month first in the United States; a file that contradicts it (13/04) is reported on import.
    static let dateOrder = ExportSettings.DateOrder.monthFirst

    /// Beyond three changes at once nobody can say which of them did what.
    static let effortsAtOnce = 3
    /// Of a period's open time: a tenth of a shift down changes a figure, a quarter of an hour does not.
    static let effortOutagePermille = 50
    static let effortPeriod = Effort.Period.month
    static let effortMethod = Effort.Method.step
    static let effortLooks = 2
    /// An outage is not what the change did.
    static let effortOutages = Effort.Outages.leaveOut

    /// A page on a wall is read across; the monthly comps are drawn so.
    static let orientation = Orientation.landscape
    static let contents = false

    /// What people can do something about, and what nobody broke under their hands.
    static let rewardClock = FirstResponseTime.Clock.open
    static let rewardOwner = RewardRule.Counting.Owner.answered
    /// One day: who worked any of it is paid by pro rata, if there is enough to judge by.
    static let rewardDaysPresent = 1
    /// Of ten silences one may be nobody's: a row cut off, a thread of a former colleague. More would pay for ignoring.
    static let rewardLeastAssigned = 900
    static let rewardProRata = true
    static let rewardRounding = RewardRule.Rounding(to: Money(minorUnits: 1), mode: .halfUp)
    /// What was paid in good faith is not taken back.
    static let rewardLateData = RewardRule.LateData.addOnly
    static let rewardAskDays = 14
    static let rewardTeam = RewardRule.TeamShare.Unit.all
    static let rewardDivision = RewardRule.TeamShare.Division.days
}
