"""The other sides of the comparison of gradient-boosted trees: prints the seconds of a fit and the AUC on other rows.

python3 trees.py xgboost|sklearn TRAIN TEST TREES THREADS, with numpy and the library. The matrix is in memory before
the clock starts; making it a DMatrix counts.
"""

import json
import os
import sys
import time

import numpy as np

library, train, test, trees, threads = sys.argv[1:]
trees, threads = int(trees), int(threads)
os.environ["OMP_NUM_THREADS"] = str(threads)
width = 26


def load(path):
    return np.fromfile(f"{path}.x.f32", np.float32).reshape(-1, width), np.fromfile(f"{path}.y.u8", np.uint8)


x, y = load(train)
x_test, y_test = load(test)
if library == "xgboost":
    import xgboost

    start, cpu_start = time.perf_counter(), time.process_time()
    matrix = xgboost.DMatrix(x, label=y, nthread=threads)
    like = dict(objective="binary:logistic", tree_method="hist", eta=0.1, max_bin=256, nthread=threads, verbosity=0)
    model = xgboost.train(dict(like, grow_policy="lossguide", max_leaves=31, max_depth=0), matrix, trees)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    scores = model.predict(xgboost.DMatrix(x_test, nthread=threads))
else:
    from sklearn.ensemble import HistGradientBoostingClassifier

    start, cpu_start = time.perf_counter(), time.process_time()
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=31, learning_rate=0.1, early_stopping=False, random_state=0
    ).fit(x, y)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    scores = model.predict_proba(x_test)[:, 1]

order = np.argsort(scores, kind="stable")
_, inverse, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
ranks = np.empty(len(scores))
ranks[order] = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
positive = int(y_test.sum())
auc = (ranks[y_test == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(y_test) - positive))
print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "auc": float(auc)}))
