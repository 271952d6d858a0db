import Foundation

/// The inputs that fuzzing starts from, made of the tests' own files.
enum Seeds {
    /// Larger files teach a fuzzer nothing and make every run slow.
    private static let largest = 2_048

    static func write(_ target: Target, repository: String, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var count = 0
        for seed in try all(target, repository: repository) {
            try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(count)"))
            count += 1
        }
        print("\(count) seeds")
    }

    static func all(_ target: Target, repository: String) throws -> [[UInt8]] {
        switch target {
        case .folder: try folders(repository).map(FolderInput.packed)
        case .gzip:
            try folders(repository).flatMap { files in
                files.filter { $0.name.hasSuffix(".csv") }.map { [1, 0] + $0.bytes }
            } + [
                [2, 1] + Array("lead_id,customer_id,created_at\nL1,C1,2026-10-01 09:00\nL2,C2,2026-10-02\n".utf8),
                [0, 0] + GzipRun.packed(Array("lead_id,customer_id,created_at\nL1,C1,2026-10-01\n".utf8)),
            ]
        case .workbook:
            SmallWorkbook.all.flatMap { [[0] + ZipText.archive($0), FolderInput.packed($0)] }
                + workbooks(repository).map { [0] + $0 }.filter { $0.count <= 2 * largest }
        case .mail: mails(repository)
        case .definitions: try definitions(repository)
        case .zone:
            try ["UTC", "America/Chicago", "Europe/Berlin", "Africa/Casablanca", "Asia/Kathmandu"]
                .map { [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\($0)"))) }
        }
    }

    /// The words of a target's dictionary, as libFuzzer reads it.
    static func words(_ target: Target, repository: String) throws -> [[UInt8]] {
        let path = "\(repository)/Tests/Fuzz/\(target.rawValue).dict"
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("\"") }.map { line in
            var bytes: [UInt8] = []
            var rest = line.dropFirst().dropLast().utf8[...]
            while let byte = rest.popFirst() {
                guard byte == 0x5C, let next = rest.popFirst() else {
                    bytes.append(byte)
                    continue
                }
                guard next == 0x78 else {
                    bytes.append(next)
                    continue
                }
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            }
            return bytes
        }
    }

    private static func folders(_ repository: String) throws -> [[(name: String, bytes: [UInt8])]] {
        var folders: [[(name: String, bytes: [UInt8])]] = []
        let root = "\(repository)/Tests/Errors"
        for name in try FileManager.default.contentsOfDirectory(atPath: root).sorted() {
            var files: [(name: String, bytes: [UInt8])] = []
            for file in ["dealership.yaml"] + contents("\(root)/\(name)/exports").map({ "exports/\($0)" }) {
                guard FolderInput.names.contains(file),
                    let data = FileManager.default.contents(atPath: "\(root)/\(name)/\(file)"), data.count <= largest
                else { continue }
                files.append((file, [UInt8](data)))
            }
            if files.contains(where: { $0.name.hasPrefix("exports/") }) { folders.append(files) }
        }
        return folders
    }

    private static func workbooks(_ repository: String) -> [[UInt8]] {
        files(under: "\(repository)/Tests", endings: [".xlsx"]).map(\.bytes)
    }

    private static func mails(_ repository: String) -> [[UInt8]] {
        let endings = [".eml", ".adf", ".mbox", ".xml"]
        return files(under: "\(repository)/Tests", endings: endings).compactMap { file in
            guard file.bytes.count <= largest, let ending = endings.firstIndex(where: file.name.hasSuffix)
            else { return nil }
            return [UInt8(ending)] + file.bytes
        }
    }

    private static func files(under folder: String, endings: [String]) -> [(name: String, bytes: [UInt8])] {
        let names = (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String]) ?? []
        return names.sorted().filter { name in endings.contains { name.hasSuffix($0) } }.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map { (name, [UInt8]($0)) }
        }
    }

    private static func definitions(_ repository: String) throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        let root = "\(repository)/Tests/Errors"
        for name in try FileManager.default.contentsOfDirectory(atPath: root).sorted() {
            for file in contents("\(root)/\(name)") where file.hasSuffix(".yaml") {
                guard let data = FileManager.default.contents(atPath: "\(root)/\(name)/\(file)"), data.count <= largest
                else { continue }
                let kind = DefinitionRun.kinds.firstIndex { file.contains($0) } ?? 0
                seeds.append([UInt8(kind)] + data)
            }
        }
        for folder in ["Tests/DefinitionsTests/Fixtures", "reports"] {
            for file in contents("\(repository)/\(folder)") where file.hasSuffix(".yaml") {
                guard let data = FileManager.default.contents(atPath: "\(repository)/\(folder)/\(file)")
                else { continue }
                let kind = DefinitionRun.kinds.firstIndex { file.contains($0) } ?? 2
                seeds.append([UInt8(kind)] + data.prefix(2 * largest))
            }
        }
        return seeds
    }

    private static func contents(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}
