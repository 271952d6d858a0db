import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite(
    "PostgreSQL", PostgresRunning(), .serialized,
    .enabled(if: PostgresServer.programs != nil, "PostgreSQL is not installed: apt-get install postgresql"))
struct PostgresTests {
    private func server() throws -> PostgresServer { try #require(PostgresRunning.server) }

    /// `exports:` with these mappings, as flow YAML after the table's name.
    private func folder(_ exports: [(table: String, mapping: String)]) throws -> Folder {
        let lines = exports.map { "  \($0.table): \($0.mapping)\n" }.joined()
        return try Folder(["dealership.yaml": "name: Riverside\ntime-zone: America/Chicago\nexports:\n\(lines)"])
    }

    private func messages(_ rows: String, _ connect: String? = nil, _ more: String = "") throws -> Folder {
        let connect = try connect ?? server().connect()
        return try folder([("messages", "{ postgres: { connect: \"\(connect)\", \(rows) }\(more) }")])
    }

    private func faults(_ folder: Folder, showValues: Bool = true) async throws -> [Diagnostic] {
        do {
            return try await folder.read().diagnostics
        } catch let rejection as Rejection {
            return rejection.diagnostics
        }
    }

    /// Rows that name each other, in both writings.
    private static let table = "message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at,automated"

    private static func rows(_ count: Int) -> [[String?]] {
        var generator = Generator(7)
        return (0..<count).map { index in
            let minutes = Int.random(in: 0..<40_000, using: &generator)
            let sent = Instant(seconds: 1_790_000_000 + Int64(minutes) * 60 + 7)
            let person: String? = index % 3 == 0 ? nil : index % 3 == 1 ? "" : "Zoë \"Z\", Łódź 李"
            return [
                "M\(index)", index % 5 == 0 ? nil : "V\(index / 4)", index % 2 == 0 ? "S1" : "S 2", "C\(index % 40)",
                "sms", index % 3 == 0 ? "inbound" : "outbound", person, sent.description, index % 7 == 0 ? "true" : nil,
            ]
        }
    }

    private static func csv(_ rows: [[String?]]) -> String {
        ([table] + rows.map { row in
            row.map { cell in cell.map { $0.contains("\"") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 } ?? "" }
                .joined(separator: ",")
        }).map { $0 + "\n" }.joined()
    }

    private static func insert(_ rows: [[String?]], into table: String) -> String {
        let values = rows.map { row in
            "(" + row.map { $0.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL" }.joined(separator: ",") + ")"
        }
        return "INSERT INTO \(table) VALUES \(values.joined(separator: ",\n"));\n"
    }

    private static func create(_ table: String) -> String {
        """
        CREATE TABLE \(table) (message_id text, conversation_id text, store_id char(5), customer_id text, channel text,
            direction varchar(8), person_id text, sent_at timestamp with time zone, automated boolean);

        """
    }

    @Test("a table, a view and a query give the journal that the same rows as CSV give, over any number of connections")
    func equalToCSV() async throws {
        let server = try server()
        let rows = Self.rows(600)
        try server.sql(
            "CREATE SCHEMA \"Crm ü\"; " + Self.create("\"Crm ü\".\"Messages.2026\"")
                + Self.insert(rows, into: "\"Crm ü\".\"Messages.2026\"")
                + "CREATE VIEW told AS SELECT * FROM \"Crm ü\".\"Messages.2026\";")
        let wanted = describe(
            try await Folder([
                "exports/messages.csv": Self.csv(rows), "exports/stores.csv": "store_id,name\nS1,One\nS 2,Two\n",
            ]).read())
        #expect(wanted.contains("message"))
        let name = "'\\\"Crm ü\\\".\\\"Messages.2026\\\"'".replacing("'", with: "\"")
        let query = "\"SELECT * FROM told WHERE message_id <> '' -- all of it\\n;\""
        for source in ["table: \(name)", "view: TOLD", "query: \(query)", "query: \(query), partition-by: conversation_id"] {
            for tasks in [1, 3] {
                let folder = try messages(source)
                try folder.write(Array("store_id,name\nS1,One\nS 2,Two\n".utf8), to: "exports/stores.csv")
                let read = try await folder.read(tasks: tasks, partSize: 5_000)
                #expect(read.diagnostics.isEmpty)
                // Which row comes first is the query's affair; who said what when is not.
                let lines = describe(read).split(separator: "\n").sorted()
                #expect(lines == wanted.split(separator: "\n").sorted(), "\(source) \(tasks)")
            }
        }
    }

    @Test("a large table is read in parts, once and in order; only mapped columns are asked for, and rows keep their numbers")
    func parts() async throws {
        let server = try server()
        try server.sql(
            """
            CREATE TABLE wide (id int, "Who" text, at timestamptz, filler text);
            ALTER TABLE wide ALTER COLUMN filler SET STORAGE PLAIN;
            INSERT INTO wide SELECT i, CASE WHEN i % 10 = 3 THEN E'two\\nlines\\n' ELSE 'C' || i END,
                timestamptz '2026-10-05 14:00:00+00' + i * interval '1 s', repeat('x', 7000) FROM generate_series(1, 8500) i;
            UPDATE wide SET at = 'infinity' WHERE id = 8400;
            """)
        let columns = """
            , columns: { message_id: id, customer_id: who, channel: { value: sms }, direction: { value: inbound }, sent_at: at }
            """
        var texts: Set<String> = []
        for tasks in [1, 2, 4] {
            let folder = try messages("table: wide", nil, columns)
            let read = try await folder.read(tasks: tasks)
            #expect(read.header.audits.map(\.rowsRead) == [8_500])
            #expect(read.header.audits[0].files == ["postgres:wide"])
            #expect(read.diagnostics.map(\.code) == ["columns-not-selected", "unreadable-date"])
            #expect(read.diagnostics[0].message == "3 of 4 columns are asked for; not filler")
            // The changed row is the last of the table now, behind 8,499 others of which 850 take three lines.
            #expect(read.diagnostics[1].location == .init(file: "postgres:wide", row: 8_500, column: "sent_at"))
            texts.insert(describe(read))
        }
        #expect(texts.count == 1)
        #expect(texts.first?.contains("1790000000") == false)
    }

    @Test("no rows, NULL and empty")
    func nothing() async throws {
        let server = try server()
        let holes = [
            ["M1", "", nil, "", "sms", "inbound", nil, "2026-10-05 14:00:00Z", nil],
            ["M2", nil, "", nil, "sms", "inbound", "", "2026-10-05 14:00:00Z", nil],
        ]
        try server.sql(Self.create("bare") + Self.create("holes") + Self.insert(holes, into: "holes"))
        let bare = try await messages("table: bare").read()
        #expect(bare.header.audits.map(\.rowsRead) == [0])
        let found = try await faults(messages("table: holes"))
        #expect(found.map(\.code) == ["missing-value", "missing-value"])
        #expect(found.map(\.location?.row) == [1, 2])
    }

    @Test("two exports of one server stand in one snapshot, while others write")
    func snapshot() async throws {
        let server = try server()
        try server.sql(
            """
            CREATE TABLE ours (message_id text, customer_id text, channel text, direction text, sent_at timestamptz);
            CREATE TABLE theirs (LIKE ours);
            """)
        let writer = Process()
        writer.executableURL = URL(filePath: "/usr/bin/env")
        writer.arguments = ["psql", "-h", "127.0.0.1", "-p", "\(server.port)", "-U", "admin", "-d", "crm", "-qX", "-f", "-"]
        let input = Pipe()
        writer.standardInput = input
        try writer.run()
        let pair = "BEGIN; INSERT INTO ours VALUES (gen_random_uuid(), 'C', 'sms', 'inbound', now()); "
            + "INSERT INTO theirs SELECT gen_random_uuid(), 'C', 'sms', 'inbound', now(); COMMIT;\n"
        input.fileHandleForWriting.write(Data(String(repeating: pair, count: 3_000).utf8))
        let both = "[{ postgres: { connect: \"\(server.connect())\", table: ours } }, "
            + "{ postgres: { connect: \"\(server.connect())\", query: \"SELECT * FROM theirs\" } }]"
        for _ in 0..<5 {
            let read = try await folder([("messages", both)]).read(tasks: 3)
            #expect(read.header.audits[0].rowsRead == read.header.audits[1].rowsRead)
        }
        try input.fileHandleForWriting.close()
        writer.waitUntilExit()
        #expect(try await folder([("messages", both)]).read().header.audits.map(\.rowsRead) == [3_000, 3_000])
    }

    @Test("what is not there, may not be read or does not parse is told with a remedy")
    func refusals() async throws {
        let server = try server()
        try server.sql(
            """
            CREATE SCHEMA crm; CREATE TABLE crm.leads (lead_nr text, customer text, created date);
            CREATE VIEW broken AS SELECT '1' AS message_id, (1 / (i - 700))::text AS customer_id, 'sms' AS channel,
                'inbound' AS direction, now() AS sent_at FROM generate_series(1, 1000) i;
            """)
        func codes(_ rows: String, _ more: String = "") async throws -> [String] {
            try await faults(messages(rows, nil, more)).filter { $0.severity == .error }.map { "\($0.code): \($0.remedies[0])" }
        }
        #expect(try await codes("table: crm.leeds") == ["postgres-missing: did you mean crm.leads?"])
        #expect(try await codes("table: leads") == ["postgres-missing: did you mean crm.leads?"])
        #expect(try await codes("table: a.b.c")[0].hasPrefix("postgres-missing"))
        #expect(
            try await codes("table: crm.leads", ", columns: { message_id: lead_no }")
                .contains("missing-column: did you mean lead_nr?"))
        #expect(try await codes("query: SELECT nix FROM crm.leads")[0].hasPrefix("postgres-missing"))
        #expect(try await codes("query: SELEC 1")[0].hasPrefix("postgres-query"))
        #expect(try await codes("query: \"SELECT 1) AS q; DROP TABLE crm.leads; SELECT (1\"")[0].hasPrefix("postgres-query"))
        #expect(try await codes("view: broken") == ["postgres-cut: try the view or query in psql, and correct it"])
        #expect(try await codes("view: told, partition-by: nix")[0].hasPrefix("missing-column: name one of message_id"))
        let pass = try passFile(PostgresServer.password)
        let reader = "host=127.0.0.1 port=\(server.port) dbname=crm user=reader passfile=\(pass)"
        let denied = try await faults(messages("table: crm.leads", reader))
        #expect(denied.map(\.code).contains("postgres-permission"))
    }

