"""What a data scientist would write with pandas and scikit-learn: from a CSV file to a stored model that was evaluated.

python3 pipeline.py TABLE.csv TARGET RANGES one-hot|ordinal MODEL
"""

import json
import sys

import joblib
import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

path, target, ranges_json, encoding, model_path = sys.argv[1:]
ranges = json.loads(ranges_json)
table = pd.read_csv(path)
features = [name for name in table.columns if name != target]
numbers = [name for name in features if pd.api.types.is_numeric_dtype(table[name])]
texts = [name for name in features if name not in numbers]

missing = table.isna().mean()
outside = {name: int(((table[name] < low) | (table[name] > high)).sum()) for name, (low, high) in ranges.items()}
duplicates = int(table.duplicated(keep=False).sum())
cardinality = {name: table[name].nunique() for name in texts}

answers = table.pop(target).to_numpy()
train, test, train_answers, test_answers = train_test_split(
    table, answers, test_size=0.2, random_state=7, stratify=answers
)
if encoding == "ordinal":
    # What an expert would give these trees: they need neither imputing nor scaling.
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    preparation = ColumnTransformer([("numbers", "passthrough", numbers), ("texts", codes, texts)])
else:
    one_hot = OneHotEncoder(max_categories=20, handle_unknown="infrequent_if_exist", sparse_output=False)
    preparation = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            ("texts", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), one_hot), texts),
        ]
    )
learner = HistGradientBoostingClassifier(
    max_iter=100, max_leaf_nodes=31, learning_rate=0.1, early_stopping=False, random_state=0
)
model = make_pipeline(preparation, learner).fit(train, train_answers)
scores = model.predict_proba(test)[:, 1]
labels = scores >= 0.5
auc = metrics.roc_auc_score(test_answers, scores)
found = [
    metrics.log_loss(test_answers, scores),
    metrics.average_precision_score(test_answers, scores),
    metrics.brier_score_loss(test_answers, scores),
    metrics.accuracy_score(test_answers, labels),
    metrics.f1_score(test_answers, labels),
    metrics.confusion_matrix(test_answers, labels).tolist(),
    metrics.roc_curve(test_answers, scores)[0].size,
]
joblib.dump(model, model_path)
print(
    json.dumps(
        {
            "auc": float(auc),
            "testRows": len(test),
            "metrics": len(found),
            "missing": float(missing.max()),
            "outside": sum(outside.values()),
            "duplicates": duplicates,
            "categories": sum(cardinality.values()),
        }
    )
)
