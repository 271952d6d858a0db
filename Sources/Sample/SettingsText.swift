import Basis

extension SampleFolder {
    /// dealership.yaml, the change efforts, the reward rules, and what was done about last month's actions.
    mutating func writeTexts(_ frames: [StoreFrame], _ plan: OutagePlan) {
        func add(_ path: String, _ text: String) { texts.append(SampleFile(path, Array(text.utf8))) }
        add("dealership.yaml", settings(frames))
        for effort in Effort.allCases { add("efforts/\(effort.name).yaml", effort.text(options)) }
        add("rewards/answered-in-time.yaml", answeredInTime)
        add("rewards/leads-reached.yaml", leadsReached)
        add("actions.csv", actions)
    }

    private func settings(_ frames: [StoreFrame]) -> String {
        let name = options.stores == 1 ? "Riverside Motors" : "Riverside Group"
        return """
            # \(name): a made-up dealership. Nobody in here exists, and no number can be dialled.
            # Every setting stands here with a word on what it does; delete one and its usual value holds.
            name: \(name)
            currency: USD                          # of every amount in the exports
            time-zone: \(frames[0].zoneName)             # for stores that name none in exports/stores.csv

            # How pages look: default, high-contrast or monochrome. Your own colours, logo (PNG or SVG) and fonts:
            # look: { accent: "#0B5A9D", signal: "#C84C0C", logo: logo.png, fonts: { text: [A.otf, A-Bold.otf] } }
            look: default

            # When somebody is there to answer, by each store's own clock. Waits count only in these hours.
            hours:
              mon-fri: "07:30-19:00"
              sat: "08:00-17:00"
            # Dates on which it is otherwise.
            exceptions:
            \(exceptions)
            # A department with hours of its own would stand here:
            # departments: { parts: { hours: { mon-fri: "08:00-17:00" } } }
            # How many people are there to answer, for pages that hold traffic against them:
            # staffing:
            #   service: { mon-fri: "07:30-12:00 x5, 12:00-19:00 x7", sat: "08:00-17:00 x3" }
            #   sales: { mon-fri: "07:30-19:00 x5", sat: "08:00-17:00 x4" }
            # Contacts somebody looked through by hand, and how many had gone past our channels.
            # off-channel-audit: { looked-at: 200, off-channel: 31 }
            # Replies that look made to stop the clock: one text in over this share, or quicker than this.
            # stopped-clocks: { share: 30 %, seconds: 20, minimum: 10 }

            # Channels the dealership answers through its own systems; whatsapp is known of, but not ours.
            channels:
              phone: managed
              email: managed
              sms: managed
              chat: managed
              task: managed                        # between departments
              whatsapp: off-channel

            # What you want to reach; pages mark what misses it.
            targets:
              # open time until a person answers
              first-response-time: { email: 1 h, sms: 15 min, chat: 2 min, phone: 5 min }
              answered-in-time: 90 %               # of the customers who wrote or called
              sales-from-service: 30               # a month
              unanswered: 25                       # a month at most
              hours-lost-to-outages: 4 h           # of open time a month at most
              match-rate: 85 %                     # service customers who are also found in the CRM
              handoff: 4 h                         # open time until the other department answers
              # on the way from visit to sale: of those who came to the step before
              funnel: { lead: 30 %, contact: 35 %, appointment: 65 %, shown: 70 %, sold: 60 % }

            # A sale counts as coming from service when it follows a visit within the window.
            conversion:
              window: 60 days
              credit: last-touch                   # the latest visit gets it; or first-touch
              denominator: visits                  # or customers, households
              minimum-n: 20                        # fewer than that: counts, no rate
              same-customer: person                # whose visits sales are credited to; or household
              capture-hours: 24                    # after a visit, by which its customer is in the CRM
              way-back: 180 days                   # by then who bought should have booked the first service
              # dedicated: [conquest]              # roles or people who look after service customers only

            # Which booked service customers are worth a word from sales: one of any-of, and all of all-of if given.
            # Others: months-since-purchase: { min: 36 }, bought-here: yes, pay-type: [customer, warranty]
            prospects:
              any-of:
                vehicle-age: { min: 8, max: 12 }   # years from the model year; min or max alone will do
                mileage: { min: 100000 }           # as last read
                lease-end-within: 120 days         # of the appointment
                recall: yes                        # as the scheduler has it
              before: 7 days                       # a word counts from then to the end of the visit's day
              department: sales                    # whose word

            conversations:
              answer-on: any-managed               # a call answers an e-mail; or same
              gap: 3 days                          # without a thread, a longer pause begins a new one

            # What stops when a system is down, whose it is, and whether it is written down what to do then.
            outages:
              recovery: 30 min                     # open time after restoration in which the queue clears
              protocol: { acknowledge: 15 min, work-around: 30 min }   # steps of every other system with a protocol
              weeks: 8                             # clean weeks in which the same hours are looked up
              recapture: 3 days                    # after it, in which who was kept away may still come
              delay-bound: 8 h                     # open time, over the outage's own, up to which a wait counts
              mailing-tolerance: 15 min            # a mailing off by more is late or early
              staff-hour: 38                       # of somebody who sees to it; without it its cost is not known
              staff-people: 1                      # at work on it in each store while it lasts
              excluded: all                        # from late answers; external: not planned work or own faults
              # A system may also say whose it is, kind: vendor, utility or own, and its stores: [S1, S2].
              systems:
                e-mail:
                  activities: [email, mailings]
                  vendor: Northmail
                  protocol:                        # what is done when it breaks, and how long there is for it
                    acknowledge: 45 min            # from its start, by the clock on the wall
                    tell-customers: { within: 1 h, from: detection, clock: open }
                    work-around: 2 h
                    after-care: 2 days             # from its end
                phone lines: { activities: [phone], vendor: Linewell, protocol: yes }
                text platform: { activities: [sms], vendor: Pingbridge, protocol: no }
                scheduler: { activities: [visits], vendor: Bookwell, protocol: no }
                payments: { activities: [payments], vendor: Tillmark, protocol: yes }
                website: { activities: [leads], vendor: Formwise, protocol: no }

            # Changes that are tried, a file each in efforts/. More at once than this is flagged, and a week or month
            # with more of its open time under an outage is left out of the verdict.
            efforts: { at-once: 3, outage-share: 5 % }

            # Who is asked to do something about it, and by when.
            owners:
              default: { name: Jordan Ellis, role: Service manager }
              sms: { name: Jordan Ellis, role: Service manager }
              email: { name: Jordan Ellis, role: Service manager }
              sales: { name: Priya Nair, role: Sales manager }
              Northmail: { name: Sam Okafor, role: Office manager }
              Bookwell: { name: Sam Okafor, role: Office manager }
            due-in: { default: 14 days, sms: 7 days, Northmail: 13 days }

            # What a customer gets whom an outage hit, from small to large: the last rung that holds, and one only.
            # Conditions: answer late, waited over 4 h, down over 2 h, visit moved, lead late, met or spoken to,
            # own fault; several joined by and.
            ladder:
              - { when: answer late, give: explain and apologise }
              # an amount is due after a rare outage that was not ours only if you say so
              - { when: waited over 4 h, give: small credit, amount: 25, even-when-rare: yes }
              - { when: visit moved, give: discount or free item, amount: 60, even-when-rare: yes }
              - { when: answer late and met or spoken to, give: a call from the manager }
            # What vendors promised, and what they owe when it was not kept.
            contracts:
              Northmail:
                availability: 99.9 %               # of each month
                measured: open                     # in opening hours; else of all time
                fee: 1648                          # a month
                credit: { below 99.9 %: 10 %, below 99.0 %: 25 % }
                claim-within: 31 days              # of the outage that broke the promise
                renewal: \((options.lastMonth + 4).firstDay)
                notice: 60 days
              Bookwell:
                availability: 99.7 %
                fee: 380
                credit: { below 99.7 %: 10 % }
                claim-within: 31 days
              Linewell:
                availability: 99.5 %
                measured: open
                fee: 940
                credit: { 99.0 % to 99.5 %: 5 %, below 99.0 %: 15 % }
                claim-within: 30 days
                claim-from: month                  # counted from its last day
                from: \((options.lastMonth + -5).firstDay + 14)
            # When to leave a vendor, and when to watch it: over the last twelve months.
            rules:
              vendors:
                over: 12 months
                switch: { months-missed: 3, claims-answered-below: 50 % }
                watch: [{ months-missed: 2 }, { outages: 6 }]

            \(ExportsText.text(from: options.firstDay))
            """ + "\n"
    }

