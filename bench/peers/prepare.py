"""What a data scientist would write with pandas and scikit-learn: from a CSV file to the matrix a learner gets."""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

path, target, ranges_json = sys.argv[1:]
ranges = json.loads(ranges_json)
table = pd.read_csv(path)
features = [name for name in table.columns if name != target]
numbers = [name for name in features if pd.api.types.is_numeric_dtype(table[name])]
texts = [name for name in features if name not in numbers]

missing = table.isna().mean()
outside = {name: int(((table[name] < low) | (table[name] > high)).sum()) for name, (low, high) in ranges.items()}
duplicates = int(table.duplicated(keep=False).sum())
cardinality = {name: table[name].nunique() for name in texts}

train, test = train_test_split(table, test_size=0.2, random_state=7, stratify=table[target])
one_hot = OneHotEncoder(max_categories=20, handle_unknown="infrequent_if_exist", sparse_output=False, dtype=np.float32)
preparation = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("texts", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), one_hot), texts),
    ]
)
matrix = preparation.fit_transform(train[features])
print(
    json.dumps(
        {
            "rows": matrix.shape[0],
            "columns": matrix.shape[1],
            "missing": int(missing.max() * len(table)),
            "outside": sum(outside.values()),
            "duplicates": duplicates,
            "cardinality": cardinality,
        }
    )
)
