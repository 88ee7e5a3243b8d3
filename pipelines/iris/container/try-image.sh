#!/usr/bin/env bash
# Trains in an image as SageMaker does, on the rows that scikit-learn ships, which are in the image: an image that cannot is
# not pushed.
#   try-image.sh IMAGE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
docker run --rm --network none --volume "$here/../scripts:/scripts:ro" "$1" sh -euc '
  python /scripts/prepare_data.py /tmp/iris
  mkdir -p /opt/ml/input/data /opt/ml/model /opt/ml/output
  cp -r /tmp/iris/train /opt/ml/input/data/training
  train
  test -s /opt/ml/model/model.json
'
