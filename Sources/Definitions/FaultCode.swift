/// The codes of what can be wrong with a definition. Stable: scripts may look for them.
/// Each has a folder in `Tests/Errors`.
public enum FaultCode: String, CaseIterable, Sendable {
    // The file as text
    case notUTF8 = "not-utf-8"
    case controlCharacter = "control-character"
    case tab
    case syntax
    case emptyFile = "empty-file"
    case tooLarge = "too-large"
    case tooDeep = "too-deep"

    // Keys
    case duplicateKey = "duplicate-key"
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case missingValue = "missing-value"
    /// A note: the key belongs to a command that reads it by itself.
    case notReadYet = "not-read-yet"

    // Values
    case wrongType = "wrong-type"
    case yesNoTrap = "yes-no-trap"
    case unknownChoice = "unknown-choice"
    case badNumber = "bad-number"
    case badShare = "bad-share"
    case badDuration = "bad-duration"
    case badDate = "bad-date"
    case noSuchDate = "no-such-date"
    case outOfRange = "out-of-range"
    case badName = "bad-name"
    case duplicateName = "duplicate-name"
    case repeatedItem = "repeated-item"

    // The dealership
    case badCurrency = "bad-currency"
    case badTimeZone = "bad-time-zone"
    case badDays = "bad-days"
    case badHours = "bad-hours"
    case daysTwice = "days-twice"
    case exceptionsWithoutHours = "exceptions-without-hours"
    case reversedDates = "reversed-dates"
    case unlistedChannel = "unlisted-channel"
    case unknownTable = "unknown-table"
    case unknownColumn = "unknown-column"
    case badColumnRule = "bad-column-rule"
    case badDateForm = "bad-date-form"
    case unknownPreset = "unknown-preset"
    case filePath = "file-path"
    case badOrigin = "bad-origin"
    case passwordInFile = "password-in-file"
    case badAmount = "bad-amount"
    case badCondition = "bad-condition"
    case unknownRemedy = "unknown-remedy"
    case unknownVendor = "unknown-vendor"
    case unknownSystem = "unknown-system"
    case badTier = "bad-tier"
    case tierOrder = "tier-order"
    case tierOverlap = "tier-overlap"
    case tierGap = "tier-gap"
    case tierAbovePromise = "tier-above-promise"
    case noClaimDeadline = "no-claim-deadline"
    case contractsOverlap = "contracts-overlap"
    case contractsInOneMonth = "contracts-in-one-month"
    case badColour = "bad-colour"
    case faintColour = "faint-colour"
    case coloursAlike = "colours-alike"
    case wrongFile = "wrong-file"

    // Tables and reports
    case unknownMeasure = "unknown-measure"
    case unknownDimension = "unknown-dimension"
    case foreignParameter = "foreign-parameter"
    case parameterClash = "parameter-clash"
    case unknownPage = "unknown-page"
    case foreignOption = "foreign-option"

    // Change efforts
    /// A warning: the change cites no figure.
    case noFinding = "no-finding"
    case nobodyAsked = "nobody-asked"
    case historyChanged = "history-changed"
    case editedPastHistory = "edited-past-history"
    case goalMoved = "goal-moved"
    case openedLate = "opened-late"

    // Rewards
    case currencyMismatch = "currency-mismatch"
    case tooFewApprovers = "too-few-approvers"
    case forceBeforeApproval = "force-before-approval"
    case unreachableTier = "unreachable-tier"
    case poolTooSmall = "pool-too-small"
    /// A warning: outages and leave count against people.
    case rawTimesPaid = "raw-times-paid"
}
