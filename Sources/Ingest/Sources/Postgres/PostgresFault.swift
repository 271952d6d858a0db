import Basis
import CPostgres

/// What PostgreSQL or the way to it refused, in our words: the server's may hold a row's content, libpq's a password.
enum PostgresFault {
    static func connecting(_ connection: OpaquePointer, at place: Diagnostic.Location?) -> Diagnostic {
        let said = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        let lacksPassword = PQconnectionNeedsPassword(connection) != 0
        let reason = ConnectReason(said, lacksPassword: lacksPassword)
        return Diagnostic(
            .error, "postgres-connect", at: place,
            "no connection to PostgreSQL at \(whereabouts(connection)): \(reason.words)", remedies: [reason.remedy],
            value: redacted(said, connection))
    }

    private static func whereabouts(_ connection: OpaquePointer) -> String {
        func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
            guard let pointer, pointer.pointee != 0 else { return "(none)" }
            return String(cString: pointer)
        }
        return "\(text(PQhost(connection))), port \(text(PQport(connection))), database \(text(PQdb(connection))), "
            + "user \(text(PQuser(connection)))"
    }

    /// libpq's words without what it knows as the password.
    private static func redacted(_ said: String, _ connection: OpaquePointer) -> String {
        let password = PQpass(connection).map { String(cString: $0) } ?? ""
        let text = password.isEmpty ? said : said.replacing(password, with: "***")
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// - Parameter rows: how many had come, of a COPY that broke off.
    static func refused(
        _ result: OpaquePointer?, _ connection: OpaquePointer, at place: Diagnostic.Location?, after rows: Int?
    ) -> Diagnostic {
        let state = kpi_sqlstate(result).map { String(cString: $0) } ?? ""
        let isGone = PQstatus(connection) != CONNECTION_OK
        if isGone || rows != nil || state.hasPrefix("08") || state.hasPrefix("57P") { return cut(state, at: place, after: rows) }
        let said = kpi_said(result).map { String(cString: $0) }
        let (code, words, remedies) = meaning(state, said)
        return Diagnostic(.error, code, at: place, words, remedies: remedies, value: said)
    }

    /// Rows came to an end before their count: none of them may be counted.
    static func cut(_ state: String = "", at place: Diagnostic.Location?, after rows: Int?) -> Diagnostic {
        let so = rows.map { ", after \($0) row\($0 == 1 ? "" : "s") of a part" } ?? ""
        let why =
            switch state {
            case "57014": "the server ended the query, by its time limit or by hand"
            case "57P01": "an administrator ended the connection"
            case "57P02", "57P03": "the server stopped"
            case "53100": "the server's disk is full"
            case "53200": "the server's memory is full"
            case "40001": "the server is a replica and needed the rows' space"
            case "42501": "the user may not read all of it"
            case _ where state.hasPrefix("22") || state.hasPrefix("P0"): "a row could not be computed (\(state))"
            case "": "the connection was lost"
            default: "the server gave up (\(state))"
            }
        let remedy =
            switch state {
            case "57014": "raise the user's statement_timeout on the server, or read a smaller view"
            case "40001": "raise max_standby_streaming_delay there, or read from the primary"
            case _ where state.hasPrefix("22") || state.hasPrefix("P0"): "try the view or query in psql, and correct it"
            default: "run it again; if it happens again, look at the server's log and at what stands between"
            }
        return Diagnostic(
            .error, "postgres-cut", at: place, "reading broke off\(so): \(why); nothing of it is counted", remedies: [remedy])
    }

    /// Another export's rows, or a person, ended the reading.
    static func stopped(at place: Diagnostic.Location?) -> Diagnostic {
        Diagnostic(
            .error, "postgres-cut", at: place, "reading was stopped before all of it was there; nothing of it is counted",
            remedies: ["mend what else is said, and run it again"])
    }

    private static func meaning(_ state: String, _ said: String?) -> (code: String, words: String, remedies: [String]) {
        // Of names alone the server's words are shown: they are the mapping's own.
        let spot = said.map { ": \($0)" } ?? ""
        return switch state {
        case "42501":
            (
                "postgres-permission", "the user may not read it",
                ["ask for it: GRANT USAGE ON SCHEMA … TO …; GRANT SELECT ON … TO …"]
            )
        case "42P01", "3F000":
            ("postgres-missing", "there is no such table or view\(spot)", ["check its name and schema in dealership.yaml"])
        case "42703": ("postgres-missing", "a column is not there\(spot)", ["correct the query, or the view that it reads"])
        case "42702":
            ("postgres-query", "two columns have the same name", ["give one of them another with AS in the query"])
        case "25006":
            ("postgres-query", "the query would change something", ["write a SELECT: it runs in a read-only transaction"])
        case "55P03":
            ("postgres-query", "somebody holds a lock on it for longer than half a minute", ["try again later"])
        case "57014":
            (
                "postgres-query", "the server ended the query, by its time limit or by hand",
                ["raise the user's statement_timeout on the server, or read a smaller view"]
            )
        default:
            (
                "postgres-query", "the server refused the query (\(state.isEmpty ? "no code" : state))",
                ["try it in psql; --show-values says what the server said"]
            )
        }
    }
}

