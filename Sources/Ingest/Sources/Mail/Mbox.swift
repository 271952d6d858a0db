/// Mails one behind the other in a file, each after a line that begins with `From ` (RFC 4155).
enum Mbox {
    static let start = Array("From ".utf8)

    /// Mails without that line.
    static func mails(_ bytes: [UInt8]) -> [Range<Int>] {
        var mails: [Range<Int>] = []
        var begin: Int?
        var isAfterEmpty = true
        var i = 0
        while i < bytes.count {
            let end = bytes[i...].firstIndex(of: 0x0A) ?? bytes.count
            let next = min(end + 1, bytes.count)
            if isAfterEmpty, bytes[i..<end].starts(with: start) {
                if let begin { mails.append(begin..<i) }
                begin = next
            }
            isAfterEmpty = end == i || (end == i + 1 && bytes[i] == 0x0D)
            i = next
        }
        if let begin { mails.append(begin..<bytes.count) }
        return mails
    }

    /// Lines that only look like a beginning carry a `>` in front, which is taken off.
    static func unquoted(_ mail: ArraySlice<UInt8>) -> [UInt8] {
        let quoted = [0x0A] + Array(">From ".utf8)
        guard mail.contains(0x3E) else { return Array(mail) }
        var made: [UInt8] = []
        made.reserveCapacity(mail.count)
        var i = mail.startIndex
        while i < mail.endIndex {
            made.append(mail[i])
            if mail[i] == 0x0A {
                var k = i + 1
                while k < mail.endIndex, mail[k] == 0x3E { k += 1 }
                if k > i + 1, mail[k...].starts(with: quoted[2...]) { i += 1 }
            }
            i += 1
        }
        return made
    }
}
