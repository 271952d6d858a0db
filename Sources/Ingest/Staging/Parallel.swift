public import Basis
import Synchronization

/// Runs `body` for 0 ..< count on up to `tasks` tasks and returns the results in order. All failures are reported together.
public func concurrently<Value: Sendable>(
    _ count: Int, tasks: Int, _ body: @escaping @Sendable (Int) throws(Rejection) -> Value
) async throws(Rejection) -> [Value] {
    try await concurrently(count, tasks: tasks, each: { () }) { index, _ throws(Rejection) in try body(index) }
}

/// The same, where each task has something of its own.
func concurrently<Value: Sendable, Own>(
    _ count: Int, tasks: Int, each: @escaping @Sendable () -> Own,
    _ body: @escaping @Sendable (Int, Own) throws(Rejection) -> Value
) async throws(Rejection) -> [Value] {
    let next = Turnstile()
    var results = [Value?](repeating: nil, count: count)
    var faults: [(Int, Rejection)] = []
    await withTaskGroup(of: [(Int, Result<Value, Rejection>)].self) { group in
        for _ in 0..<max(1, min(tasks, count)) {
            group.addTask {
                var done: [(Int, Result<Value, Rejection>)] = []
                let own = each()
                while true {
                    let index = next.take()
                    if index >= count { return done }
                    do throws(Rejection) {
                        done.append((index, .success(try body(index, own))))
                    } catch {
                        done.append((index, .failure(error)))
                    }
                }
            }
        }
        for await done in group {
            for (index, outcome) in done {
                switch outcome {
                case .success(let value): results[index] = value
                case .failure(let rejection): faults.append((index, rejection))
                }
            }
        }
    }
    if !faults.isEmpty {
        throw Rejection(faults.sorted { $0.0 < $1.0 }.flatMap(\.1.diagnostics))
    }
    return results.compactMap { $0 }
}

/// Hands out 0, 1, 2 ... to whoever asks.
private final class Turnstile: Sendable {
    private let next = Atomic<Int>(0)
    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}
