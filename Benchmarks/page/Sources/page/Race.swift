import Basis
import Drawing
import Foundation
import Ink

/// PNGs of so many pages on one task and on one a core: how much faster, and whether the bytes are the same.
func race(_ list: DisplayList, pages: Int, runs: Int) async throws {
    let frames = (0..<pages).map { list.frame(Double($0) * 0.1) }
    var ratios: [Double] = []
    for _ in 0..<runs {
        let start = wall()
        let one = try draw(frames)
        let middle = wall()
        let half = pages / 2
        async let first = draw(Array(frames[..<half]))
        async let second = draw(Array(frames[half...]))
        let two = try await first + second
        ratios.append((middle - start) / (wall() - middle))
        guard one == two else {
            print("threads\tother bytes than on one thread")
            exit(1)
        }
    }
    let sorted = ratios.sorted()
    print("threads\ttwo are \(String(format: "%.2f", sorted[sorted.count / 2])) x one\tbytes equal")
}

private func draw(_ frames: [Frame]) throws -> [[UInt8]] {
    let measurer = try PangoMeasurer()
    return try frames.map { try renderPNG($0, dpi: 150, measurer: measurer).value }
}