/// Why no connection came about, told from libpq's and the server's words: at this point there is no code.
private struct ConnectReason {
    var words: String
    var remedy: String

    init(_ said: String, lacksPassword: Bool) {
        func says(_ parts: String...) -> Bool { parts.allSatisfy { said.contains($0) } }
        let found: (String, String)? =
            if lacksPassword || says("no password supplied") {
                ("it asks for a password and none is given", ConnectReason.passwordFile)
            } else if says("password authentication failed") {
                ("the password is not this user's", ConnectReason.passwordFile)
            } else {
                ConnectReason.ofWay(says) ?? ConnectReason.ofServer(says)
            }
        let other = ("it failed", "try the same with psql; --show-values says what libpq said")
        (words, remedy) = found ?? other
    }

    private static let passwordFile =
        "write host:port:database:user:password into ~/.pgpass, readable by you alone (chmod 600), or name another file with PGPASSFILE"

    private static func ofWay(_ says: (String...) -> Bool) -> (String, String)? {
        if says("Connection refused") || says("No such file or directory", "socket") {
            return ("nothing listens there", "check host and port, and that the server runs and listens on that address")
        }
        if says("could not translate host name") { return ("the host's name is unknown", "check the host's name") }
        if says("timeout expired") || says("timed out") || says("No route to host") || says("unreachable") {
            return ("no answer", "check the host, the VPN and the firewall between")
        }
        if says("does not support SSL") {
            return ("the server has no TLS", "ask for TLS on the server; sslmode=prefer does without, in the clear")
        }
        if says("root certificate file") || says("certificate verify failed") {
            return (
                "the server's certificate is not known to be good",
                "name the certificate of whoever issued it with sslrootcert=FILE; sslmode=require does not check it"
            )
        }
        if says("server certificate for") || says("does not match host name") {
            return ("the server's certificate is for another host", "write the host's name as the certificate has it")
        }
        if says("server closed the connection") {
            return ("the connection was closed at once", "check that host and port are PostgreSQL's, and look at the server's log")
        }
        if says("SSL") { return ("TLS failed", "try the same with psql; --show-values says what libpq said") }
        return nil
    }

    private static func ofServer(_ says: (String...) -> Bool) -> (String, String)? {
        if says("no pg_hba.conf entry") {
            return (
                "the server lets this user in from here not at all, or not without TLS",
                "try sslmode=require, or ask its administrator for a line in pg_hba.conf"
            )
        }
        if says("database", "does not exist") { return ("there is no such database", "check dbname") }
        if says("role", "does not exist") || says("Peer authentication failed") || says("Ident authentication failed") {
            return ("there is no such user, or it may not log in so", "check user")
        }
        if says("too many") || says("remaining connection slots") {
            return ("the server has no connection left", "try again later, or with --tasks 1")
        }
        if says("starting up") || says("shutting down") { return ("the server starts or stops", "try again in a minute") }
        if says("service file") || says("definition of service") {
            return ("the service is not in the service file", "check ~/.pg_service.conf, or what PGSERVICEFILE names")
        }
        return nil
    }
}
