"""What a data scientist would write to serve a stored scikit-learn pipeline: FastAPI, a pydantic model of a row, pandas.

MODEL=model.joblib uvicorn serve:app --app-dir THIS_FOLDER --port PORT
"""

import os
from typing import List, Optional

import joblib
import pandas as pd
from fastapi import FastAPI
from pydantic import BaseModel, create_model

model = joblib.load(os.environ["MODEL"])
preparation = model.named_steps["columntransformer"]
numbers = list(preparation.transformers_[0][2])
texts = list(preparation.transformers_[1][2])
columns = list(preparation.feature_names_in_)

Row = create_model(
    "Row",
    **{name: (Optional[float], None) for name in numbers},
    **{name: (Optional[str], None) for name in texts},
)


class Rows(BaseModel):
    rows: List[Row]


app = FastAPI()


def answer(rows):
    table = pd.DataFrame([[getattr(row, name) for name in columns] for row in rows], columns=columns)
    table[numbers] = table[numbers].astype(float)
    return [{"prediction": int(chance >= 0.5), "probability": float(chance)} for chance in model.predict_proba(table)[:, 1]]


@app.post("/predict")
async def predict(row: Row):
    return answer([row])[0]


@app.post("/predict_rows")
async def predict_rows(body: Rows):
    return {"predictions": answer(body.rows)}
