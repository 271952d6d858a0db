import Basis
import Dealership
import Ingest
import Measures
import Testing

/// What each catalogue entry is asked, one request for every variant of its parameters.
let everyRequest: [MeasureRequest] = {
    let time = TimeToSale(windowDays: 60, credit: .lastTouch, denominator: .customers, minimumN: 1)
    var requests: [MeasureRequest] = [
        MeasureRequest(OutageImpact(answerOn: .anyManaged)), MeasureRequest(OutageExposure(answerOn: .anyManaged)),
        MeasureRequest(MissingVolume(answerOn: .anyManaged)), MeasureRequest(OutageCurve(answerOn: .anyManaged)),
        MeasureRequest(OutageDelay(answerOn: .anyManaged)),
        MeasureRequest(OutageCost(answerOn: .anyManaged, windowDays: 60, minimumN: 1)),
        MeasureRequest(Volume()), MeasureRequest(DataQuality()),
        MeasureRequest(ServiceFunnel(windowDays: 60, minimumN: 20, targets: ["lead": 300])),
        MeasureRequest(ServiceGross(windowDays: 60, credit: .lastTouch)), MeasureRequest(WayBack(days: 30, minimumN: 1)),
        MeasureRequest(
            ProspectCoverage(
                rule: ProspectRule(
                    allOf: [], anyOf: [.mileage(.init(least: 60_000, most: nil)), .recall(true), .payType([.customer])],
                    beforeDays: 7, department: "sales"), minimumN: 1)),
        MeasureRequest(Handoffs(targetSeconds: 14_400, minimumN: 1)), MeasureRequest(ResolutionTime()),
        MeasureRequest(Calls(minimumN: 1)), MeasureRequest(OffChannel(minimumN: 1, audit: nil)),
        MeasureRequest(StoppedClocks(StoppedClockSettings(sharePermille: 300, seconds: 20, minimum: 10))),
        MeasureRequest(Traffic()), MeasureRequest(Ratings(minimumN: 1)), MeasureRequest(time), MeasureRequest(Cohorts(time)),
        MeasureRequest(DedicatedDifference(windowDays: 60, minimumN: 1)),
        MeasureRequest(CustomerLinks()), MeasureRequest(OutageRemedies()), MeasureRequest(ProtocolKeeping()),
        MeasureRequest(VendorContracts()), MeasureRequest(VendorScorecard(rule: nil)),
        MeasureRequest(CustomerMatch(captureHours: 24, minimumN: 1)),
    ]
    for view in ServiceToSales.View.allCases {
        for maturity in ServiceToSales.Maturity.allCases {
            requests.append(
                MeasureRequest(
                    ServiceToSales(
                        view: view, windowDays: 60, credit: .lastTouch, denominator: .visits, maturity: maturity, minimumN: 1)))
        }
    }
    requests.append(
        MeasureRequest(
            ServiceToSales(
                view: .byDeal, windowDays: 60, credit: .linear, denominator: .visits, maturity: .required, minimumN: 1)))
    for silence in FirstResponseTime.Silence.allCases {
        for target in [FirstResponseTime.Target.settings, .seconds(900), .due] {
            let answer = FirstResponseTime(
                clock: .open, adjusted: true, silence: silence, target: target, answerOn: .same, minimumN: 1)
            requests += [
                MeasureRequest(answer), MeasureRequest(NextResponseTime(answer)), MeasureRequest(LeadResponseTime(answer)),
            ]
        }
    }
    return requests
}()

/// Tables of a measure: by nothing, and by each of its dimensions, with all columns.
func everyTable(_ request: MeasureRequest) -> [TableSpec] {
    guard let entry = Catalog.measure(named: request.name) else { return [] }
    return ([[]] + entry.dimensions.map { [$0] }).map {
        TableSpec(name: entry.name, request: request, by: $0, columns: entry.columns.map(\.name))
    }
}

