import Basis
import Dealership

extension StagedExports {
    /// What was done about outages, and what was known of them, at the as-of: later rows and times tell nothing yet, like
    /// every other row behind it. An offer and how a complaint ended have no time of their own, and stay.
    mutating func forgetWhatCameLater() {
        let asOf = header.asOf
        func isLater(_ moment: Moment) -> Bool { !moment.isMissing && moment.instant >= asOf }
        header.ledger.remedies.removeAll { isLater($0.givenAt) }
        header.ledger.complaints.removeAll { isLater($0.raisedAt) }
        header.ledger.claims.removeAll { isLater($0.askedAt) }
        for index in header.ledger.claims.indices where isLater(header.ledger.claims[index].answeredAt) {
            header.ledger.claims[index].answeredAt = .missing
            header.ledger.claims[index].amountReceived = nil
            header.ledger.claims[index].promise = ""
            header.ledger.claims[index].isPromiseKept = nil
        }
        header.ledger.steps.removeAll { step in step.doneAt.map { $0 >= asOf } ?? false }
        for index in header.outages.indices {
            func known(_ instant: Instant?) -> Instant? { instant.flatMap { $0 < asOf ? $0 : nil } }
            header.outages[index].detected = known(header.outages[index].detected)
            header.outages[index].acknowledged = known(header.outages[index].acknowledged)
            header.outages[index].notified = known(header.outages[index].notified)
        }
    }
}
