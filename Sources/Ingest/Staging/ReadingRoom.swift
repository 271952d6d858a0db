/// Memory in which parts of files are read and encoded, one part after the other: what is touched for the first time costs
/// more than what is then done in it. Of one task; what is in it lasts until the next part.
final class ReadingRoom {
    private var text = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var rows = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var ordered = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    deinit {
        text.deallocate()
        rows.deallocate()
        ordered.deallocate()
    }

    /// For a part's text; what is in it is nobody's.
    func text(_ count: Int) -> UnsafeMutableRawPointer { ReadingRoom.room(&text, count) }

    /// For encoded rows in reading order.
    func rows(_ count: Int) -> UnsafeMutableRawPointer { ReadingRoom.room(&rows, count) }

    /// For rows in the order of their groups.
    func ordered(_ count: Int) -> UnsafeMutableRawPointer { ReadingRoom.room(&ordered, count) }

    /// The rows of a part that was ordered here last.
    func rows(of chunk: StagedChunk) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(ordered)[..<chunk.size])
    }

    private static func room(_ buffer: inout UnsafeMutableRawBufferPointer, _ count: Int) -> UnsafeMutableRawPointer {
        if let base = buffer.baseAddress, buffer.count >= count { return base }
        buffer.deallocate()
        // Parts differ a little: the next one should fit as well.
        let size = count + count / 16 + 64
        let base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        buffer = UnsafeMutableRawBufferPointer(start: base, count: size)
        return base
    }
}
