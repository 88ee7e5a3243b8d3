#!/bin/sh
# Runs a command; its whole process group is killed when file 3 closes, and so with whoever holds the other end,
# however that one ends: with-parent.sh COMMAND [ARGUMENT…] 3<PIPE
(
  trap '' HUP INT TERM
  cat <&3 >/dev/null
  kill -KILL 0
) &
exec "$@" 3<&-
