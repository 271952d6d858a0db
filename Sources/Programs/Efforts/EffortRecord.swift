public import Basis

/// An effort with its history: how it stands in the file, how it stood when it began, and what was changed since.
public struct EffortRecord: Hashable, Sendable {
    /// A version that the history holds, read.
    public struct Version: Hashable, Sendable {
        public var entry: EffortEntry
        public var effort: Effort
        public init(entry: EffortEntry, effort: Effort) {
            self.entry = entry
            self.effort = effort
        }
    }

    /// As the file says now.
    public var effort: Effort
    public var history: EffortHistory
    /// In the order of the entries, those that can be read.
    public var versions: [Version]
    /// The file differs from what the last entry holds, be it in a blank.
    public var isEditedUnlogged: Bool

    public init(effort: Effort, history: EffortHistory, versions: [Version], isEditedUnlogged: Bool) {
        self.effort = effort
        self.history = history
        self.versions = versions
        self.isEditedUnlogged = isEditedUnlogged
    }

    /// An effort without a history.
    public init(_ effort: Effort) {
        self.init(effort: effort, history: EffortHistory(), versions: [], isEditedUnlogged: false)
    }

    /// As it stood on the day it began; without a history as the file says.
    public var declared: Effort {
        guard let first = versions.first else { return effort }
        let start = first.effort.start
        // An entry of the first day is before the change as well.
        return (versions.last { $0.entry.on <= start && $0.entry.act != .close } ?? first).effort
    }

    /// What was changed in the file without an entry.
    public var unlogged: [EffortDifference] {
        guard isEditedUnlogged, let last = versions.last else { return [] }
        return EffortDifference.between(last.effort, effort)
    }

    /// What differs now from what was declared.
    public var sinceStart: [EffortDifference] { EffortDifference.between(declared, effort) }

    /// The history begins only after the effort did.
    public var isOpenedLate: Bool {
        guard let first = versions.first else { return false }
        return first.entry.on > first.effort.start
    }

    /// The day it was closed, by the history or the file.
    public var closed: Day? {
        [history.closing?.on, effort.closed].compactMap { $0 }.min()
    }

    public func isOpen(on day: Day) -> Bool { effort.start <= day && (closed.map { day < $0 } ?? true) }

    /// From its start to its end: the day it was closed, else the goal's.
    public var running: ClosedRange<Day> {
        let end = max(declared.start, min(closed ?? declared.goal.by, declared.goal.by))
        return declared.start...end
    }
}
