"""A multilayer perceptron of scikit-learn: prints the seconds of a fit and the AUC on other rows.

python3 network.py TRAIN TEST WIDTH EPOCHS THREADS. The matrix, float32 as ours, is in memory before the clock starts.
"""

import json
import os
import sys
import time
import warnings

train, test, width, epochs, threads = sys.argv[1:]
for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ[f"{library}_NUM_THREADS"] = threads

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

# That so few epochs do not converge is known.
warnings.filterwarnings("ignore")


def load(path):
    rows = np.fromfile(f"{path}.x.f32", np.float32).reshape(-1, int(width))
    return rows, np.fromfile(f"{path}.y.u8", np.uint8)


x, y = load(train)
x_test, y_test = load(test)
model = MLPClassifier((128, 64), learning_rate_init=1e-3, batch_size=1024, max_iter=int(epochs), alpha=0, random_state=7)
start, cpu_start = time.perf_counter(), time.process_time()
model.fit(x, y)
seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
auc = roc_auc_score(y_test, model.predict_proba(x_test)[:, 1])
print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "auc": float(auc)}))
