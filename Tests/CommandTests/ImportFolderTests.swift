import Foundation
import Testing

private enum Mounts {
    static var arePossible: Bool {
        (try? Program.run(URL(filePath: "/usr/bin/env"), ["unshare", "-m", "true"]).status) == 0
    }
}

/// Folders that cannot be written, and disks that are full: a mount of its own, for which the tests must run as root.
@Suite(
    "kpi import: read-only folders, a full disk", .enabled(if: Mounts.arePossible, "needs root, for mounts of its own"))
struct ImportFolderTests {
    /// In a namespace of its own: its mounts are gone with it.
    private static func shell(_ folder: String, _ script: String) throws -> Program.Ran {
        let head = "set -u; kpi='\(Program.path.path())'; cd '\(folder)'; "
        return try Program.run(URL(filePath: "/usr/bin/env"), ["unshare", "-m", "bash", "-c", head + script])
    }

    private static func sample(_ folder: borrowing ScratchFolder) throws {
        #expect(try Program.run("sample", folder.path + "/d", "--months", "3").status == 0)
    }

    @Test("a disk that is full at the first import, and at a later one: it says so, and the store is as it was")
    func full() throws {
        let folder = try ScratchFolder()
        try Self.sample(folder)
        let ran = try Self.shell(
            folder.path,
            """
            mkdir full && mount -t tmpfs -o size=3m none full || exit 1
            mkdir full/exports && cp d/dealership.yaml full/ || exit 1
            ln -s "$PWD"/d/exports/* full/exports/
            $kpi import full; echo "first $?"; $kpi imports full; ls full
            mount -o remount,size=6m full
            rm full/exports/*; ln -s "$PWD"/d/exports/RO_*.tsv full/exports/
            $kpi import full; echo "small $?"
            cp full/kpi.sqlite before
            ln -sf "$PWD"/d/exports/* full/exports/
            $kpi import full; echo "more $?"
            $kpi imports full | grep -c '^[0-9]'; cmp full/kpi.sqlite before && echo unharmed
            mount -o remount,size=200m full
            $kpi import full; echo "again $?"
            $kpi imports full --rows | tail -n 1
            """)
        #expect(ran.out.contains("first 1\nnothing was imported yet\ndealership.yaml\nexports\n"), "\(ran)")
        #expect(ran.out.contains("small 0\n"), "\(ran)")
        #expect(ran.out.contains("more 1\n1\nunharmed\n"), "\(ran)")
        #expect(ran.out.contains("again 0\n"), "\(ran)")
        #expect(ran.errors.split(separator: "\n").count { $0.contains("error[cannot-write]") } == 2, "\(ran.errors)")
        #expect(try Program.run("import", folder.path + "/d").status == 0)
        let whole = try Program.run("imports", folder.path + "/d", "--rows").out.split(separator: "\n").last ?? "?"
        #expect(ran.out.hasSuffix("\(whole)\n"), "\(ran.out) \(whole)")
    }

    @Test("a folder that cannot be written: an import says so, the store in it is read all the same")
    func readOnly() throws {
        let folder = try ScratchFolder()
        try Self.sample(folder)
        let script = """
            mount --bind d d && mount -o remount,ro,bind d || exit 1
            $kpi import d; echo "import $?"; $kpi imports d; $kpi imports d --rows | tail -n 1
            ls d | grep -c kpi.sqlite
            """
        let without = try Self.shell(folder.path, script)
        #expect(without.out == "import 1\nnothing was imported yet\nnothing was imported yet\n0\n", "\(without)")
        let words = "kpi.sqlite: error[cannot-write]: the file cannot be written, and nothing was: Read-only"
        #expect(without.errors.contains(words), "\(without)")

        #expect(try Program.run("import", folder.path + "/d").status == 0)
        let rows = try Program.run("imports", folder.path + "/d", "--rows").out.split(separator: "\n").last ?? "?"
        try FileManager.default.removeItem(atPath: folder.path + "/d/exports/email.csv")
        try folder.write("lead_id,customer_id,created_at\n1,C-1,2026-10-01T10:00\n", "d/exports/leads.csv")
        let with = try Self.shell(folder.path, script)
        #expect(with.out.hasPrefix("import 1\n1  ") && with.out.hasSuffix("\(rows)\n1\n"), "\(with)")
        #expect(with.errors.contains("error[cannot-write]"), "\(with)")
    }
}