    private var exceptions: String {
        Holidays.all(options).map { "  \($0.day): \($0.isClosed ? "closed" : "\"08:00-12:00\"")" }
            .joined(separator: "\n")
    }

    private var rewardsBegin: Month { options.lastMonth + -9 }

    private var answeredInTime: String {
        """
        # What is paid for answering in time. kpi check proves it, kpi rewards show computes it, close fixes a month.
        name: Answered in time
        version: 1                             # one more with every change
        approved: \(rewardsBegin.firstDay + -12)
        approvers: [Jordan Ellis, Sam Okafor]  # two, neither paid by it
        in-force: \(rewardsBegin)                # months before are not paid by it
        currency: USD
        measure: first-response-time           # of each person's own conversations
        clock: open
        adjusted: yes                          # without outages and approved leave
        channels: [email]                      # texts of a shared number belong to nobody in person
        eligible: { departments: [service], roles: [advisor, bdc], minimum-n: 20, days-present: 10 }
        tiers:                                 # the share answered in time, and what a whole month pays
          - { from: 85 %, below: 90 %, pays: 60 }
          - { from: 90 %, below: 95 %, pays: 90 }
          - { from: 95 %, pays: 120 }
        cap: 120                               # a person and month
        pool: \(1_000 * options.stores)                             # all of them together
        pro-rata: yes                          # who comes, goes or moves is paid for the days
        rounding: { to: 0.01, mode: half-up }
        late-data: add-only                    # later rows add, and take nothing back
        ask: { within: 14 days, whom: Sam Okafor }
        """ + "\n"
    }

