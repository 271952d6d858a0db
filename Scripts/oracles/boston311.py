#!/usr/bin/env python3
"""Independent answers for Tests/Fixtures/real/boston311/answers.json, counted by DuckDB (made with 2.0).

The rule of first-response-time with each request's own due instant, as of the end of 12 January 2016 (the extract was
drawn that evening): an answer before its question is left out; closed by the target is in time, later is late; open and
past the target is unanswered; open within the target is not counted; without a target there is nothing to judge.
All times are compared as wall clocks of one city.

    python3 Scripts/oracles/boston311.py > Tests/Fixtures/real/boston311/answers.json
"""
import json
import pathlib

import duckdb

AS_OF = "2016-01-13 00:00:00"
EXPORT = pathlib.Path(__file__).parents[2] / "Tests/Fixtures/real/boston311/exports/boston311_2015.csv.gz"

STANDING = f"""
    CREATE TABLE judged AS
    SELECT department, ontime_status, open_dt, target_dt, closed_dt,
        CASE
            WHEN closed_dt < open_dt THEN 'left_out'
            WHEN target_dt IS NULL THEN 'no_target'
            WHEN closed_dt <= target_dt THEN 'in_time'
            WHEN closed_dt > target_dt THEN 'late'
            WHEN target_dt < TIMESTAMP '{AS_OF}' THEN 'unanswered'
            ELSE 'still_within'
        END AS standing
    FROM read_csv('{EXPORT}', header = true, types = {{
        'open_dt': 'TIMESTAMP', 'target_dt': 'TIMESTAMP', 'closed_dt': 'TIMESTAMP'}})
"""

BY_DEPARTMENT = """
    SELECT department,
        count(*) FILTER (standing <> 'left_out') AS conversations,
        count(*) FILTER (standing <> 'left_out' AND closed_dt IS NOT NULL) AS answered,
        count(*) FILTER (standing = 'in_time') AS in_time,
        count(*) FILTER (standing = 'late') AS late,
        count(*) FILTER (standing = 'unanswered') AS unanswered,
        count(*) FILTER (standing = 'still_within') AS still_within,
        count(*) FILTER (standing = 'no_target') AS no_target,
        count(*) FILTER (standing = 'left_out') AS left_out
    FROM judged GROUP BY ROLLUP (department) ORDER BY department NULLS FIRST
"""

CITY = """
    SELECT count(*), count(*) FILTER ((closed_dt <= target_dt) = coalesce(ontime_status = 'ONTIME', false))
    FROM judged WHERE closed_dt IS NOT NULL AND target_dt IS NOT NULL
"""


def main():
    database = duckdb.connect()
    database.execute(STANDING)
    counted = database.execute(BY_DEPARTMENT)
    names = [column[0] for column in counted.description]
    groups = [dict(zip(names, row)) for row in counted.fetchall()]
    closed, agreeing = database.execute(CITY).fetchone()
    meta = {
        "how": "Scripts/oracles/boston311.py (DuckDB SQL); the group without a department is all of them",
        "as_of": AS_OF + " America/New_York",
        "closed_with_target": closed,
        "agreeing_with_ontime_status": agreeing,
    }
    lines = ",\n".join(json.dumps(group) for group in groups)
    print(f'{{"meta": {json.dumps(meta, indent=1)},\n"groups": [\n{lines}\n]}}')


main()
