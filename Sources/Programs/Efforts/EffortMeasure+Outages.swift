public import Dealership
import Measures

extension EffortMeasure {
    /// The activities whose outages could have moved the figure: its channel; of one without a channel what its rows
    /// come by, the dealership's own channels for messages, `phone` for calls, `visits`, `leads`, `appointments`.
    ///
    /// Empty: none is known. Handoffs pass between departments, on nothing that an outage is written down of; what is
    /// counted of outages themselves is not excused by them.
    public func outageActivities(_ settings: DealershipSettings) -> [String] {
        if let channel = slice[.channel] { return [channel] }
        let needs = Set(request.entry.needs)
        if needs.contains("outages") || request.name == "handoffs" { return [] }
        if request.name == "calls" { return ["phone"] }
        var activities: [String] = []
        if !needs.isDisjoint(with: ["messages", "conversations"]) {
            activities += settings.channels.filter { $0.management == .managed }.map(\.name)
        }
        if needs.contains("leads") { activities.append("leads") }
        if needs.contains("service_visits") { activities.append("visits") }
        if needs.contains("appointments") { activities.append("appointments") }
        return activities.sorted()
    }
}
