"""The other side of the comparison of drift: Kolmogorov-Smirnov, population stability index and Jensen-Shannon by column.

python3 drift.py REFERENCE CURRENT COLUMNS ROWS, with numpy and scipy. Both tables are in memory before the clock starts.
Bins are deciles of the reference, values on an edge in the upper one; empty bins count as 1e-4 in the index.
"""

import json
import sys
import time

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import ks_2samp

paths, (columns, rows) = sys.argv[1:3], map(int, sys.argv[3:5])
reference, current = (np.fromfile(path, np.float64).reshape(columns, rows) for path in paths)


def shares(edges, values):
    return np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1) / len(values)


def compare(before, after):
    edges = np.unique(np.quantile(before, np.arange(1, 10) / 10))
    p, q = shares(edges, before), shares(edges, after)
    floored_p, floored_q = np.maximum(p, 1e-4), np.maximum(q, 1e-4)
    return {
        "ks": float(ks_2samp(before, after, mode="asymp").statistic),
        "psi": float(np.sum((floored_q - floored_p) * np.log(floored_q / floored_p))),
        "js": float(jensenshannon(p, q)),
    }


start = time.perf_counter()
found = [compare(before, after) for before, after in zip(reference, current)]
print(json.dumps({"seconds": time.perf_counter() - start, "found": found}))
