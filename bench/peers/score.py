"""Scores a file with pandas and a stored scikit-learn pipeline: python3 score.py MODEL TABLE.csv ANSWERS.csv"""

import json
import sys

import joblib
import pandas as pd

model_path, table_path, answers_path = sys.argv[1:]
model = joblib.load(model_path)
table = pd.read_csv(table_path)
chances = model.predict_proba(table[list(model.feature_names_in_)])
table["prediction"] = model.classes_[chances.argmax(axis=1)]
for index, name in enumerate(model.classes_):
    table[f"probability_{name}"] = chances[:, index]
table.to_csv(answers_path, index=False)
print(json.dumps({"rows": len(table)}))