@Suite("Where little is known")
struct EmptyTests {
    private static let headers = [
        "service_visits": "visit_id,customer_id,opened_at,vin,amount", "sales": "sale_id,customer_id,sold_at,gross_profit",
        "messages": "message_id,conversation_id,customer_id,channel,direction,person_id,sent_at",
        "conversations": "conversation_id,customer_id,channel,opened_at,due_at",
        "leads": "lead_id,customer_id,created_at", "appointments": "appointment_id,customer_id,scheduled_for",
        "outages": "outage_id,system,channel,started_at,ended_at", "customers": "customer_id,phone",
        "people": "person_id,name", "stores": "store_id,name",
    ]
    private static let yaml = "name: Riverside\ntime-zone: America/Chicago\nhours: { mon-fri: \"08:00-18:00\" }\n"

    @Test("every measure of the catalogue is asked")
    func catalogue() {
        #expect(Set(everyRequest.map(\.name)) == Set(Catalog.measures.map(\.name)))
    }

    @Test("no exports, and exports without rows: no figure, no 0, no crash", arguments: everyRequest)
    func empty(request: MeasureRequest) async throws {
        let headers = Dictionary(uniqueKeysWithValues: Self.headers.map { ("exports/\($0).csv", $1 + "\n") })
        for files in [[:], headers, headers.filter { $0.key != "exports/stores.csv" }] {
            let exports = try await Folder(files.merging(["dealership.yaml": Self.yaml], uniquingKeysWith: { a, _ in a })).read()
            let specs = everyTable(request)
            for (spec, table) in zip(specs, tabulate(exports, specs)) {
                // That a file had no rows is known, and all that is.
                let mayCount = request == MeasureRequest(DataQuality()) && !files.isEmpty
                #expect(mayCount || table.cells.isEmpty, "\(spec.measureAndDimensions) \(table)")
                for row in table.rows {
                    for column in spec.columns where column != "rows" && column != "set_aside" {
                        #expect(Tabulation.value(column, of: row.tally, in: spec) == .none, "\(spec.measureAndDimensions) \(column)")
                    }
                }
            }
        }
    }

    @Test("each export alone: what the others would tell is not 0")
    func alone() async throws {
        let rows = [
            "service_visits": "RO1,1001,2026-10-05,,120.00", "sales": "D1,1001,2026-10-05,900",
            "messages": "M1,V1,1001,email,inbound,,2026-10-05 09:00", "leads": "L1,1001,2026-10-05 09:00",
            "outages": "O1,mail,email,2026-10-05 09:00,2026-10-05 10:00",
        ]
        /// Columns that may say 0 when only this export is there.
        let own: [String: Set<String>] = [
            "service_visits": ["visits", "rows", "set_aside", "service_customers"],
            "sales": ["sales", "rows", "set_aside", "negative_gross", "sales_without_customer"],
            "messages": [
                "conversations", "messages", "off_channel", "rows", "set_aside", "answered", "waiting", "after_hours",
                "machine_replies", "in_time", "within_target", "late", "unanswered", "still_within",
                "in_time_without_outages", "answered_in_time", "answered_in_time_lower", "no_target", "handoffs",
                "left_out", "unlisted",
            ],
            "leads": ["leads", "rows", "set_aside"],
            "outages": [
                "outages", "open_seconds_down", "wall_seconds_down", "summed_seconds_down", "open_seconds", "rows",
                "set_aside", "still_down", "day_precise", "planned", "planned_open_seconds", "planned_wall_seconds",
                "resolved_before_start", "failures", "vendor_outages",
                "outages_without_protocol", "outages_without_steps",
            ],
        ]
        for (table, row) in rows {
            let exports = try await Folder([
                "dealership.yaml": Self.yaml, "exports/\(table).csv": "\(Self.headers[table] ?? "")\n\(row)\n",
            ]).read()
            for spec in everyRequest.flatMap(everyTable) {
                for cell in tabulate(exports, [spec])[0].rows {
                    for column in spec.columns where own[table]?.contains(column) != true {
                        let value = Tabulation.value(column, of: cell.tally, in: spec)
                        #expect(
                            ![.count(0), .seconds(0), .share(0), .mean(0), .money(.zero)].contains(value),
                            """
                            \(table) alone: \(spec.measureAndDimensions) \(column): say nothing where nothing is known; if 0 is \
                            true here, add the column to `own`
                            """)
                    }
                }
            }
        }
    }
}

extension TableSpec {
    var measureAndDimensions: String { "\(request.name) by \(by.map(\.rawValue))" }
}
