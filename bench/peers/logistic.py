"""Logistic regression on one-hot columns with pandas and scikit-learn: prints the seconds from a table in memory to the
fitted model, and its mean log loss on the same rows.

python3 logistic.py TABLE.csv TARGET ITERATIONS
"""

import json
import sys
import time

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

path, target, iterations = sys.argv[1:]
table = pd.read_csv(path)
answers = table.pop(target).to_numpy()
numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
texts = [name for name in table.columns if name not in numbers]

start, cpu_start = time.perf_counter(), time.process_time()
one_hot = OneHotEncoder(max_categories=20, handle_unknown="infrequent_if_exist", sparse_output=False)
preparation = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("texts", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), one_hot), texts),
    ]
)
matrix = preparation.fit_transform(table)
encoded = time.perf_counter()
model = LogisticRegression(max_iter=int(iterations)).fit(matrix, answers)
seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
print(
    json.dumps(
        {
            "seconds": seconds,
            "cpuSeconds": cpu_seconds,
            "encodingSeconds": encoded - start,
            "columns": matrix.shape[1],
            "rows": matrix.shape[0],
            "iterations": int(np.max(model.n_iter_)),
            "logLoss": float(log_loss(answers, model.predict_proba(matrix)[:, 1])),
        }
    )
)
