#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What numpy's busday_offset costs an element, beside our business days, on this machine.

    /usr/bin/python3 bench/numpy_busdays.py build/release/bench/sla_bench_worked_and_business_days

Run by hand; it needs Debian's python3-numpy, and nothing of the build needs it. The same number of elements, starts
spread over the same years, the same amounts of 1 to 256 days. numpy answers a date; ours answers the second at which
the last day closes, in a zone with make-up workdays. The best of several passes is shown of each.
"""
import csv
import io
import subprocess
import sys
import time

import numpy

N = 1 << 20


def best(call, passes=7):
    times = []
    for _ in range(passes):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return min(times) / N * 1e9


def numpy_rows():
    random = numpy.random.default_rng(1)
    dates = numpy.datetime64("2024-01-01") + random.integers(0, 1643, N)
    days = numpy.arange(N) % 256 + 1
    weekdays = numpy.busdaycalendar()
    sorted_dates = numpy.sort(dates)
    yield "numpy, no holidays, one day, dates in order", best(
        lambda: numpy.busday_offset(sorted_dates, 1, roll="forward", busdaycal=weekdays))
    yield "numpy, no holidays", best(
        lambda: numpy.busday_offset(dates, days, roll="forward", busdaycal=weekdays))
    for count in (30, 110, 300):
        off = numpy.datetime64("2024-01-01") + random.choice(3653, count, replace=False)
        calendar = numpy.busdaycalendar(holidays=off)
        yield f"numpy, {len(calendar.holidays)} holidays on weekdays", best(
            lambda: numpy.busday_offset(dates, days, roll="forward", busdaycal=calendar))


def our_rows(executable):
    out = subprocess.run(
        [executable, "--benchmark_filter=add_business_days", "--benchmark_repetitions=7",
         "--benchmark_format=csv", "--benchmark_out_format=csv", "--benchmark_out=/dev/stderr"],
        capture_output=True, text=True, check=True).stderr
    rows = {}
    lines = out[out.index("name,"):]
    for row in csv.DictReader(io.StringIO(lines)):
        if row.get("items_per_second") and not row["name"].endswith(("_mean", "_median", "_stddev", "_cv")):
            key = f"ours, {row['name']} ({row['label']})"
            rows[key] = min(rows.get(key, 1e99), 1e9 / float(row["items_per_second"]))
    return rows.items()


def main():
    print(f"{'nanoseconds an element':70}{numpy.__version__:>10}")
    for name, ns in numpy_rows():
        print(f"{name:70}{ns:10.2f}")
    for executable in sys.argv[1:]:
        for name, ns in our_rows(executable):
            print(f"{name:70}{ns:10.2f}")


if __name__ == "__main__":
    main()
