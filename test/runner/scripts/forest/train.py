"""A training script as people write it for the scikit-learn image."""

import argparse
import json
import os
from pathlib import Path

import joblib
from reading import rows_of
from sklearn.ensemble import RandomForestClassifier

parser = argparse.ArgumentParser()
parser.add_argument("--max-depth", type=int)
parser.add_argument("--name")
parser.add_argument("--train", default=os.environ["SM_CHANNEL_TRAIN"])
parser.add_argument("--model-dir", default=os.environ["SM_MODEL_DIR"])
given = parser.parse_args()

labels, features = rows_of(Path(given.train))
forest = RandomForestClassifier(n_estimators=3, max_depth=given.max_depth, random_state=0).fit(features, labels)
joblib.dump(forest, Path(given.model_dir) / "forest.joblib")
print(f"depth={given.max_depth} train-accuracy={forest.score(features, labels)};")
told = {"name": given.name, "arguments": json.loads(os.environ["SM_USER_ARGS"]), "hosts": os.environ["SM_HOSTS"]}
(Path(os.environ["SM_OUTPUT_DATA_DIR"]) / "told.json").write_text(json.dumps(told))
if given.name == "nobody":
    raise SystemExit("there is nobody of that name")
