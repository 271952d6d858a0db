import Basis
import Dealership
public import Measures

extension ReportContext {
    /// What is attached to a claim: nil where the report is on no vendor, or no contract was in force in the month.
    public var claimPack: ClaimPack? {
        guard let claim = CreditClaim(self) else { return nil }
        return ClaimPack(
            LinkingContext(header: header, parameters: LinkingParameters(settings)), vendor: claim.vendor, month: month,
            losses: claim.losses)
    }
}

extension CreditClaim {
    /// Outages that count against the contract, by their position in the header.
    var outages: [Int] { Set(months.flatMap(\.pieces).map(\.outage)).sorted() }

    /// What each of its outages cost, as far as is known.
    var losses: [ClaimPack.Loss] {
        outages.flatMap { index -> [ClaimPack.Loss] in
            let identifier = header.outages[index].identifier
            let slice: [Dimension: String] = [.outage: identifier]
            func money(_ column: String) -> Money? {
                if case .money(let amount) = context.cell(.costs, column, slice) { return amount }
                return nil
            }
            var losses: [ClaimPack.Loss] = []
            if let lost = money("lost_gross") {
                losses.append(
                    .init(
                        label: "\(identifier), gross not earned", low: money("lost_gross_low"), middle: lost,
                        high: money("lost_gross_high"), origin: "missing enquiries × share that buys × gross of a sale")
                )
            }
            if let staff = money("staff_cost") {
                losses.append(
                    .init(
                        label: "\(identifier), staff time", low: staff, middle: staff, high: staff,
                        origin: "open hours down × people × cost of an hour"))
            }
            return losses
        }
    }
}
