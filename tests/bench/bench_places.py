#!/usr/bin/env python3
"""Time `evmap places -` on tables of names, with few spellings and with nearly as many as rows.

Writes the same tables every time, from the names and aliases of geodata/ in both scripts, with one
to three letters changed, and some gibberish; every third row names the province.

    tests/bench/bench_places.py [--rows 100000] [--runs 7] [--keep FOLDER]

Prints medians and peak memory. --keep leaves tables and answers in FOLDER, to compare the answers
of two versions byte by byte.
"""
import argparse
import csv
import hashlib
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LATIN, ARABIC = "abcdefghijklmnopqrstuvwxyz", "ابتجچحخدرزژسشصطعغفقکگلمنوهیپټډړښږڼ"
FEW_SPELLINGS = 990
# Of a hundred rows with many spellings: those that repeat an earlier row, and gibberish.
REPEATED, GIBBERISH = 7, 5
SLIPS = (1, 1, 1, 2, 2, 3)
EXIT_OPEN_NAMES = 1


def read_rows(name):
    with open(ROOT / "geodata" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_names():
    """(name, province) of districts, as written in every table."""
    names = [(row[column], row["province"]) for row in read_rows("gazetteer.csv")
             for column in ("district", "name_fa", "name_ps")]
    names += [(row["alias"], row["province"]) for row in read_rows("aliases.csv")]
    return sorted({pair for pair in names if pair[0]})


def misspell(chance, name):
    """One to three letters changed, left out, put in or swapped."""
    letters = LATIN if name[0].isascii() else ARABIC
    text = list(name)
    for _ in range(chance.choice(SLIPS)):
        at = chance.randrange(len(text))
        kind = chance.randrange(4)
        if kind == 0:
            text[at] = chance.choice(letters)
        elif kind == 1 and len(text) > 2:
            del text[at]
        elif kind == 2:
            text.insert(at, chance.choice(letters))
        elif at + 1 < len(text):
            text[at], text[at + 1] = text[at + 1], text[at]
    return "".join(text)


def make_gibberish(chance):
    letters = chance.choice((LATIN, LATIN, LATIN, ARABIC))
    return " ".join("".join(chance.choices(letters, k=chance.randint(3, 9)))
                    for _ in range(chance.randint(1, 2)))


def make_row(chance, names):
    name, province = chance.choice(names)
    text = make_gibberish(chance) if chance.randrange(100) < GIBBERISH else misspell(chance, name)
    return text, province if chance.randrange(3) == 0 else ""


def make_few(rows):
    chance = random.Random(20210705)
    names = read_names()
    spellings = [make_row(chance, names) for _ in range(FEW_SPELLINGS)]
    return chance.choices(spellings, k=rows)


def make_many(rows):
    chance = random.Random(20210815)
    names = read_names()
    table = []
    for _ in range(rows):
        repeats = table and chance.randrange(100) < REPEATED
        table.append(chance.choice(table) if repeats else make_row(chance, names))
    return table


def write_table(path, table):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("name", "province"), *table])


def run_once(evmap, table, answers):
    """Wall seconds, processor seconds and peak memory in MB."""
    with open(table, "rb") as names, open(answers, "wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen([evmap, "places", "-"], stdin=names, stdout=out,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, EXIT_OPEN_NAMES):
        sys.exit(f"bench_places: {table}: status {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(name, table, answers, results):
    walls, cpus, peaks = zip(*results)
    with open(answers, encoding="utf-8", newline="") as file:
        found = sum(bool(row["pcode"]) for row in csv.DictReader(file))
    digest = hashlib.sha256(answers.read_bytes()).hexdigest()[:16]
    print(f"{name}: {len(table)} rows, {len(set(table))} spellings, {found} found\n"
          f"  wall median {statistics.median(walls):.3f} s  min {min(walls):.3f}  max {max(walls):.3f}"
          f"  processor {statistics.median(cpus):.3f} s  peak {max(peaks):.1f} MB  answers {digest}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--evmap", type=pathlib.Path, default=ROOT / "build/release/evmap")
    options = parser.parse_args()
    if not options.evmap.exists():
        sys.exit(f"bench_places: no {options.evmap}: run ./evmap version once")
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or pathlib.Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for case, table in (("few", make_few(options.rows)), ("many", make_many(options.rows))):
            path, answers = folder / f"{case}.csv", folder / f"{case}-answers.csv"
            write_table(path, table)
            results = [run_once(options.evmap, path, answers) for _ in range(options.runs + 1)]
            report(case, table, answers, results[1:])


if __name__ == "__main__":
    main()
