/// A row of blocks on the grid.
public struct PageRow: Sendable {
    public enum Height: Hashable, Sendable {
        /// What its blocks want; a share of what is left when one of them takes what it gets.
        case natural
        /// A share of what fixed rows leave.
        case weight(Double)
        case points(Double)
    }

    /// Blocks one under the other, so many columns wide.
    public struct Cell: Sendable {
        public var span: Int
        public var blocks: [Block]
        public init(span: Int, _ blocks: Block...) {
            self.span = span
            self.blocks = blocks
        }
        public init(span: Int, blocks: [Block]) {
            self.span = span
            self.blocks = blocks
        }
    }

    public var height: Height
    public var cells: [Cell]
    /// Spans add up to 12 or less.
    public init(height: Height = .natural, _ cells: Cell...) {
        self.height = height
        self.cells = cells
    }
    public init(height: Height = .natural, cells: [Cell]) {
        self.height = height
        self.cells = cells
    }
}
