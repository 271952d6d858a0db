#!/usr/bin/env python3
"""The workbooks that are checked in: what openpyxl and XlsxWriter write, and the faulty ones of Tests/Errors.

    python3 -m venv v && v/bin/pip install openpyxl==3.1.5 XlsxWriter==3.2.9
    v/bin/python Scripts/oracles/workbook_fixtures.py

Made-up rows, the same bytes each time. Scripts/oracles/workbook_oracle.py compares what openpyxl reads of them with what kpi reads.
"""
import datetime, io, os, random, re, sys, zipfile
import openpyxl, xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
STAMP = datetime.datetime(2026, 11, 1)


def plain(path, data):
    """The archive anew, with one time for all its parts: the bytes depend on nothing but the rows."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED, 9)


def saved(book):
    book.properties.created = book.properties.modified = STAMP
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(count, seed):
    """Repair orders: number, customer, opened (with time), promised (a day), amount, share of labour, waiting, remark."""
    chance = random.Random(seed)
    for i in range(count):
        opened = datetime.datetime(2026, 10, 1) + datetime.timedelta(seconds=chance.randrange(31 * 86_400))
        remark = chance.choice(["", "two\nlines", "tab\there", "\"quoted\"", "café, Straße; 100 %", " edge ", "#5"])
        yield (f"RO{10_000 + i}", chance.choice([1_000_000 + i, 123_456_789_012_345 - i, f"C-{i}"]), opened,
               (opened + datetime.timedelta(days=2)).date(), round(chance.random() * 4_000, 2), chance.randrange(101) / 100,
               chance.random() < 0.3, remark, datetime.time(chance.randrange(24), chance.randrange(60)), i * 1.1)


HEADER = ["RO Number", "Cust No", "Opened", "Promised", "Total", "Labor", "Waiter", "Remark", "Clock", "Odd"]


def by_openpyxl(path):
    book = openpyxl.Workbook()
    about = book.active
    about.title = "About"
    about["B3"] = "Repair orders of October 2026"
    sheet = book.create_sheet("Orders & more")
    sheet["A1"] = CellRichText("Repair ", TextBlock(InlineFont(b=True), "orders"), ", October")
    sheet.merge_cells("A1:J1")
    sheet.append([])
    sheet.append(HEADER)
    for row in rows(60, 1):
        sheet.append(row)
    formats = {"C": "m/d/yyyy h:mm:ss", "D": "[$-409]d\\-mmm\\-yy;@", "E": "\"$\"#,##0.00", "F": "0%", "I": "h:mm AM/PM"}
    for column, code in formats.items():
        for cell in sheet[column][3:]:
            cell.number_format = code
    sheet["A70"] = "far below"
    book.create_sheet("Hidden").sheet_state = "hidden"
    plain(path, saved(book))


def by_xlsxwriter(path, is_1904):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": is_1904})
    book.set_properties({"created": STAMP})
    formats = [None, None, "yyyy-mm-dd hh:mm:ss", "mmm d, yyyy", "#,##0.00 [$€-407]", "0.0%", None, None, "hh:mm", "0.000"]
    styles = [book.add_format({"num_format": code} if code else {}) for code in formats]
    sheet = book.add_worksheet("Orders")
    sheet.write_row(0, 0, HEADER)
    for index, row in enumerate(rows(60, 2)):
        for column, value in enumerate(row):
            sheet.write(index + 1, column, value, styles[column])
    sheet.write_formula(61, 4, "=SUM(E2:E61)", styles[4], 4321.5)
    sheet.write_formula(61, 5, "=1/0", None, "#DIV/0!")
    sheet.write_formula(61, 6, "=TRUE()", None, True)
    sheet.write_formula(61, 7, "=\"a\"&\"b\"", None, "ab")
    book.close()
    plain(path, out.getvalue())


def error(code, name="service_visits.xlsx"):
    return os.path.join(ROOT, "Tests", "Errors", code, "exports", name)


def book_of(sheets, hidden=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
        if title in hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def faulty():
    names = ["visit_id", "customer_id", "opened_at", "amount"]
    day = datetime.date(2026, 10, 5)
    order = lambda n, **other: [other.get("id", f"RO{n}"), other.get("customer", 1000 + n), day, other.get("amount", 100.5)]
    plain(error("several-sheets"), book_of([("Sep", [names, order(1)]), ("Oct", [names, order(2)])]))
    plain(error("hidden-sheet"), book_of([("Oct", [names, order(1)]), ("Draft", [names, order(2)])], hidden=["Draft"]))
    plain(error("unknown-sheet"), book_of([("Sep", [names, order(1)]), ("October", [names, order(2)])]))
    plain(error("no-header"), book_of([("Oct", [names, order(1)])]))
    plain(error("uncomputed-formula"), book_of([("Oct", [names, order(1, amount="=1+1"), order(2, amount="=2+2")])]))
    plain(error("long-number"), book_of([("Oct", [names, order(1, customer=1234567890123456)])]))
    plain(error("error-cell"), book_of([("Oct", [names, order(1, id="#N/A"), order(2, customer="#REF!")])]))
    whole = book_of([("Oct", [names, order(1)])])
    plain(error("damaged-workbook"), whole)
    with open(error("damaged-workbook"), "r+b") as file:
        file.truncate(3_000)
    with zipfile.ZipFile(io.BytesIO(whole)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    def again(path, change):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name, data in change(dict(parts)).items():
                new.writestr(name, data)
        plain(path, out.getvalue())
    def cut(parts):
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]
        return parts
    again(error("unreadable-xml"), cut)
    again(error("foreign-workbook"), lambda parts: {"xl/workbook.bin": b"binary"})
    def wide(parts):
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'r="A2"', b'r="XFE2"')
        return parts
    again(error("workbook-too-large"), wide)
    compound = bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0")
    for code, stream in [("old-workbook", "Workbook"), ("locked-workbook", "EncryptedPackage")]:
        name = "service_visits.xls" if code == "old-workbook" else "service_visits.xlsx"
        os.makedirs(os.path.dirname(error(code)), exist_ok=True)
        with open(error(code, name), "wb") as file:
            file.write(compound + stream.encode("utf-16-le").ljust(128, b"\0"))
    base = "name: Riverside\ntime-zone: America/Chicago\n"
    mapping = {"unknown-sheet": "sheet: Octobre", "no-header": "header-row: 7"}
    for code in ["several-sheets", "hidden-sheet", "unknown-sheet", "no-header", "uncomputed-formula", "long-number", "error-cell",
                 "damaged-workbook", "unreadable-xml", "foreign-workbook", "workbook-too-large", "old-workbook", "locked-workbook"]:
        text = base
        if code in mapping:
            text += f"exports:\n  service_visits:\n    file: service_visits.xlsx\n    {mapping[code]}\n"
        with open(os.path.join(ROOT, "Tests", "Errors", code, "dealership.yaml"), "w") as file:
            file.write(text)


def main():
    folder = os.path.join(ROOT, "Tests", "Fixtures", "workbooks")
    by_openpyxl(os.path.join(folder, "openpyxl.xlsx"))
    by_xlsxwriter(os.path.join(folder, "xlsxwriter.xlsx"), False)
    by_xlsxwriter(os.path.join(folder, "xlsxwriter-1904.xlsx"), True)
    faulty()


if __name__ == "__main__":
    sys.exit(main())
