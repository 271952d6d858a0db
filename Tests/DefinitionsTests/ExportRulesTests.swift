import Basis
import Dealership
import Testing

@testable import Definitions

@Suite("What a mapping can say")
struct ExportRulesTests {
    private func exports(_ yaml: String) throws -> [ExportSettings] {
        try DealershipFile.read(text: "name: R\nexports:\n" + yaml, file: "d.yaml").value.exports
    }

    private func faults(_ yaml: String) -> [Diagnostic] {
        do throws(Rejection) {
            _ = try DealershipFile.read(text: "name: R\nexports:\n" + yaml, file: "d.yaml")
            return []
        } catch {
            return error.diagnostics
        }
    }

    @Test("every rule is read as it is written")
    func rules() throws {
        let yaml = """
              service_visits:
                file: a.csv
                quotes: no
                dates: MM-DD-YY
                two-digit-years: 1970-2069
                only: { Type: [RO*, "7"], Total: "> 0.5" }
                except: { Who: "" }
                columns:
                  visit_id: { column: RO, cut: RO-, strip: "- ", leading-zeros: no, prefix: "A:" }
                  amount: { column: Lines, split: ["|", "^"], part: [all, 2], sum: yes, unit: cents }
                  mileage: { column: KM, unit: km, default: 0 }
                  opened_at: { date: [D, E], time: T, dates: YYYYMMDD HHmm, time-zone: UTC }
                  closed_at: { column: Start, plus: Took, unit: min, optional: yes }
                  advisor_id: { join: [First, Last], with: " " }
                  pay_type:
                    choose:
                      - { when: { Cust: Y, Total: ">= 10" }, value: customer }
                      - { column: Pay }
                  vin: { column: Car, split: ";", part: first }
                  customer_id: { column: Num, values-file: lists/customers.csv, values: { X: y } }
            """
        let export = try #require(try exports(yaml).first)
        #expect(!export.hasQuotes)
        #expect(export.dates == (try DateForm("MM-DD-YY")))
        #expect(export.firstYear == 1970)
        #expect(export.only == [
            "Type": [.matches("RO*"), .equals("7")], "Total": [.compares(.above, hundredths: 50)],
        ])
        #expect(export.except == ["Who": [.equals("")]])
        var visit = ExportSettings.Column(rule: .column(["RO"]))
        (visit.cut, visit.strip, visit.dropsLeadingZeros, visit.prefix) = ("RO-", "- ", true, "A:")
        #expect(export.columns["visit_id"] == visit)
        var amount = ExportSettings.Column(rule: .sum(["Lines"]))
        amount.split = [.init(separator: "|", part: .all), .init(separator: "^", part: .at(2))]
        amount.unit = .cents
        #expect(export.columns["amount"] == amount)
        #expect(export.columns["mileage"]?.unit == .kilometers)
        #expect(export.columns["mileage"]?.fallback == "0")
        #expect(export.columns["opened_at"]?.rule == .dateAndTime(date: ["D", "E"], time: ["T"]))
        #expect(export.columns["opened_at"]?.dates == (try DateForm("YYYYMMDD HHmm")))
        #expect(export.columns["opened_at"]?.timeZone == "UTC")
        #expect(export.columns["closed_at"]?.plus == ["Took"])
        #expect(export.columns["closed_at"]?.isOptional == true)
        #expect(export.columns["advisor_id"]?.joint == " ")
        #expect(export.columns["pay_type"]?.rule == .choose([
            .init(
                conditions: ["Cust": [.equals("Y")], "Total": [.compares(.atLeast, hundredths: 1_000)]],
                outcome: .constant("customer")),
            .init(conditions: [:], outcome: .column(["Pay"])),
        ]))
        #expect(export.columns["vin"]?.split == [.init(separator: ";", part: .firstFilled)])
        #expect(export.columns["customer_id"]?.valuesFile == "lists/customers.csv")
        #expect(export.columns["customer_id"]?.values == ["X": "y"])
    }

    @Test("a misspelt key is named with the nearest, on its line")
    func nearest() {
        let found = faults("""
              service_visits:
                file: a.csv
                excpt: { A: b }
                columns:
                  amount: { column: A, splt: "|", part: 1 }
                  pay_type: { choose: [{ wen: { A: b }, value: customer }] }
            """)
        #expect(found.map(\.code) == ["unknown-key", "unknown-key", "bad-column-rule", "unknown-key"])
        #expect(found.map { $0.location?.row } == [5, 7, 7, 8])
        #expect(found.map { $0.remedies.first ?? "" }.contains("did you mean \"except\"?"))
        #expect(found.map { $0.remedies.first ?? "" }.contains("did you mean \"split\"?"))
        #expect(found.map { $0.remedies.first ?? "" }.contains("did you mean \"when\"?"))
    }

    @Test("rules that cannot be are refused", arguments: [
        ("visit_id: { column: A, split: \"|\" }", "it is not said which part is read"),
        ("visit_id: { column: A, part: 1 }", "a part of what is not said"),
        ("visit_id: { column: A, split: \"|\", part: all }", "\"all\" is no part"),
        ("visit_id: { column: A, split: \"|\", part: 0 }", "\"0\" is no part"),
        ("visit_id: { column: A, split: \"|\", part: [1, 2] }", "1 separators do not go with 2 parts"),
        ("visit_id: { sum: [A, B] }", "visit_id is no number to add up"),
        ("visit_id: { column: A, unit: cents }", "visit_id is not in cents"),
        ("amount: { column: A, unit: km }", "amount is not in km"),
        ("closed_at: { column: A, unit: s }", "closed_at is not in s"),
        ("closed_at: { column: A, plus: B }", "it is not said what it counts"),
        ("visit_id: { column: A, dates: YYYYMMDD }", "visit_id is no date"),
        ("opened_at: { date: A }", "it is not said which column has the time"),
        ("visit_id: { column: A, with: x }", "nothing is joined"),
        ("pay_type: { choose: [{ value: customer, column: A }] }", "a choice gives a value or a column's, one of them"),
    ])
    func refused(rule: String, message: String) {
        let found = faults("  service_visits:\n    file: a.csv\n    columns:\n      \(rule)\n")
        #expect(found.map(\.message) == [message])
        #expect(found.map(\.code) == ["bad-column-rule"])
        #expect(found.map { $0.location?.row } == [6])
    }

    @Test("forms of dates", arguments: [
        ("M/D/YYYY", nil), ("D.M.YYYY", nil), ("YYYYMMDD", nil), ("MM-DD-YY", nil), ("DD-MMM-YYYY", nil),
        ("M/D/YYYY hh:mm", nil), ("M/D/YYYY h:mm:ss tt", nil), ("yyyy-mm-dd HH:MM:SS", nil), ("YYYY-MM-DDTHH:mm", nil),
        ("M/D", "it has no year, YYYY or YY"), ("YYYY", "it has no month, M, MM or MMM"),
        ("M/M/YYYY", "it has more than one month, M, MM or MMM"),
        ("YYYYMD", "nothing tells where a number ends that may have one digit or two"),
        ("M/D/YYYYY", "\"YYYYY\" says nothing"), ("hh:mm M/D/YYYY", "the time of day must follow the date"),
        ("M/D/YYYY hh", "a time of day is hours and minutes, with seconds and tt or not, in this order"),
        ("month day year", "\"o\" says nothing"), ("1/2/2026", "it has a digit"),
    ] as [(String, String?)])
    func forms(text: String, fault: String?) {
        do throws(DateForm.Fault) {
            _ = try DateForm(text)
            #expect(fault == nil)
        } catch {
            #expect(error.words == fault)
        }
    }

    @Test("every preset is without a fault and says where its names are from", arguments: Preset.names)
    func presets(name: String) throws {
        let preset = try Preset.named(name)
        #expect(!preset.exports.isEmpty)
        #expect(preset.known == "only field names")
        #expect(preset.text.contains("Only field names are known"))
        #expect(!preset.source.isEmpty)
        for export in preset.exports {
            let required = export.table.columns.filter(\.isRequired).map(\.name)
            #expect(required.allSatisfy { export.columns[$0] != nil }, "\(name) \(export.table)")
        }
    }

    @Test("own keys go before a preset's, column by column")
    func override() throws {
        let preset = try #require(try Preset.named("dealervault-sv").exports.first { $0.table == .serviceVisits })
        let own = try #require(try exports("""
              service_visits:
                preset: dealervault-sv
                file: mine.txt
                system: dt
                dates: D.M.YYYY
                columns:
                  advisor_id: Service Advisor Name
                  store_id: { value: North }
            """).first)
        #expect(own.file == "mine.txt")
        #expect(own.system == "dt")
        #expect(own.dates == (try DateForm("D.M.YYYY")))
        #expect(own.delimiter == 0x09)
        #expect(own.columns["advisor_id"] == .init(rule: .column(["Service Advisor Name"])))
        #expect(own.columns["store_id"] == .init(rule: .constant("North")))
        #expect(own.columns["visit_id"] == preset.columns["visit_id"])
        #expect(try exports("  service_visits: { preset: dealervault-sv }").first?.file == "DVD*_SV.txt")
    }

    @Test("a preset that does not exist, or says nothing of the table")
    func unknownPreset() {
        let unknown = faults("  service_visits: { preset: dealervalt-sv }")
        #expect(unknown.map(\.code) == ["unknown-preset"])
        #expect(unknown.first?.remedies == ["did you mean \"dealervault-sv\"?"])
        #expect(faults("  leads: { preset: dealervault-sv, file: a.csv }").map(\.code) == ["unknown-preset"])
        #expect(faults("  service_visits: { preset: cdk-service-ro }").map(\.code) == ["missing-key"])
    }
}
