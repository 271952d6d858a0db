import Synchronization

/// A value made when it is first asked for, once, by whichever task asks first.
///
/// Facts that few measures need are joined so: a run that prints none of them does not pay for them, and a run that prints
/// ten tables of them joins them once.
final class OnDemand<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    func value(_ make: () -> Value) -> Value {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}

/// The same for values that differ by a key, each made once.
final class OnDemandByKey<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let made = Mutex<[Key: Value]>([:])

    func value(_ key: Key, _ make: () -> Value) -> Value {
        made.withLock { made in
            if let value = made[key] { return value }
            let value = make()
            made[key] = value
            return value
        }
    }
}
