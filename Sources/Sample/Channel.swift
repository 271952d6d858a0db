/// How customers reach the dealership in the sample.
enum Channel: Int, CaseIterable, Sendable {
    case email, sms, phone, chat

    var name: String {
        switch self {
        case .email: "email"
        case .sms: "sms"
        case .phone: "phone"
        case .chat: "chat"
        }
    }

    /// In front of conversation numbers.
    var prefix: String {
        switch self {
        case .email: "EM"
        case .sms: "TX"
        case .phone: "CA"
        case .chat: "CH"
        }
    }

    /// Open seconds until a person answers, as `targets` in dealership.yaml says.
    var target: Int64 {
        switch self {
        case .email: 3_600
        case .sms: 900
        case .phone: 300
        case .chat: 120
        }
    }

    /// Conversations a month that customers begin.
    var volume: Double {
        switch self {
        case .email: 800
        case .sms: 600
        case .phone: 860
        case .chat: 15
        }
    }

    /// Texts are what customers write on a Saturday; e-mails answer the reminder that goes out on Tuesdays.
    func weekdayFactor(_ weekday: Int) -> Double {
        switch self {
        case .email: weekday == 1 ? 1.6 : 0.88
        case .sms: weekday == 5 ? 1.7 : 0.88
        case .phone, .chat: 1
        }
    }

    /// Share that comes outside opening hours on a day that is open.
    var afterHours: Double {
        switch self {
        case .email: 0.36
        case .sms: 0.38
        case .phone: 0.17
        case .chat: 0.3
        }
    }

    /// Service, sales, parts.
    var departments: [Double] {
        switch self {
        case .email: [0.8, 0.2, 0]
        case .sms: [0.7, 0.2, 0.1]
        case .phone: [0.65, 0.2, 0.15]
        case .chat: [0.2, 0.7, 0.1]
        }
    }
}

/// Departments of the sample.
enum Department: Int, CaseIterable, Sendable {
    case service, sales, parts, finance

    var name: String {
        switch self {
        case .service: "service"
        case .sales: "sales"
        case .parts: "parts"
        case .finance: "finance"
        }
    }
}
