import Basis
import CLate
import CZip

/// A ZIP archive on disk, whose members are read as streams.
final class ZipArchive {
    struct Limits: Sendable {
        var members = 10_000
        /// Bytes of one member, unpacked.
        var bytes = 1 << 32
        /// How many times larger a member may become, once it is larger than `ratioFrom`. Sheets of equal rows reach
        /// 100.
        var ratio = 250
        var ratioFrom = 1 << 26
    }

    /// Relative to the dealership's folder, for messages.
    let name: String
    private let archive: OpaquePointer
    private let limits: Limits
    /// By path with `/` in lower case: some writers are careless with both.
    private var positions: [String: zip_uint64_t] = [:]

    /// - Throws: `Rejection` (`damaged-workbook`, `workbook-too-large`, `no-libzip`).
    init(_ file: SourceFile, limits: Limits = Limits()) throws(Rejection) {
        name = file.name
        self.limits = limits
        guard kpi_has_libzip() != 0 else {
            throw Rejection(
                Diagnostic(
                    .error, "no-libzip", at: .init(file: file.name), "workbooks are read through libzip, which is not installed",
                    remedies: ["apt-get install libzip4", "or save the sheet as CSV"]))
        }
        var code: Int32 = 0
        guard let archive = zip_open(file.path, ZIP_RDONLY, &code) else { throw ZipArchive.damaged(file.name) }
        self.archive = archive
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.members else {
            throw ZipArchive.tooLarge(file.name, "it is an archive of \(count) files; up to \(limits.members) are read")
        }
        for index in 0..<zip_uint64_t(max(count, 0)) {
            guard let path = zip_get_name(archive, index, ZIP_FL_ENC_GUESS) else { continue }
            let key = ZipArchive.key(String(cString: path))
            if positions[key] == nil { positions[key] = index }
        }
    }

    deinit { zip_discard(archive) }

    private static func key(_ path: String) -> String { path.replacing("\\", with: "/").lowercased() }

    func has(_ path: String) -> Bool { positions[ZipArchive.key(path)] != nil }

    /// Fills a buffer with a member's next bytes, answers how many; 0 at its end.
    /// - Throws: `Rejection` (`damaged-workbook`, `locked-workbook`), the closure also `workbook-too-large`.
    func stream(_ path: String) throws(Rejection) -> (UnsafeMutableRawBufferPointer) throws(Rejection) -> Int {
        guard let index = positions[ZipArchive.key(path)] else {
            throw ZipArchive.damaged(name, "the workbook lacks its part \(path)")
        }
        guard let opened = zip_fopen_index(archive, index, 0) else {
            let code = zip_error_code_zip(zip_get_error(archive))
            if code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD || code == ZIP_ER_ENCRNOTSUPP {
                throw ZipArchive.locked(name)
            }
            throw ZipArchive.damaged(name)
        }
        let member = Member(opened, archive: self)
        var status = zip_stat_t()
        let packed = zip_stat_index(archive, index, 0, &status) == 0 ? Int(clamping: status.comp_size) : 0
        let name = name
        let limits = limits
        var total = 0
        return { buffer throws(Rejection) in
            let count = Int(zip_fread(member.file, buffer.baseAddress, zip_uint64_t(buffer.count)))
            guard count >= 0 else { throw ZipArchive.damaged(name) }
            total += count
            if total > limits.bytes {
                throw ZipArchive.tooLarge(name, "its part \(path) is larger than \(limits.bytes >> 20) MB")
            }
            if total > limits.ratioFrom, total / limits.ratio > packed {
                throw ZipArchive.tooLarge(
                    name, "its part \(path) becomes more than \(limits.ratio) times larger when it is unpacked")
            }
            return count
        }
    }

    /// An open member; its archive lives as long.
    private final class Member {
        let file: OpaquePointer
        private let archive: ZipArchive

        init(_ file: OpaquePointer, archive: ZipArchive) {
            self.file = file
            self.archive = archive
        }

        deinit { zip_fclose(file) }
    }

    static func damaged(_ name: String, _ message: String = "the workbook is cut off or damaged") -> Rejection {
        Rejection(
            Diagnostic(
                .error, "damaged-workbook", at: .init(file: name), message,
                remedies: ["transfer or export it again", "open it in a spreadsheet program and save it as .xlsx"]))
    }

    static func locked(_ name: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "locked-workbook", at: .init(file: name), "the workbook is protected by a password",
                remedies: ["open it, remove the password (in Excel: File, Info, Protect Workbook) and save it"]))
    }

    static func tooLarge(_ name: String, _ message: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "workbook-too-large", at: .init(file: name), "the workbook is too large: \(message)",
                remedies: ["export it as CSV, or in several files"]))
    }
}
