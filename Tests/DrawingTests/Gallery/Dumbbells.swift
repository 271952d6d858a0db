import Drawing

extension Gallery {
    private static let ninety = ReferenceLine(90, "target 90 %")

    static let answeredTwice = DumbbellPlate(
        subject: "Answered in time", before: "September", after: "October",
        rows: [
            DumbbellPlate.Row(
                "E-mail", .value(88), .value(94), beforeValue: "88 %", afterValue: .good("94 %"), target: ninety,
                cells: ["+6"]),
            DumbbellPlate.Row(
                "Text", .value(84), .value(71), beforeValue: "84 %", afterValue: .bad("71 %"), target: ninety,
                tone: .bad, cells: [.bad("−13")]),
            DumbbellPlate.Row(
                "Phone", .value(92), .value(92), beforeValue: "92 %", afterValue: "92 %", target: ninety, tone: .text,
                cells: ["0"]),
            DumbbellPlate.Row(
                "Chat", .tooFew("too few: 6 of 20 needed"), .value(81), beforeValue: "", afterValue: "81 %",
                tone: .text, cells: ["–"]),
        ], columns: ["points"], unit: " %")

    private static let ownTargets = DumbbellPlate(
        subject: "Half were answered within", before: "Before", after: "After",
        rows: [
            DumbbellPlate.Row(
                "Sales", .value(41), .value(12), beforeValue: "41 min", afterValue: .good("12 min"),
                target: ReferenceLine(15, "target 15 min"), cells: ["15 min"]),
            DumbbellPlate.Row(
                "Service and parts", .value(96), .value(64), beforeValue: "1 h 36", afterValue: .bad("1 h 04"),
                target: ReferenceLine(60, "target 1 h"), tone: .bad, cells: ["1 h"]),
            DumbbellPlate.Row(
                "Body shop", .value(30), .missing("no export since 3 Oct"), beforeValue: "30 min", afterValue: "",
                cells: ["–"]),
        ], columns: ["target"], showsAxis: false, fromZero: true)

    private static func awkwardRow(_ row: Int) -> DumbbellPlate.Row {
        let number = Double(row)
        let before: Reading = row % 5 == 3 ? .missing("no export for October") : .value(number * 1e9)
        let after: Reading = row % 5 == 4 ? .tooFew("too few: 6 of 20 needed") : .value(3e10 - number * 4e9)
        return DumbbellPlate.Row(
            longName, before, after, beforeValue: "1,000,000,000", afterValue: .bad("30,000,000,000"),
            target: ReferenceLine(number * 1.1e9, "target \(row)"), tone: row % 2 == 0 ? .bad : .good,
            cells: ["1,000,000,000", .bad("−29,000,000,000")])
    }

    private static let awkwardDumbbells = DumbbellPlate(
        subject: "Awkward", before: longName, after: longName, rows: (0..<40).map(awkwardRow),
        columns: ["Customers asked", "Difference"])

    private static let unknownDumbbell = DumbbellPlate(
        subject: "Answered", before: "September", after: "October",
        rows: [
            DumbbellPlate.Row(
                "Text", .missing("no export for September"), .tooFew("too few: 6 of 20 needed"), beforeValue: "",
                afterValue: "")
        ])

    static let dumbbells: [Example] = [
        Example("dumbbell-ordinary", 310, 150, answeredTwice, finding: "Texts fell from 84 to 71 %"),
        Example("dumbbell-targets", 376, 140, ownTargets, finding: "Each has a target of its own"),
        Example("dumbbell-awkward", 245, 170, awkwardDumbbells),
        Example("dumbbell-none", 245, 60, DumbbellPlate(subject: "Answered", before: "Sep", after: "Oct", rows: [])),
        Example("dumbbell-too-little", 245, 90, unknownDumbbell),
    ]
}
