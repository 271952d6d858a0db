import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A real PostgreSQL from the system's packages, on loopback, in a folder of its own; both gone when the suite is, and
/// also when the tests are killed: the shell around it ends it when its standard input closes.
final class PostgresServer: Sendable {
    static let password = "Gehe1m=Wort' 7"
    let folder: String
    let port: Int
    private let shell: Process
    private let leash: Pipe

    /// Of the newest version here; nil where none is.
    static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }.sorted()
        guard let newest = versions.last else { return nil }
        let programs = "\(root)/\(newest)/bin"
        return FileManager.default.isExecutableFile(atPath: "\(programs)/initdb") ? programs : nil
    }()

    init() throws {
        // What is written to a program that has ended already is an error here, not the end of all tests.
        _ = signal(SIGPIPE, SIG_IGN)
        guard let programs = PostgresServer.programs else { throw Broken(said: "PostgreSQL is not installed") }
        folder = FileManager.default.temporaryDirectory.appending(path: "kpi-pg-\(UUID().uuidString.prefix(8))").path()
        port = try PostgresServer.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let isRoot = geteuid() == 0
        let whose = isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        if isRoot { try PostgresServer.run(["chown", "postgres", folder]) }
        let data = "\(folder)/data"
        try PostgresServer.run(whose + [
            "\(programs)/initdb", "-D", data, "-U", "admin", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8",
        ])
        let rules = """
            local all all trust
            host all admin 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256

            """
        try rules.write(toFile: "\(data)/pg_hba.conf", atomically: false, encoding: .utf8)
        try PostgresServer.run(whose + [
            "openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost", "-out", "\(data)/server.crt",
            "-keyout", "\(data)/server.key",
        ])
        try PostgresServer.run(["chmod", "600", "\(data)/server.key"])
        try PostgresServer.run(["cp", "\(data)/server.crt", "\(folder)/server.crt"])
        shell = Process()
        leash = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = [
            "-c",
            """
            folder=$1; shift; "$@" </dev/null >/dev/null 2>&1 &
            cat >/dev/null; kill -INT $!; wait; rm -rf "$folder"
            """, "sh", folder,
        ] + whose + [
            "\(programs)/postgres", "-D", data, "-F", "-p", "\(port)", "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=\(folder)", "-c", "ssl=on", "-c", "max_connections=20", "-c", "lc_messages=C",
        ]
        shell.standardInput = leash
        try shell.run()
        for attempt in 0... {
            do {
                try sql("SELECT 1", database: "postgres")
                break
            } catch where attempt < 200 {
                usleep(50_000)
            }
        }
        try sql("CREATE DATABASE crm", database: "postgres")
        try sql("CREATE ROLE reader LOGIN PASSWORD '\(PostgresServer.password.replacing("'", with: "''"))'")
    }

    func stop() {
        try? leash.fileHandleForWriting.close()
        shell.waitUntilExit()
    }

    func sql(_ text: String, database: String = "crm") throws {
        try PostgresServer.run(
            [
                "psql", "-h", "127.0.0.1", "-p", "\(port)", "-U", "admin", "-d", database, "-qAtX", "-v",
                "ON_ERROR_STOP=1", "-f", "-",
            ], input: text)
    }

    /// The same beside whoever goes on: waiting for it would take a thread from what it waits for.
    func start(_ text: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["psql", "-h", "127.0.0.1", "-p", "\(port)", "-U", "admin", "-d", "crm", "-qAtX", "-c", text]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// `connect:` of the user who needs no password.
    func connect(_ more: String = "") -> String { "host=127.0.0.1 port=\(port) dbname=crm user=admin \(more)" }

    struct Broken: Error, CustomStringConvertible {
        var said: String
        var description: String { said }
    }

    @discardableResult
    static func run(_ words: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let (to, from) = (Pipe(), Pipe())
        process.standardInput = to
        process.standardOutput = from
        process.standardError = from
        try process.run()
        try to.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try to.fileHandleForWriting.close()
        let said = String(decoding: try from.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Broken(said: "\(words.first ?? ""): \(said)") }
        return said
    }

    static func freePort() throws -> Int {
        let listener = try Listener()
        defer { listener.close() }
        return listener.port
    }
}

/// The one server of a suite, and its end.
struct PostgresRunning: SuiteTrait, TestScoping {
    @TaskLocal static var server: PostgresServer?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        if PostgresServer.programs == nil {
            print("PostgreSQL is not installed: its tests are skipped (apt-get install postgresql)")
            return
        }
        let server = try PostgresServer()
        defer { server.stop() }
        try await PostgresRunning.$server.withValue(server) { try await function() }
    }
}

/// A socket that listens on loopback.
struct Listener {
    let descriptor: Int32
    let port: Int

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 20) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isOpen else { throw PostgresServer.Broken(said: "no port is free") }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { _ = Glibc.close(descriptor) }
}

/// Stands between a client and the server and hangs up after so many bytes of the server's.
final class CuttingProxy: Sendable {
    let port: Int
    private let listener: Int32

    init(to server: Int, after bytes: Int) throws {
        let listening = try Listener()
        port = listening.port
        listener = listening.descriptor
        let descriptor = listener
        Thread.detachNewThread {
            while true {
                let client = accept(descriptor, nil, nil)
                if client < 0 { return }
                Thread.detachNewThread { CuttingProxy.pass(client, server, bytes) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func pass(_ client: Int32, _ server: Int, _ limit: Int) {
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(server).bigEndian
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var left = limit
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var ends = [pollfd(fd: client, events: Int16(POLLIN), revents: 0), pollfd(fd: other, events: Int16(POLLIN), revents: 0)]
        while left > 0, poll(&ends, 2, 20_000) > 0 {
            let isServer = ends[1].revents != 0
            let got = recv(isServer ? other : client, &buffer, isServer ? min(left, buffer.count) : buffer.count, 0)
            if got <= 0 { break }
            if isServer { left -= got }
            _ = send(isServer ? client : other, buffer, got, Int32(MSG_NOSIGNAL))
        }
        close(client)
        close(other)
    }
}