    private var leadsReached: String {
        """
        # What is paid for leads that a person reached in time: points, and a pool that they cannot exceed.
        name: Leads reached
        version: 1
        approved: \(rewardsBegin.firstDay + -12)
        approvers: [Priya Nair, Sam Okafor]
        in-force: \(rewardsBegin)
        measure: lead-response-time
        target: 30 min                         # of open time
        eligible: { departments: [sales], roles: [salesperson, conquest], minimum-n: 20 }
        points: { in-time: 2, late: 0, unanswered: -2, pays: 1.50 }
        cap: 120
        pool: \(900 * options.stores)
        late-data: both                        # a correction may also take back
        """ + "\n"
    }

    private var actions: String {
        let first = options.lastMonth.firstDay
        return "id,done_on\nphone-callbacks,\(first + 5)\nunanswered-last-month,\(first + 8)\ntext-platform-protocol,\n"
    }
}

/// The `exports` part of dealership.yaml.
enum ExportsText {
    static func text(from: Day) -> String {
        """
        # Where each table comes from. Columns named as in the manual need no mapping.
        # `system` tells whose customer numbers they are: 1010001 of the DMS is not 1010001 of the CRM.
        # A workbook is mapped like a text file; `sheet: October` and `header-row: 3` say where
        # its rows are, if that is not found.
        exports:
          customers:
            - { file: customers_dms.csv, system: dms, label: DMS customers }
            - { file: customers_crm.csv, system: crm, label: CRM customers }
          service_visits:
            file: "RO_*.tsv"
            system: dms
            label: DMS repair orders
            covered-from: \(from)
            delimiter: tab
            dates: mdy
            columns:
              store_id: Store
              visit_id: RO Number
              customer_id: Cust No
              vin: VIN
              vehicle_year: Model Yr
              mileage: Mileage
              opened_at: Open Date
              closed_at: Close Date
              advisor_id: Advisor
              amount: Total Amt
              pay_type: { column: Pay, values: { C: customer, W: warranty, I: internal } }
              status: { column: Status, values: { O: open, C: closed, V: void } }
              bought_here: Sold By Us
              appointment_id: Appt
          sales: { file: dms_deals.csv, system: dms, label: DMS deals }
          leads: { file: crm_leads.csv, system: crm, label: CRM leads }
          appointments:
            # vin, vehicle_year, mileage, lease_end and recall are for prospects; what is empty comes from repair orders
            - { file: scheduler.csv, system: dms, label: Service appointments }
            - { file: crm_appointments.csv, system: crm, label: Sales appointments }
          messages:
            - { file: email.csv, system: crm, label: E-mail, columns: { channel: { value: email } } }
            - { file: texts.csv, system: crm, label: Text, columns: { channel: { value: sms } } }
            - { file: chat.csv, system: crm, label: Chat, columns: { channel: { value: chat } } }
            - { file: crm_tasks.csv, system: crm, label: Tasks, columns: { channel: { value: task } } }
            - { file: other_channels.csv, system: crm, label: Other channels }
            - file: calls.csv
              system: crm
              label: Phone log
              columns:
                message_id: Call ID
                conversation_id: Thread
                store_id: Store
                customer_id: Caller
                channel: { value: phone }
                direction: { column: Direction, values: { IN: inbound, OUT: outbound } }
                person_id: Agent
                department: { column: Line, values: { SERVICE: service, SALES: sales, PARTS: parts, FINANCE: finance } }
                sent_at: Start
                outcome:
                  column: Result
                  values: { ANSWERED: answered, NO ANSWER: missed, VOICEMAIL: voicemail, RETURNED: returned }
          conversations: { file: conversations.csv, system: crm, label: Assignments }
          outages: { file: outages.csv, label: Outage log }
          remedies: { file: remedies.csv, system: crm, label: Remedies }
          complaints: { file: complaints.csv, system: crm, label: Complaints }
          claims: { file: claims.csv, label: Claims }
          outage_steps: { file: outage_steps.csv, label: Protocol steps }
          mailings: { file: mailings.csv, label: Mailings }
          ratings: { file: ratings.csv, system: dms, label: Ratings }
          # More that a mapping can say, beside `columns:`
          #   preset: dealervault-sv                      a known system's mapping (kpi presets); own keys go before
          #   only: { Type: [RO*], Total: "> 0" }         and except: values, patterns, comparisons, "*" for any value
          #   dates: M/D/YYYY h:mm tt                     as the file writes them; two-digit-years: 1970-2069
          #   decimals: comma                             1.234,50; of a column too; unless said, 1.234 is not read
          #   quotes: no                                  quotes are letters like others
          # and under a column
          #   { column: Ops, split: "|", part: 1 }        a part; split: ["|", "^"], part: [1, 2]; sum: yes adds all
          #   { sum: [Customer Total, Warranty Total] }   numbers added; { join: [First, Last], with: " " }
          #   { date: OpenDate, time: OpenTime }          two columns; { column: Start, plus: Took, unit: min }
          #   { choose: [{ when: { Voided: "*" }, value: void }, { column: Status }] }
          #   cut, strip, leading-zeros: no, prefix, default, unit: cents or km, values-file, dates, time-zone, optional
        """
    }
}