    private func passFile(_ password: String) throws -> String {
        let path = try "\(server().folder)/pass-\(UUID().uuidString)"
        let line = "127.0.0.1:*:*:reader:\(password.replacing("\\", with: "\\\\").replacing(":", with: "\\:"))\n"
        try line.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    @Test("passwords come from a pass file, never from the mapping, and are never said")
    func passwords() async throws {
        let server = try server()
        try server.sql(Self.create("open") + "GRANT SELECT ON open TO reader;")
        let reader = "host=127.0.0.1 port=\(server.port) dbname=crm user=reader"
        let good = try passFile(PostgresServer.password)
        #expect(try await messages("table: open", "\(reader) passfile=\(good)").read().header.audits[0].rowsRead == 0)
        let wrong = "Fals:ch-\(UUID().uuidString)"
        let cases = [
            ("\(reader) passfile=\(try passFile(wrong))", "the password is not this user's"),
            ("\(reader) passfile=/nowhere", "it asks for a password and none is given"),
            ("\(reader) password=\(wrong)", "`connect` has password"),
            ("postgresql://reader:\(wrong)@127.0.0.1:\(server.port)/crm", "`connect` has password"),
            ("\(reader) password='\(wrong)", "`connect` is not what libpq reads"),
            ("\(reader) pasword=\(wrong)", "`connect` is not what libpq reads"),
            ("postgresql://reader:\(wrong)@127.0.0.1:\(server.port)/crm?ssl_mode=x", "`connect` is not what libpq reads"),
            ("\(reader) user=nobody passfile=\(try passFile(wrong))", "it asks for a password and none is given"),
        ]
        for (connect, words) in cases {
            let found = try await faults(messages("table: open", connect)).filter { $0.severity == .error }
            let said = found.map { $0.rendered(showValues: true) }.joined(separator: "\n")
            #expect(said.contains(words), "\(said)")
            #expect(!said.contains(wrong) && !said.contains("Fals") && !said.contains(wrong.dropFirst(5)), "a password is told")
            #expect(found.allSatisfy { !$0.remedies.isEmpty })
        }
    }

    @Test("TLS as libpq has it: encrypted on demand, checked on demand")
    func tls() async throws {
        let server = try server()
        try server.sql(Self.create("sealed"))
        let there = "host=localhost hostaddr=127.0.0.1 port=\(server.port) dbname=crm user=admin"
        for good in ["sslmode=require", "sslmode=verify-full sslrootcert=\(server.folder)/server.crt"] {
            #expect(try await messages("table: sealed", "\(there) \(good)").read().header.audits[0].rowsRead == 0)
        }
        let unknown = try await faults(messages("table: sealed", "\(there) sslmode=verify-full sslrootcert=/nowhere.crt"))
        #expect(unknown[0].message.hasSuffix("the server's certificate is not known to be good"))
        let other = "host=127.0.0.1 port=\(server.port) dbname=crm user=admin"
        let foreign = try await faults(
            messages("table: sealed", "\(other) sslmode=verify-full sslrootcert=\(server.folder)/server.crt"))
        #expect(foreign[0].message.hasSuffix("the server's certificate is for another host"))
    }

    @Test("nobody there, no such database, no such user")
    func connecting() async throws {
        let server = try server()
        let port = try PostgresServer.freePort()
        for (connect, words) in [
            (
                "host=127.0.0.1 port=\(port) dbname=crm user=x",
                "at 127.0.0.1, port \(port), database crm, user x: nothing listens there"
            ),
            ("host=127.0.0.1 port=\(server.port) dbname=nix user=admin", "there is no such database"),
            ("host=nowhere.invalid dbname=crm user=admin", "the host's name is unknown"),
        ] {
            let found = try await faults(messages("table: told", connect))
            #expect(found.map(\.code).contains("postgres-connect"))
            #expect(found.contains { $0.message.contains(words) }, "\(found)")
        }
    }

    @Test("a connection that is cut stops the run: at any byte, and by the server's administrator")
    func cuts() async throws {
        let server = try server()
        try server.sql(Self.create("cut") + Self.insert(Self.rows(3_000), into: "cut"))
        let whole = try await messages("table: cut").read().header.audits[0].rowsRead
        #expect(whole == 3_000)
        var generator = Generator(3)
        for _ in 0..<12 {
            let proxy = try CuttingProxy(to: server.port, after: Int.random(in: 3_000..<190_000, using: &generator))
            let connect = "host=127.0.0.1 port=\(proxy.port) dbname=crm user=admin sslmode=disable"
            let found = try await faults(messages("table: cut", connect)).filter { $0.severity == .error }
            #expect(found.map(\.code) == ["postgres-cut"])
            #expect(found.first?.remedies.isEmpty == false)
        }
        try server.sql(
            """
            CREATE VIEW slow AS SELECT message_id, customer_id, channel, direction, sent_at FROM cut,
                LATERAL (SELECT pg_sleep(CASE WHEN message_id > 'M2' THEN 0.01 * length(customer_id) ELSE 0 END)) s;
            """)
        let killer = """
            DO $$ BEGIN
              FOR i IN 1..24000 LOOP
                PERFORM pg_stat_clear_snapshot();
                PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%slow%' AND pid <> pg_backend_pid();
                EXIT WHEN FOUND;
                PERFORM pg_sleep(0.05);
              END LOOP;
            END $$;
            """
        let killing = try server.start(killer)
        let found = try await faults(messages("view: slow")).filter { $0.severity == .error }
        killing.waitUntilExit()
        #expect(found.map(\.code) == ["postgres-cut"])
        #expect(found.first?.message.contains("an administrator ended the connection") == true)
    }
}

@Suite("Names in SQL")
struct PostgresNameTests {
    @Test("quoted parts keep dots, quotes and letters", arguments: [
        ("leads", ["leads"]), ("crm.leads", ["crm", "leads"]), ("crm.\"Leads 2026.x\"", ["crm", "Leads 2026.x"]),
        ("\"a\"\"b\".c", ["a\"b", "c"]), ("a.b.c", nil), ("a.", nil), ("\"a", nil), ("", nil), ("\"a\"b", nil),
    ] as [(String, [String]?)])
    func parts(name: String, expected: [String]?) {
        #expect(PostgresRelation.parts(of: name)?.map(\.name) == expected)
    }
}
