#!/bin/sh
# Puts a folder at /opt/ml and runs a command there: enter-opt-ml.sh FOLDER COMMAND [ARGUMENT…].
# Runs inside a mount namespace of its own (unshare --mount), so that nothing outside it changes.
set -eu
folder=$1
shift
if [ ! -d /opt/ml ]; then
  kept=$folder.opt
  mkdir -p "$kept"
  mount --rbind /opt "$kept"
  mount -t tmpfs tmpfs /opt
  for each in "$kept"/*; do
    [ -d "$each" ] || continue
    mkdir "/opt/${each##*/}"
    mount --rbind "$each" "/opt/${each##*/}"
  done
  mkdir /opt/ml
fi
mount --bind "$folder" /opt/ml
exec "$@"
