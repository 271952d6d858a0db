import CFuzzer
import Foundation

// fuzz TARGET [libFuzzer's options and folders]
// fuzz TARGET --seeds REPOSITORY FOLDER     writes the inputs to start from
let arguments = CommandLine.arguments
guard arguments.count > 1, let target = Target(rawValue: arguments[1]) else {
    print("usage: fuzz \(Target.allCases.map(\.rawValue).joined(separator: "|")) [libFuzzer's arguments]")
    exit(64)
}
if arguments.count == 5, arguments[2] == "--seeds" {
    try Seeds.write(target, repository: arguments[3], to: arguments[4])
    exit(0)
}

// A name by target, since libFuzzer calls a function without a context.
let runs: [Target: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32] = [
    .folder: { run(.folder, $0, $1) }, .gzip: { run(.gzip, $0, $1) },
    .workbook: { run(.workbook, $0, $1) }, .mail: { run(.mail, $0, $1) },
    .definitions: { run(.definitions, $0, $1) }, .zone: { run(.zone, $0, $1) },
]

func run(_ target: Target, _ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    target.run(Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}

var words = ([arguments[0]] + arguments.dropFirst(2)).map { strdup($0) }
var count = Int32(words.count)
words.append(nil)
exit(
    words.withUnsafeMutableBufferPointer { buffer in
        var base = buffer.baseAddress
        return LLVMFuzzerRunDriver(&count, &base, runs[target])
    })
