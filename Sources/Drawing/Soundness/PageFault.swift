/// Something that may not happen on a page: which text, and what is wrong with it.
public struct PageFault: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Under 8 pt.
        case small
        /// Out of the sheet's margins, its block's column or what it is clipped to.
        case outside
        /// On another text.
        case overlapping
        /// Less than 4.5 : 1 against what lies under it.
        case faint
        /// A line goes through it.
        case struck
    }

    public var kind: Kind
    public var text: String
    /// "7.5 pt"; "from 790.2 to 850.1, where 36 to 806 is".
    public var detail: String

    public init(_ kind: Kind, _ text: String, _ detail: String = "") {
        self.kind = kind
        self.text = text
        self.detail = detail
    }

    public var description: String {
        switch kind {
        case .small: "\(detail): \"\(text)\""
        case .outside: "outside its box: \"\(text)\" \(detail)"
        case .overlapping: "overlap: \"\(text)\" and \(detail)"
        case .faint: "contrast \(detail): \"\(text)\""
        case .struck: "a line through \"\(text)\""
        }
    }
}
