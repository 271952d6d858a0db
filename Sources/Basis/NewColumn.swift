/// Room for a column's values, each written before the column is taken out as an array: nothing is counted or asked a
/// value. Whoever makes one takes it out or frees it.
public struct NewColumn<Value: BitwiseCopyable> {
    @usableFromInline let base: UnsafeMutablePointer<Value>
    @usableFromInline let room: Int

    public init(room: Int) {
        self.room = room
        base = .allocate(capacity: max(1, room))
    }

    /// - Precondition: the place is in the room.
    @inlinable
    public func set(_ value: Value, at place: Int) {
        assert(place >= 0 && place < room)
        (base + place).initialize(to: value)
    }

    /// The first `count` values, all of which were set; the room is given back.
    public func take(_ count: Int) -> [Value] {
        precondition(count >= 0 && count <= room, "more than there is room for")
        defer { base.deallocate() }
        return Array(UnsafeBufferPointer(start: base, count: count))
    }
}
