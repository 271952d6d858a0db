import Drawing

extension Gallery {
    static let payTiers = SpreadPlate(
        subject: "Answered in time by person, with what each tier pays",
        dots: [91.4, 93.1, 88, 88, 88, 96.2, 84.1, 97, 92, 90.1].map { .init($0) } + [.init(71, hollow: true)],
        bands: [
            .init(from: 85, "$75", count: 3), .init(from: 90, "$150", count: 4), .init(from: 95, "$250", count: 2),
        ],
        xTitle: "answered in time, a dot a person")

    static let spreads: [Example] = [
        Example("spread-ordinary", 310, 130, payTiers, finding: "Most are paid by the middle tier"),
        Example(
            "spread-awkward", 179, 90,
            SpreadPlate(
                subject: "Three hundred alike, odd ones, a band without width",
                dots: (0..<300).map { .init(92 + Double($0 % 3) * 0.1) } + [.init(.nan), .init(-1e12), .init(1e12)],
                bands: [
                    .init(from: 90, "$1,234,567.89", count: 300), .init(from: 90, "", count: 0),
                    .init(from: .infinity, "x", count: 0),
                ],
                xTitle: longName)),
        Example(
            "spread-too-little", 245, 80,
            SpreadPlate(
                subject: "Answered in time by person", dots: [], bands: [], absence: .tooFew("too few: 4 of 20 needed"))
        ),
    ]

    static let spoken: [Example] = [
        Example(
            "spoken-ordinary", 376, 120,
            SpokenPlate(items: [
                .init(
                    "Ana Ruiz",
                    "answered 196 of 204 in time, more than in any of the months before: 83 % then, 96 % now."),
                .init("", "Parts answered 54 of 58 handoffs from service in time."),
            ])),
        Example(
            "spoken-awkward", 179, 90,
            SpokenPlate(
                items: (0..<9).map { .init(longName, "answered customer number \($0) in time, as ever, and again.") })),
        Example("spoken-too-little", 245, 60, SpokenPlate(items: [])),
    ]
}
