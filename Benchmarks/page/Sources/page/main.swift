// Draws page.json as often as asked and prints medians of CPU time, one line a figure: name, milliseconds, bytes.
//
//   page LIST.json RUNS                 one page and a report of six: PDF before and after the tag pass, PNG at 150 dpi
//   page LIST.json RUNS pages COUNT     so many pages in one file, and the memory it took
//   page LIST.json RUNS threads COUNT   so many pages as PNG on one thread and on so many as there are cores
//   page LIST.json write FOLDER         page.pdf and page.png
import Basis
import Drawing
import Foundation
@_spi(Benchmarks) import Ink

let arguments = CommandLine.arguments
guard arguments.count >= 3, let data = FileManager.default.contents(atPath: arguments[1]) else {
    print("page LIST.json RUNS [pages COUNT | threads COUNT], or page LIST.json write FOLDER")
    exit(2)
}
let list = try DisplayList(data)
let info = DocumentInfo(title: "A page", createdAt: Instant(seconds: 1_790_000_000))

func cpu() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) * 1e3 + Double(now.tv_nsec) / 1e6
}

func wall() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) * 1e3 + Double(now.tv_nsec) / 1e6
}

func report(_ name: String, _ times: [Double], _ bytes: Int) {
    let sorted = times.sorted()
    print("\(name)\t\(String(format: "%.2f", sorted[sorted.count / 2]))\t\(String(format: "%.2f", sorted[0]))\t\(bytes)")
}

func measure(_ name: String, _ runs: Int, pages: Int = 1, _ body: (Int) throws -> Int) throws {
    _ = try body(0)
    var times: [Double] = []
    var bytes = 0
    for run in 1...runs {
        let start = cpu()
        bytes = try body(run)
        times.append((cpu() - start) / Double(pages))
    }
    report(name, times, bytes)
}

if arguments[2] == "write" {
    let measurer = try PangoMeasurer()
    let folder = arguments.count > 3 ? arguments[3] : "."
    try Data(try renderPDF(pages: [list.frame(0)], info: info, measurer: measurer).value)
        .write(to: URL(fileURLWithPath: "\(folder)/page.pdf"))
    try Data(try renderPNG(list.frame(0), dpi: 150, measurer: measurer).value)
        .write(to: URL(fileURLWithPath: "\(folder)/page.png"))
    exit(0)
}

let runs = Int(arguments[2]) ?? 15
switch arguments.count > 3 ? arguments[3] : "" {
case "pages":
    let count = arguments.count > 4 ? Int(arguments[4]) ?? 1_000 : 1_000
    let start = cpu()
    let document = try PDFDocument(first: list.frame(0), pageCount: count, info: info, measurer: PangoMeasurer())
    for index in 0..<count { try document.draw(list.frame(Double(index % 50) * 0.02)) }
    let bytes = try document.drawn().count
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("\(count) pages\t\(String(format: "%.0f", cpu() - start)) ms\t\(usage.ru_maxrss / 1024) MB\t\(bytes) bytes")
case "threads":
    let count = arguments.count > 4 ? Int(arguments[4]) ?? 60 : 60
    try await race(list, pages: count, runs: runs)
default:
    let warm = try PangoMeasurer()
    try measure("pdf alone", runs) { run in
        try drawnPDF(pages: [list.frame(Double(run) * 0.01)], info: info, measurer: warm).count
    }
    try measure("pdf alone, tagged", runs) { run in
        try renderPDF(pages: [list.frame(Double(run) * 0.01)], info: info, measurer: warm).value.count
    }
    try measure("pdf of eight, a page", runs, pages: 8) { run in
        try drawnPDF(pages: list.pages(8, run), info: info, measurer: warm).count
    }
    try measure("pdf of eight, tagged, a page", runs, pages: 8) { run in
        try renderPDF(pages: list.pages(8, run), info: info, measurer: warm).value.count
    }
    try measure("png 150", runs) { run in
        try renderPNG(list.frame(Double(run) * 0.01), dpi: 150, measurer: warm).value.count
    }
    try measure("pdf alone, fonts loaded anew", runs) { run in
        try drawnPDF(pages: [list.frame(Double(run) * 0.01)], info: info, measurer: PangoMeasurer()).count
    }
}
