public import Basis

extension GroupJournal {
    /// What was sent to many customers at once.
    public struct Mailings: Sendable {
        public var source: [RowSource] = []
        /// −1: of every store, which the first group counts.
        public var store: [Int32] = []
        public var plannedAt: [Moment] = []
        public var sentAt: [Moment] = []
        /// `Int64.min`: the export does not say.
        public var recipients: [Int64] = []
        /// What the export says went wrong, as a code of the header's names; −1: nothing.
        public var fault: [Int32] = []
        public init() {}
        public var count: Int { source.count }
    }
}

/// What went wrong with a mailing.
public enum MailingFault: String, Hashable, Sendable, CaseIterable {
    case late, early, wrong, twice
    /// Planned, and not sent by the as-of instant.
    case unsent

    /// By what the export says; where it says nothing, by the difference of the times it has. Nil: as planned, or nobody
    /// can tell.
    public init?(stated: String, planned: Moment, sent: Moment, asOf: Instant, tolerance: Int64) {
        if !stated.isEmpty {
            guard let fault = MailingFault(rawValue: stated.lowercased()) else { return nil }
            self = fault
        } else if planned.isMissing || planned.isDateOnly || sent.isDateOnly {
            return nil
        } else if sent.isMissing {
            guard asOf - planned.instant > tolerance else { return nil }
            self = .unsent
        } else if sent.instant - planned.instant > tolerance {
            self = .late
        } else if planned.instant - sent.instant > tolerance {
            self = .early
        } else {
            return nil
        }
    }
}
