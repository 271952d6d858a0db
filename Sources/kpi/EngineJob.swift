import Basis
import Ingest

/// Scripts with which an engine distributes a job: it projects, filters, partitions, sorts and counts, and computes no
/// figure.
struct EngineJob {
    let plan: JobPlan
    let partitions: Int
    /// Where the exports lie.
    let data: String
    /// Identifier and sharing group of every store.
    let stores: [(store: String, group: String)]

    struct File {
        var name: String
        var text: String
    }

    // MARK: sort

    func sortFiles() -> [File] {
        [
            File(
                name: "run.sh",
                text: """
                    #!/bin/sh
                    # Tables of a job with GNU sort: sh run.sh OUT. The program is $KPI, else kpi.
                    set -eu
                    export LC_ALL=C
                    here=$(cd "$(dirname "$0")" && pwd)
                    kpi=${KPI:-kpi}
                    parts=${PARTS:-\(partitions)}
                    data=${DATA:-\(EngineJob.quoted(data))}
                    out=$1
                    mkdir -p "$out/work"
                    rm -f "$out"/work/*
                    # Counts and checksums of the rows, as they are read from the exports.
                    "$kpi" rows "$here/job" "$data" --control "$out/work/control.tsv" > "$out/work/rows"
                    # The counts once more, by somebody else.
                    awk -F '\\t' '{ n[$1 FS $2]++ } END { for (k in n) print k FS n[k] }' "$out/work/rows" | sort > "$out/work/counted"
                    cut -f 1-3 "$out/work/control.tsv" | sort | cmp - "$out/work/counted"
                    # All rows of a sharing group into one part.
                    awk -F '\\t' -v n="$parts" -v to="$out/work/part-" \\
                        '!($1 in at) { at[$1] = k++ % n } { print > (to at[$1]) }' "$out/work/rows"
                    for part in "$out"/work/part-*; do
                        sort -o "$part" "$part"
                        "$kpi" partial "$here/job" -o "$part.state" < "$part"
                    done
                    "$kpi" merge "$out"/work/part-*.state -o "$out/work/merged.state"
                    "$kpi" finalize "$here/job" "$out/work/merged.state" --control "$out/work/control.tsv" -o "$out"

                    """)
        ]
    }

