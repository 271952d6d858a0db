#!/usr/bin/env python3
"""Writes what the parts of all.sh said: write_results.py SAID RESULTS README. The README's table stands between two marks."""
import datetime, importlib.metadata, os, platform, re, sys

TITLES = {
    "group": "The group workload against DuckDB and Polars",
    "report": "One store's monthly report",
    "batch": "The monthly reports of 300 stores",
    "growth": "More stores",
    "pages": "One page in four renderers",
    "instructions": "Instructions of a month's report",
}
BEGIN, END = "<!-- written by Benchmarks/all.sh -->", "<!-- to here -->"

def machine():
    info = open("/proc/cpuinfo").read()
    model = re.search(r"model name\s*:\s*(.*)", info)
    memory = int(re.search(r"MemTotal:\s*(\d+)", open("/proc/meminfo").read())[1]) / 1024 ** 2
    system = next((line.split("=")[1].strip().strip('"') for line in open("/etc/os-release")
                   if line.startswith("PRETTY_NAME")), platform.system())
    name = model[1].strip() if model else platform.machine()
    return f"{os.cpu_count()} cores ({name}), {memory:.0f} GB, {system}"

def table(group):
    """The race's lines as Markdown."""
    names = {"duckdb": "DuckDB", "polars": "Polars"}
    rows = ["| | wall | CPU | peak memory |", "|---|---|---|---|"]
    for line in group.splitlines():
        match = re.match(r"(duckdb|polars|kpi)\s+([\d.]+)\s+[\d.]+\s+([\d.]+)\s+[\d.]+\s+([\d.]+)", line)
        if not match: continue
        who, wall, cpu, peak = match.groups()
        name = f"{names[who]} {importlib.metadata.version(who)}, from Python" if who in names else "`kpi tables`"
        rows.append(f"| {name} | {float(wall):.1f} s | {float(cpu):.1f} s | {float(peak):,.0f} MB |")
    return "\n".join(rows)

def main():
    folder, results, readme = sys.argv[1:]
    said = {part: open(f"{folder}/{part}").read().rstrip() for part in TITLES if os.path.exists(f"{folder}/{part}")}
    place = f"{machine()}, {datetime.date.today()}"
    with open(results, "w") as file:
        file.write(f"# What was measured\n\nBy `Benchmarks/all.sh` on {place}. Times are whole processes', medians where\n"
                   "there are several; other machines give other times, and shared ones other times each hour.\n")
        for part, text in said.items(): file.write(f"\n## {TITLES[part]}\n\n```\n{text}\n```\n")
    text = open(readme).read()
    begin, end = text.index(BEGIN), text.index(END)
    lines = [BEGIN, f"{place}:", ""]
    if "group" in said: lines += [table(said["group"]), ""]
    if "report" in said: lines += [said["report"][0].upper() + said["report"][1:] + ".", ""]
    if "batch" in said: lines += ["Monthly reports of 300 stores: " + said["batch"].splitlines()[-1] + ".", ""]
    open(readme, "w").write(text[:begin] + "\n".join(lines) + text[end:])

main()
