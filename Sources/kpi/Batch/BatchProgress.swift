import Foundation
import Synchronization

/// How far a batch is, on standard error: a line that moves where somebody looks on, one line at the end always.
/// Times are told there and written nowhere.
final class BatchProgress: Sendable {
    private struct State {
        var stores = 0
        var pages = 0
        var failed = 0
    }

    private let total: Int
    private let isShown: Bool
    private let begin: ContinuousClock.Instant
    private let drawing: ContinuousClock.Instant
    private let state = Mutex(State())

    /// - Parameter begin: when the command began; what is drawn is drawn from now on.
    init(total: Int, since begin: ContinuousClock.Instant, isQuiet: Bool) {
        self.total = total
        self.begin = begin
        drawing = ContinuousClock.now
        isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    }

    /// - Parameter pages: nil where the store has a fault.
    func note(pages: Int?) {
        let line = state.withLock { state -> String in
            state.stores += pages == nil ? 0 : 1
            state.failed += pages == nil ? 1 : 0
            state.pages += pages ?? 0
            return BatchProgress.line(state.stores + state.failed, of: total, pages: state.pages, seconds: since(drawing))
        }
        // Over the line before, whose rest is wiped.
        if isShown { write("\r\(line)\u{1B}[K") }
    }

    /// `120 of 300 stores, 840 pages, 155 a second, 8 s left`.
    static func line(_ done: Int, of total: Int, pages: Int, seconds: Double) -> String {
        guard done > 0, seconds > 0 else { return "\(done) of \(total) stores" }
        let left = Int((seconds / Double(done) * Double(total - done)).rounded(.up))
        let time = left < 120 ? "\(left) s" : "\((left + 59) / 60) min"
        return "\(done) of \(total) stores, \(pages) pages, \(Int((Double(pages) / seconds).rounded())) a second, \(time) left"
    }

    /// - Parameter standing: stores whose files were there already.
    func finish(standing: Int) {
        let (stores, pages, failed) = state.withLock { ($0.stores, $0.pages, $0.failed) }
        let whole = since(begin)
        let drawn = since(drawing)
        var parts = ["\(stores) store\(stores == 1 ? "" : "s"), \(pages) pages in \(seconds(whole)) s"]
        if pages > 0, whole > 0, drawn > 0 {
            parts.append(
                "\(Int((Double(pages) / whole).rounded())) pages a second over all, "
                    + "\(Int((Double(pages) / drawn).rounded())) once counted")
        }
        if standing > 0 { parts.append("\(standing) stood already") }
        if failed > 0 { parts.append("\(failed) with faults") }
        write((isShown ? "\r\u{1B}[K" : "") + parts.joined(separator: "; ") + "\n")
    }

    private func since(_ start: ContinuousClock.Instant) -> Double { (ContinuousClock.now - start) / .seconds(1) }

    private func seconds(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
