import Basis
import CLate
import CPostgres
import Definitions
import Foundation

/// How a connection is asked for: as libpq has it, and no password among it.
enum PostgresConnect {
    /// Why `connect` is not used; nil: it may be. libpq's own words are not shown, they can hold a part of a password.
    static func refusal(of connect: String, at place: Diagnostic.Location?) -> Diagnostic? {
        guard kpi_has_libpq() != 0 else {
            return Diagnostic(
                .error, "no-libpq", at: place, "PostgreSQL is read through libpq, which is not installed",
                remedies: ["apt-get install libpq5", "or export the rows as CSV"])
        }
        guard !connect.isEmpty else { return nil }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connect, &message) else {
            defer { PQfreemem(message) }
            var remedies = [
                "write it as \"host=db.example dbname=crm user=kpi sslmode=require\" or postgresql://kpi@db.example/crm"
            ]
            if let near = nearestKeyword(connect) { remedies.insert("did you mean \(near)=?", at: 0) }
            return Diagnostic(.error, "bad-connect", at: place, "`connect` is not what libpq reads", remedies: remedies)
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            // libpq marks what must not be seen with a star.
            let isSecret = option.pointee.dispchar.map { $0[0] == CChar(UInt8(ascii: "*")) } ?? false
            if isSecret, let value = option.pointee.val, value[0] != 0 {
                return Diagnostic(
                    .error, "password-in-file", at: place, "`connect` has \(String(cString: keyword)), which may not stand in a file",
                    remedies: [
                        "put it into ~/.pgpass as host:port:database:user:password, readable by you alone (chmod 600), "
                            + "or into a file that PGPASSFILE names"
                    ])
            }
            option += 1
        }
        return nil
    }

    /// A word of libpq's that one before an equals sign was perhaps meant to be; never the user's own text.
    private static func nearestKeyword(_ connect: String) -> String? {
        let known = keywords()
        let words = connect.split(whereSeparator: \.isWhitespace).compactMap { $0.split(separator: "=").first }.map(String.init)
        return words.lazy.filter { !known.contains($0) }.compactMap { nearestName(to: $0, among: known) }.first
    }

    private static func keywords() -> [String] {
        guard let options = PQconndefaults() else { return [] }
        defer { PQconninfoFree(options) }
        var keywords: [String] = []
        var option = options
        while let keyword = option.pointee.keyword {
            keywords.append(String(cString: keyword))
            option += 1
        }
        return keywords
    }

    /// Connects, with patience that ends: what the user, a service or the environment says of it goes before.
    static func open(_ connect: String) -> OpaquePointer? {
        let environment = ProcessInfo.processInfo.environment
        var options: [(String, String)] = [("fallback_application_name", "kpi")]
        if environment["PGSERVICE"] == nil, !connect.contains("service") {
            if environment["PGCONNECT_TIMEOUT"] == nil { options.append(("connect_timeout", "10")) }
            options += [
                ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
                ("tcp_user_timeout", "60000"),
            ]
        }
        // What `dbname` spells out takes the place of what stands before it.
        options.append(("dbname", connect))
        options.append(("client_encoding", "UTF8"))
        return withCStrings(options.map(\.0) + [nil]) { keywords in
            withCStrings(options.map(\.1) + [nil]) { values in PQconnectdbParams(keywords, values, 1) }
        }
    }
}
