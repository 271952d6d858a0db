public import Basis

/// The sentences that rewards keep, in the ledger and in statements, for pages in other languages.
///
/// They are made and kept in English, so that an entry reads and hashes alike wherever it is written.
public enum LedgerPhrases {
    /// Why an earlier month changed: ``LedgerChange/words``.
    public static let reasons = KeptPhrases(
        free: [say(later: "reversed: {0}")],
        [
            say(later: "dealership.yaml was changed since entry {0}"),
            say(later: "outage {0} came: down {1}"), say(later: "outage {0} went: was down {1}"),
            say(later: "outage {0} changed"), say(later: "outage {0}: down {1} → {2}"),
            say(later: "no longer among those whom the rule may pay"),
            say(later: "now among those whom the rule may pay"),
            say(later: "the team's part changed from {0} to {1}"), say(later: "a gate's figure changed"),
            say(later: "working days changed: present {0} → {1}, eligible {2} → {3}"),
            say(later: "the pool is divided otherwise"), say(later: "the pool had {0} of {1} left"),
            say(later: "no row of one's own changed: see what concerns all"),
            say(later: "{0} came: {1}"), say(later: "{0} went: was {1}"), say(later: "{0} is another's: was {1}"),
            say(later: "{0} is counted here now: {1}"),
            say(later: "in time"), say(later: "late"), say(later: "unanswered"), say(later: "still within target"),
            say(later: "left out"), say(later: "never"), say(later: "now"), say(later: "left out: {0}"),
            // Of a conversation: its number, how it stood and stands, what else changed.
            "{0}: {1} → {2} ({3})", "{0}: {1} ({2})", "{0}: {1} → {2}", "{0}, {1}", "{0}; {1}",
            say(later: "outage minutes {0} → {1}"), say(later: "leave minutes {0} → {1}"),
            say(later: "minutes waited {0} → {1}"), say(later: "target minutes {0} → {1}"),
            say(later: "answered {0} → {1}"), say(later: "due {0} → {1}"), say(later: "{0} of {1}"),
            say(later: "{0} to {1}"),
        ])

    /// A gate's words, and what was found: `unanswered at most 5 %`, `3.1 %`.
    public static let gates = KeptPhrases([
        say(later: "{0} at most {1}"), say(later: "{0} at least {1}"), say(later: "too few: {0} of {1}"), "{0} %",
        say(later: "unknown"),
    ])
}
