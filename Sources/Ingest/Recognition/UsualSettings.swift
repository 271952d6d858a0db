/// Settings that hold where nobody says otherwise, as a draft of dealership.yaml shows them: each behind a `#`.
enum UsualSettings {
    static let middle = """
        # What you want to reach; pages mark what misses it. None is set until you set it.
        #targets:
        #  first-response-time: { email: 1 h, sms: 15 min, phone: 5 min }  # open time until a person answers
        #  answered-in-time: 90 %
        #  sales-from-service: 30  # a month
        #  unanswered: 25  # a month at most
        #  hours-lost-to-outages: 4 h  # of open time a month at most
        #  match-rate: 85 %  # service customers who are also found in the CRM
        #  handoff: 4 h  # open time until the other department answers

        # A sale counts as coming from service when it follows a visit within the window.
        #conversion:
        #  window: 60 days
        #  credit: last-touch  # the latest visit gets it; or first-touch
        #  denominator: visits  # or customers, households
        #  minimum-n: 20  # fewer than that: counts, no rate
        #  same-customer: person  # or household
        #  capture-hours: 24  # after a visit, by which its customer is in the CRM
        #  way-back: 180 days  # by then who bought should have booked the first service

        #conversations:
        #  answer-on: any-managed  # a call answers an e-mail; or same
        #  gap: 3 days  # without a thread, a longer pause begins a new one

        # Replies that look made to stop the clock: one text in over this share, or quicker than this.
        #stopped-clocks: { share: 30 %, seconds: 20, minimum: 10 }

        # Which booked service customers are worth a word from sales (kpi prospects).
        #prospects: { any-of: { vehicle-age: { min: 8 }, mileage: { min: 100000 } }, before: 7 days, department: sales }

        """

    static let outages = [
        "#outages:",
        "#  recovery: 0 min  # open time after restoration in which the queue clears",
        "#  excluded: all  # from late answers; external: not planned work or own faults",
        "#  weeks: 8  # clean weeks in which the same hours are looked up",
        "#  recapture: 3 days  # after it, in which who was kept away may still come",
        "#  delay-bound: 8 h  # open time, over the outage's own, up to which a wait counts",
        "#  mailing-tolerance: 15 min  # a mailing off by more is late or early",
        "#  staff-people: 1  # at work on it in each store while it lasts",
        "#  systems: { text platform: { activities: [sms], vendor: Pingbridge, protocol: no } }",
    ]

    static let end = """
        # Changes that are tried, a file each in efforts/.
        #efforts: { at-once: 3, outage-share: 5 % }

        # Who is asked to do something about it, and by when.
        #owners: { default: { name: Jordan Ellis, role: Service manager } }
        #due-in: { default: 14 days }

        # How pages look: default, high-contrast or monochrome.
        #look: default

        """
}
