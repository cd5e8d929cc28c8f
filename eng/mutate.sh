#!/usr/bin/env bash
# Changes a part of the runtime in small ways, one at a time, and prints how many changes its quick tests notice (mutation
# testing, with Stryker.NET). Reports are in artifacts/mutation. What was found is in docs/decisions/0029-mutation-testing.md.
set -euo pipefail
# Patterns of files are Stryker's to expand.
set -f
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly stryker_version=5.1.0
readonly runtime=src/Naq.Events.Runtime

usage() {
    echo "usage: eng/mutate.sh [--minutes N] wire|buffer|lanes [FILE]..." >&2
    echo "a whole part, or one run for each FILE of it; a run that takes longer than N minutes, 60 by default, is ended" >&2
    exit 2
}

# The files of a part, a line for each run: a change on which Stryker itself hangs loses one run.
runs_of() {
    case $1 in
        wire) echo "Serialization/*.cs" ;;
        buffer) echo "Logging/EventBuffer*.cs Logging/Buffer*.cs Logging/EventQueue.cs Logging/Waiting*.cs Logging/FlushWaiter.cs Logging/AsyncSignal.cs" ;;
        lanes)
            echo "Processing/Lanes*.cs Processing/Lane.cs"
            echo "Processing/ReadyLanes.cs Processing/ConcurrencyLimit.cs Processing/LimitWait.cs Processing/HandlerPermits.cs" \
                "Processing/HeldDeliveries.cs Processing/WorkerSignal.cs Processing/LaneOrder.cs Processing/LaneWorker.cs"
            ;;
        *) usage ;;
    esac
}

# The tool of this version, from PATH or put beside the reports.
find_stryker() {
    local tools=$PWD/artifacts/tools
    export PATH=$tools:$PATH
    command -v dotnet-stryker >/dev/null || dotnet tool install --tool-path "$tools" --version "$stryker_version" dotnet-stryker
}

# How many mutants of all reports came to each end. A timeout is a change that was noticed, too.
print_sum() {
    cat "$@" | grep -o '"status": *"[A-Za-z]*"' | tr -d '": ' | sort | uniq -c | awk '
        { count[substr($2, 7)] = $1 }
        END {
            noticed = count["Killed"] + count["Timeout"]
            all = noticed + count["Survived"] + count["NoCoverage"]
            printf "%d mutants: %d killed, %d timed out, %d survived, %d not reached by a test; score %.2f %%\n",
                all, count["Killed"], count["Timeout"], count["Survived"], count["NoCoverage"], all ? 100 * noticed / all : 0
        }'
}

minutes=60
while [[ ${1:-} == -* ]]; do
    case $1 in
        --minutes) minutes=${2:?$(usage)}; shift 2 ;;
        *) usage ;;
    esac
done
(($#)) || usage
part=$1
shift
if (($#)); then runs=("$@"); else mapfile -t runs < <(runs_of "$part"); fi
((${#runs[@]})) || exit 2
find_stryker

code=0
reports=()
for i in "${!runs[@]}"; do
    mutate=()
    for file in ${runs[i]}; do mutate+=(--mutate "**/${file#"$runtime"/}"); done
    output=$PWD/artifacts/mutation/$part-$i
    rm -rf "$output"
    if (cd eng/mutation && MutationPart=$part timeout --kill-after 30 "${minutes}m" \
        dotnet-stryker --skip-version-check "${mutate[@]}" --output "$output"); then
        reports+=("$output/reports/mutation-report.json")
    else
        echo "No result within $minutes minutes, or a failure: ${runs[i]}" >&2
        code=1
    fi
done
((${#reports[@]} == 0)) || print_sum "${reports[@]}"
exit "$code"
