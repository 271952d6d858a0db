import Dealership

extension FieldText {
    /// What makes an identifier stand for nothing: a number of all cars or customers whose lookup failed would be one.
    @inline(__always)
    func damage(isVIN: Bool) -> SetAside? {
        if isVIN, isDamagedVIN { return .badVIN }
        return count >= 4 && base[0] == 0x23 && isSpreadsheetError ? .errorCell : nil
    }

    /// `#N/A`, `#REF!` and the other errors, as spreadsheets write them.
    private var isSpreadsheetError: Bool {
        switch string {
        case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!",
            "#CALC!":
            true
        default: false
        }
    }
}