    /// One word for the shell.
    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }

    // MARK: Spark

    /// Files that SQL does not read as we do: lines stand above the header, or the mapping makes a row's store. Their rows
    /// are written out as lines.
    var inLines: [JobPlan.Input] {
        let isOneGroup = Set(stores.map(\.group)).count < 2
        return plan.inputs.filter { $0.headerLines != 1 || ($0.storeColumn == nil && !isOneGroup) }
    }

    func sparkFiles() -> [File] {
        [
            File(name: "job.sql", text: jobText), File(name: "run.sh", text: runText),
            File(name: "README.md", text: EngineJob.readMe),
        ]
    }

    private static let partitionsKey = "spark.sql.shuffle.partitions"

    private var jobText: String {
        """
        -- Made by kpi plan. The engine reads, hands out by sharing group, sorts and counts; figures are made by the program.
        SET \(EngineJob.partitionsKey)=\(partitions);
        -- As many partitions as were asked for: adaptive execution would put small ones together.
        SET spark.sql.adaptive.enabled=false;
        \(groupsView)
        \(plan.inputs.indices.map(view).joined(separator: "\n"))
        CREATE OR REPLACE TEMPORARY VIEW kpi_lines AS
        \(plan.inputs.indices.map(rows).joined(separator: "\nUNION ALL\n"));
        -- The count of the rows, by somebody else than who tallies them.
        INSERT OVERWRITE DIRECTORY '${out}/control' USING csv OPTIONS (sep '\\t', emptyValue '')
        SELECT grp, file, count(*), sum(crc32(line)), bit_xor(crc32(line)) FROM kpi_lines GROUP BY grp, file;
        INSERT OVERWRITE DIRECTORY '${out}/states' USING text
        SELECT TRANSFORM (line) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
        USING './kpi partial ./job' AS (value STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\u0001'
        FROM (SELECT grp, line FROM kpi_lines DISTRIBUTE BY grp SORT BY line);

        """
    }

    private var groupsView: String {
        let rows = stores.map { "(\(literal($0.store)), \(literal($0.group)))" }.joined(separator: ",\n    ")
        return "CREATE OR REPLACE TEMPORARY VIEW kpi_stores AS SELECT * FROM VALUES\n    \(rows)\nAS s(store, grp);"
    }

    private func view(_ index: Int) -> String {
        let input = plan.inputs[index]
        if inLines.contains(input) {
            return "CREATE OR REPLACE TEMPORARY VIEW kpi_input\(index) (value STRING) USING text OPTIONS ("
                + "path '${rows}/\(EngineJob.lines(index))');"
        }
        let columns = input.columns.indices.map { "c\($0) STRING" }.joined(separator: ", ")
        return """
            CREATE OR REPLACE TEMPORARY VIEW kpi_input\(index) (\(columns)) USING csv OPTIONS (
                path '${data}/\(EngineJob.escaped(input.file))', header 'true', sep \(separator(input)), \(quotes(input)),
                multiLine 'true', mode 'FAILFAST', nullValue '', emptyValue '', encoding 'UTF-8',
                ignoreLeadingWhiteSpace 'false', ignoreTrailingWhiteSpace 'false');
            """
    }

    private func rows(_ index: Int) -> String {
        let input = plan.inputs[index]
        let cells = input.columns.indices.map { "'c\($0)', coalesce(c\($0), '')" }.joined(separator: ", ")
        let csv = "to_csv(named_struct(\(cells)), map('sep', \(separator(input)), "
            + (input.hasQuotes ? "'quote', '\"', 'escape', '\"'" : "'quote', ''")
            + ", 'emptyValue', '', 'nullValue', '',"
            + " 'ignoreLeadingWhiteSpace', 'false', 'ignoreTrailingWhiteSpace', 'false'))"
        let file = literal(input.file)
        if inLines.contains(input) {
            return "SELECT substring_index(value, '\\t', 1) AS grp, \(file) AS file, value AS line FROM kpi_input\(index)"
        }
        let escaped = "replace(replace(replace(replace(\(csv), '\\\\', '\\\\\\\\'), '\\t', '\\\\t'), '\\n', '\\\\n'), "
            + "'\\r', '\\\\r')"
        guard let column = input.storeColumn else {
            let group = literal(stores.first?.group ?? "")
            return "SELECT \(group) AS grp, \(file) AS file, concat_ws('\\t', \(group), \(file), \(escaped)) AS line"
                + " FROM kpi_input\(index)"
        }
        return "SELECT coalesce(s.grp, '') AS grp, \(file) AS file,"
            + " concat_ws('\\t', coalesce(s.grp, ''), \(file), \(escaped)) AS line"
            + " FROM kpi_input\(index) LEFT JOIN kpi_stores s ON trim(c\(column)) = s.store"
    }

    /// Of the input at this position.
    static func lines(_ index: Int) -> String { "\(index).txt" }

    private func separator(_ input: JobPlan.Input) -> String {
        input.delimiter == 0x09 ? "'\\t'" : "'\(Character(Unicode.Scalar(input.delimiter)))'"
    }

    private func quotes(_ input: JobPlan.Input) -> String {
        input.hasQuotes ? "quote '\"', escape '\"'" : "quote ''"
    }

    private func literal(_ text: String) -> String { "'\(EngineJob.escaped(text))'" }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }

    private var runText: String {
        """
        #!/bin/sh
        # Tables of a job with Spark: sh run.sh OUT. OUT and $DATA are paths that every worker sees; further arguments are
        # spark-sql's: --master spark://host:7077. The program is $KPI, else kpi.
        set -eu
        here=$(cd "$(dirname "$0")" && pwd)
        kpi=$(command -v "${KPI:-kpi}")
        data=${DATA:-\(EngineJob.quoted(data.contains("://") ? data : "file://\(data)"))}
        out=$1
        shift
        mkdir -p "$out"
        out=$(cd "$out" && pwd)
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT
        tar -czf "$work/job.tgz" -C "$here/job" .
        cp "$kpi" "$work/kpi"
        spark-sql "$@" --files "$work/kpi" --archives "$work/job.tgz#job" \\
            --hivevar out="file://$out" --hivevar data="$data" \\
            --hivevar rows="${ROWS:-file://$here/rows}" -f "$here/job.sql"
        "$kpi" merge "$out"/states/part-* -o "$out/merged.state"
        set --
        for file in "$out"/control/part-*; do set -- "$@" --control "$file"; done
        "$kpi" finalize "$here/job" "$out/merged.state" "$@" -o "$out/tables"

        """
    }

    private static let readMe = """
        # A job for Spark

        `sh run.sh OUT --master spark://host:7077` reads the exports, hands them out by sharing group, lets `kpi partial`
        tally each partition where its rows are, merges the partial states and writes the tables to `OUT/tables`: the same
        bytes as `kpi tables` writes.

        Every worker needs the program's libraries and the same version of tzdata. OUT and the exports (`DATA`) are paths
        that every worker sees, as is `rows` (`ROWS`), which has the rows of files that SQL cannot read. With an object
        store run `job.sql`, and fetch `states` and `control` before `kpi merge` and `kpi finalize`.

        `kpi finalize` refuses when the rows tallied are not those that Spark counted: then run the job again. A job is of
        one state of the data: make it again with `kpi plan` when the exports have grown.

        """
}
