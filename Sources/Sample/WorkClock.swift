import Basis

/// A clock that runs only while work is done: open time, less the time in which a system was down and its recovery.
struct WorkClock: Sendable {
    private var starts: [Int64] = []
    private var ends: [Int64] = []
    /// Running seconds before each interval.
    private var before: [Int64] = []

    private let running: IntervalSet

    init(_ set: IntervalSet) {
        running = set
        var sum: Int64 = 0
        for interval in set.intervals {
            starts.append(interval.lowerBound.seconds)
            ends.append(interval.upperBound.seconds)
            before.append(sum)
            sum += interval.upperBound - interval.lowerBound
        }
    }

    /// The last interval that begins at or before the instant; −1: none.
    private func interval(at seconds: Int64) -> Int {
        var (low, high) = (-1, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle } else { high = middle }
        }
        return low
    }

    func runs(at instant: Instant) -> Bool {
        let index = interval(at: instant.seconds)
        return index >= 0 && instant.seconds < ends[index]
    }

    private func elapsed(at seconds: Int64) -> Int64 {
        let index = interval(at: seconds)
        return index < 0 ? 0 : before[index] + min(seconds, ends[index]) - starts[index]
    }

    func seconds(from: Instant, to: Instant) -> Int64 { elapsed(at: to.seconds) - elapsed(at: from.seconds) }

    /// The least instant by which so many seconds have run; behind the last interval the wall clock goes on.
    func deadline(from: Instant, seconds: Int64) -> Instant {
        if seconds <= 0 { return from }
        let target = elapsed(at: from.seconds) + seconds
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if before[middle] + ends[middle] - starts[middle] >= target { high = middle } else { low = middle + 1 }
        }
        guard low < starts.count else { return from + seconds }
        return Instant(seconds: starts[low] + target - before[low])
    }

    /// The clock of somebody who rests now and then.
    func without(_ resting: IntervalSet) -> WorkClock { WorkClock(running.subtracting(resting)) }

    /// The instant itself while the clock runs, else when it next does.
    func firstRunning(from instant: Instant) -> Instant {
        runs(at: instant) ? instant : deadline(from: instant, seconds: 1) + -1
    }
}
