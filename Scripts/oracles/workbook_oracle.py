#!/usr/bin/env python3
"""Every cell of a workbook's sheets as openpyxl reads it, to be compared with what kpi reads.

    v/bin/python Scripts/oracles/workbook_oracle.py Tests/Fixtures/workbooks/*.xlsx     (openpyxl as in workbook_fixtures.py)

Writes beside each workbook a .txt that WorkbookOracleTests reads: `sheet!B7` and the cell's text, a line each. Dates are ISO
8601, the date alone where the cell's format shows no time and it is midnight; numbers have 15 digits and no exponent; line
breaks and tabs are spaces. All of that is done here with openpyxl's own types and Python's decimals, not the way kpi does it.
"""
import datetime, decimal, sys
import openpyxl
from openpyxl.styles.numbers import is_datetime


def text(cell):
    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        value = (value + datetime.timedelta(microseconds=500)).replace(microsecond=0) if value.microsecond > 998_000 else value
        if is_datetime(cell.number_format) == "date" and value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        number = decimal.Context(prec=15, rounding=decimal.ROUND_HALF_UP).create_decimal(repr(value))
        written = format(number, "f")
        return written.rstrip("0").rstrip(".") if "." in written else written
    return value.replace("\r", " ").replace("\n", " ").replace("\t", " ")


for path in sys.argv[1:]:
    book = openpyxl.load_workbook(path, data_only=True)
    with open(path.rsplit(".", 1)[0] + ".txt", "w", encoding="utf-8") as out:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value not in (None, ""):
                        out.write(f"{sheet.title}!{cell.coordinate}\t{text(cell)}\n")
