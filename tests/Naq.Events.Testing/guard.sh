#!/bin/sh
# usage: guard.sh DIRECTORY LOG COMMAND [ARGUMENT...]
#
# Runs COMMAND so that it cannot outlive the process that started this script: that process holds the other end of
# standard input, and the kernel closes it however the process ends, kill -9 included. (A parent-death signal would
# not do: it fires when the thread that forked ends, and .NET starts processes from pool threads.)
# Prints COMMAND's process id, exits when COMMAND does, and removes DIRECTORY only when nobody is left to want it.
directory=$1
log=$2
shift 2

# Ctrl+C reaches the whole process group; this script must be the last to go.
trap '' INT TERM HUP

exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
command=$!
{
    while read -r _; do :; done
    : >"$directory/orphaned"
    kill -KILL "$command"
} <&3 >/dev/null 2>&1 &
watch=$!
exec 3<&-

echo "$command"
exec 2>/dev/null # where sh would say "Killed"
wait "$command"
code=$?
kill -KILL "$watch"
[ ! -e "$directory/orphaned" ] || rm -rf "$directory"
exit "$code"
