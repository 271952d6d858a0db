/// The gallery page: each chart with three of its examples.
struct GalleryChart: Sendable {
    /// "BarsPlate"
    var plate: String
    var title: String
    var line: String
    /// The examples' names: usual, extreme, empty.
    var examples: [String]

    /// - Parameter name: what its examples begin with; they are `-ordinary`, `-awkward` and `-too-little`.
    init(_ plate: String, _ title: String, _ name: String, _ line: String) {
        self.plate = plate
        self.title = title
        self.line = line
        examples = ["\(name)-ordinary", "\(name)-awkward", "\(name)-too-little"]
    }

    init(_ plate: String, _ title: String, _ examples: [String], _ line: String) {
        self.init(plate, title, "", line)
        self.examples = examples
    }
}

extension Gallery {
    static let charts: [GalleryChart] = [
        numberCharts, timeCharts, distributionCharts, comparisonCharts, flowCharts, gridCharts, wordCharts,
    ].flatMap { $0 }

    private static let numberCharts: [GalleryChart] = [
        .init("TilePlate", "Tile", "tile",
            "A number that matters, its verdict, thirteen months of it, and its target."),
        .init("BulletPlate", "Bullet", "bullet", "Values against targets and usual ranges, each row on its own scale."),
        .init("ProgressPlate", "Progress", "progress", "One bar on its way."),
        .init("ShareBarPlate", "Share bar", "share", "One bar of 100 %."),
    ]
    private static let timeCharts: [GalleryChart] = [
        .init("LinePlate", "Line", "line",
            "Figures over periods: likely ranges, the usual range, target, events, what is too new."),
        .init("XmRPlate", "XmR", "xmr",
            "Single values and moving ranges with their limits; signals ringed and numbered by rule."),
        .init("StackedColumnsPlate", "Stacked columns", "columns", "Parts that add up, by month."),
        .init("TimelinePlate", "Timeline of outages", "timeline", "Outages by system over what came in each day."),
        .init("EventPlate", "One event", "event",
            "An outage's stages, what was done when, and what came in against expected."),
        .init("CalendarPlate", "Calendar", "calendar", "Days in tones, as leaves or as a year of weeks."),
    ]
    private static let distributionCharts: [GalleryChart] = [
        .init("HistogramPlate", "Histogram", "histogram", "How many fall into each class, with a gap at the target."),
        .init("ECDFPlate", "Cumulative distribution", "ecdf",
            "How many were done within any time, read off at a target."),
        .init("StepCurvePlate", "Step curve", "step-curve",
            "Shares that grow in steps (Kaplan–Meier), with who is still watched."),
        .init("SpreadPlate", "Spread", "spread",
            "A dot a person on one axis, in bands that mean something; nobody is named."),
        .init("WhoStandsOutPlate", "Who stands out", "standing",
            "Shares against numbers with limits that narrow (funnel plot)."),
    ]
    private static let comparisonCharts: [GalleryChart] = [
        .init("BarsPlate", "Bars", "bars", "Bars with likely range, target, columns and a total."),
        .init("GroupedBarsPlate", "Grouped bars", "grouped", "For each row a bar of every part, on one scale."),
        .init("StackedBarsPlate", "Stacked bars", "stacked-bars", "Parts that add up, in rows."),
        .init("DumbbellPlate", "Dumbbell", "dumbbell", "Before and after by row, against target ticks."),
        .init("IntervalsPlate", "Dots and intervals", "intervals", "Dots with likely range, against a line."),
        .init("SmallMultiplesPlate", "Small multiples", "multiples", "One plate for each name, on one axis."),
        .init(
            "SparkTilesPlate", "Tiles with lines", "spark-tiles", "A tile for each name, lines on a common scale."),
    ]
    private static let flowCharts: [GalleryChart] = [
        .init("FunnelPlate", "Funnel", "funnel", "Steps, and where most are lost."),
        .init("WaterfallPlate", "Waterfall", "waterfall", "How a sum is made, parts that take away too."),
        .init("MatrixPlate", "Matrix", "matrix", "Who hands over to whom, and how often in time."),
        .init("CohortPlate", "Cohorts", "cohort", "Months by time since, shares in tones, too new hollow."),
    ]
    private static let gridCharts: [GalleryChart] = [
        .init("HeatPlate", "Heat map", "heat", "Hours by weekday: a square's area is volume, its tone the wait."),
        .init("CoveragePlate", "Coverage", "coverage", "Which day each export covers."),
        .init("PromisePlate", "Promises", "promise", "Months that kept what was promised."),
        .init(
            "TablePlate", "Table", ["table-ordinary", "table-awkward", "table-too-little"],
            "Rows, groups, a total; goes on over pages."),
        .init(
            "TablePlate", "Table with bars and lines", ["table-cells", "table-cells-awkward", "table-cells-too-little"],
            "Bars on the scale of their column and sparklines in its cells."),
    ]
    private static let wordCharts: [GalleryChart] = [
        .init("ActionsPlate", "Actions", "actions", "What to do, by whom, until when."),
        .init("ChecklistPlate", "Checklist", "checklist", "Steps: due, done, kept, late, missed, by shape and word."),
        .init("FactsPlate", "Facts", "facts", "Names and values."),
        .init("PointsPlate", "Points", "points", "A cue, a name, a sentence."),
        .init("SpokenPlate", "Spoken", "spoken", "Sentences to be read out."),
        .init("EffortCardPlate", "Effort card", "effort", "A change that is tried: verdict, chart, facts."),
        .init("NoticePlate", "Notice", "notice", "What to export or to set up."),
    ]
}
