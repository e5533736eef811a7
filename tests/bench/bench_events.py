#!/usr/bin/env python3
"""Time the state and the map of a day from a large event table against DuckDB, in alternating runs.

Writes tables of about 120 bytes a row (quoted fields with commas and newlines), then asks `status`,
`render` and DuckDB for the control of every district on a date, each in a process of its own. Their
answers must agree.

    tests/bench/bench_events.py --duckdb FOLDER [--rows 1000000,5000000] [--runs 7]

FOLDER is where `npm install --prefix FOLDER @duckdb/node-api` was run; without it evmap runs alone.
Prints medians, their ratios and peak memory; absolute times are worth little on a shared machine,
where processor time is the steadier figure.
"""
import argparse
import csv
import datetime
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATE = "2021-07-05"
HEADER = "id,date,province,district,kind,actor,confidence,source,headline\n"
FIRST_DAY, DAYS = datetime.date(2020, 9, 1), 400
# Weighted: most rows of such tables claim nothing.
WHAT = ["clash,,"] * 8 + ["withdrawal,,"] * 2 + ["contested,,"] * 2 + [
    "control,Taliban,"] * 5 + ["control,Government,"] * 3
CONFIDENCES = ["high", "medium", "low", ""]
SOURCES = ["Pajhwok", "TOLOnews", "Ariana News", "Khaama Press", "Long War Journal"]
HEADLINES = [
    '"Fighters took the centre of the district, officials say"',
    '"Clashes near the bazaar,\ntwo checkpoints fell"',
    "Heavy fighting reported through the night",
    '"Governor: ""the district stands"", no change, no losses"',
    '"Elders, police and troops\nleft the compound at dawn"',
]


def read_districts():
    """ "province,district" of every district whose name needs no quotes."""
    with open(ROOT / "geodata/gazetteer.csv", encoding="utf-8", newline="") as file:
        pairs = [f"{row['province']},{row['district']}" for row in csv.DictReader(file)]
    return [pair for pair in pairs if pair.count(",") == 1]


def write_table(path, rows):
    """The same rows every time; days in no order, ids in order."""
    chance = random.Random(20210705)
    days = [str(FIRST_DAY + datetime.timedelta(days=i)) for i in range(DAYS)]
    heads = [f"{place},{what}" for place in read_districts() for what in WHAT]
    tails = [f"{c},{s},{h}\n" for c in CONFIDENCES for s in SOURCES for h in HEADLINES]
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for start in range(0, rows, 10000):
            count = min(10000, rows - start)
            picks = zip(chance.choices(days, k=count), chance.choices(heads, k=count),
                        chance.choices(tails, k=count))
            file.write("".join(f"EV-{start + i:08d},{day},{head}{tail}"
                               for i, (day, head, tail) in enumerate(picks)))


def run_once(command):
    """Output, wall seconds, processor seconds and peak memory in MB of one process."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"bench_events: {' '.join(map(str, command))}: status {process.returncode}")
        out.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return out.read().decode(), wall, cpu, usage.ru_maxrss / 1024


def count_by_control(output):
    """{control: districts} of what evmap prints, or DuckDB; of the manifest that render names last."""
    lines = list(csv.reader(output.splitlines()))
    if output.endswith(".json\n"):
        with open(output.splitlines()[-1], encoding="utf-8") as file:
            lines = [(row["control"], row["districts"]) for row in json.load(file)["counts"]]
    if lines[0][0] == "province":
        lines = [(row[2], row[3]) for row in lines[1:]]
    counts = {}
    for control, districts in lines:
        if control != "unassessed":
            counts[control] = counts.get(control, 0) + int(districts)
    return counts


def alternate(commands, runs):
    """{name: (answer, [wall], [cpu], [rss])}: every command in turn, after one warm-up of each."""
    results = {name: ({}, [], [], []) for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            output, wall, cpu, rss = run_once(command)
            results[name][0].update(count_by_control(output))
            if turn:
                results[name][1].append(wall)
                results[name][2].append(cpu)
                results[name][3].append(rss)
    return results


def report(rows, path, results):
    print(f"{rows} rows, {path.stat().st_size / rows:.0f} bytes a row")
    for name, (answer, walls, cpus, rss) in results.items():
        print(f"  {name:8} wall median {statistics.median(walls):6.3f} s  min {min(walls):6.3f}  "
              f"max {max(walls):6.3f}  processor {statistics.median(cpus):6.3f} s  peak {max(rss):6.1f} MB  {answer}")
    if "DuckDB" not in results:
        return
    theirs = results.pop("DuckDB")
    for name, ours in results.items():
        wall, cpu = (statistics.median(ours[i]) / statistics.median(theirs[i]) for i in (1, 2))
        print(f"  {name} / DuckDB, ratios of medians: wall {wall:.2f}, processor {cpu:.2f}")
        if ours[0] != theirs[0]:
            sys.exit("bench_events: the answers differ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--duckdb", type=pathlib.Path)
    parser.add_argument("--rows", default="1000000,5000000")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--evmap", type=pathlib.Path, default=ROOT / "build/release/evmap")
    options = parser.parse_args()
    if not options.evmap.exists():
        sys.exit(f"bench_events: no {options.evmap}: run ./evmap version once")
    for rows in map(int, options.rows.split(",")):
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / "events.csv"
            write_table(path, rows)
            asked = ["--universe", "401", "--date", DATE, "--events", path]
            commands = {"status": [options.evmap, "status", "--format", "csv", *asked],
                        "render": [options.evmap, "render", "--out", name, *asked]}
            if options.duckdb:
                peer = ROOT / "tests/bench/duckdb_state.mjs"
                commands["DuckDB"] = ["node", peer, options.duckdb, path, DATE]
            report(rows, path, alternate(commands, options.runs))


if __name__ == "__main__":
    main()
