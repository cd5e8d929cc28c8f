#!/usr/bin/env bash
# Measures samples/AotWorker beside bench/BareWorker, both compiled ahead of time in the same way. See usage() below.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: eng/aot-report.sh [--keep-size]

Publishes samples/AotWorker and bench/BareWorker with NativeAOT, runs both by turns on one nats-server of its own, ten times each
after a run that is not counted, and prints one line of JSON with medians:

  bytes     the program's size
  start_ms  from the process's start to the acknowledgement of its first events
  rss_kb    its resident memory when 10,002 events are acknowledged (ours handles them meanwhile)

those of the bare worker with bare_ in front. All else goes to stderr. Linux only.

--keep-size   writes the size into eng/aot-budget.json instead of running anything
USAGE
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly folder=$root/artifacts/aot-report
readonly rounds=10
readonly jobs=3334

case ${1:-} in
    "" | --keep-size) ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
esac

program_of() { echo "$folder/$1/$1"; }

publish() {
    dotnet publish "$root/$1" --configuration Release --output "$folder/$(basename "$1")" --artifacts-path "$folder/build" \
        --tl:off -verbosity:quiet -nologo </dev/null >&2
}

keep_size() {
    local rid size
    rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
    size=$(stat -c %s "$(program_of AotWorker)")
    # One line for each platform, as the file is written.
    if grep -q "\"$rid\"" "$root/eng/aot-budget.json"; then
        sed -i "s/\"$rid\": [0-9]*/\"$rid\": $size/" "$root/eng/aot-budget.json"
    else
        sed -i "s/\"aot_worker_bytes\": {/&\n    \"$rid\": $size,/" "$root/eng/aot-budget.json"
    fi
    cat "$root/eng/aot-budget.json" >&2
}

server=
store=
finish() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    [[ -z $server ]] || wait "$server" 2>/dev/null || true
    [[ -z $store ]] || rm -rf "$store"
}
trap finish EXIT

# The server takes a free port and tells it in a file.
start_server() {
    local binary ports=() i
    binary=$("$root/eng/nats-server.sh")
    store=$(mktemp -d)
    "$binary" -js -sd "$store" -a 127.0.0.1 -p -1 --ports_file_dir "$store" >"$store/log" 2>&1 &
    server=$!
    for ((i = 0; i < 100; i++)); do
        ports=("$store"/*.ports)
        [[ ! -s ${ports[0]} ]] || break
        sleep 0.1
    done
    url=$(sed -n 's/.*"\(nats:[^"]*\)".*/\1/p' "${ports[0]}" | head -n 1)
    [[ -n $url ]] || { cat "$store/log" >&2 && return 1; }
}

# Prints "start_us rss_kb" of one run.
run() {
    local started=$EPOCHREALTIME stored='' rss='' line worker
    # In its own folder, as a service is: the host watches the one it starts in, with all that is below.
    coproc WORKER { cd "$folder/$1" && exec "./$1" --nats "$url" --jobs "$jobs" --pause 0 2>&1; }
    worker=$WORKER_PID
    while read -r -u "${WORKER[0]}" line; do
        case $line in
            *"The first invoice's events are stored."*) stored=$EPOCHREALTIME ;;
            *"invoices' events are stored."*) break ;;
        esac
    done
    rss=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$worker/status")
    kill -TERM "$worker"
    cat <&"${WORKER[0]}" >"$store/output"
    if ! wait "$worker" || [[ -z $stored || -z $rss ]]; then
        echo "$1 failed:" >&2
        cat "$store/output" >&2
        return 1
    fi
    echo "$((${stored/./} - ${started/./})) $rss"
}

# The median of a column of a file.
median() { cut -d ' ' -f "$2" "$1" | sort -n | sed -n "$((rounds / 2)),$((rounds / 2 + 1))p" | awk '{ sum += $1 } END { print sum / NR }'; }

publish samples/AotWorker
if [[ ${1:-} == --keep-size ]]; then
    keep_size
    exit 0
fi
publish bench/BareWorker
start_server
for ((round = 0; round <= rounds; round++)); do
    for worker in AotWorker BareWorker; do
        measured=$(run "$worker")
        echo "$worker $round: $measured" >&2
        ((round == 0)) || echo "$measured" >>"$store/$worker"
    done
done

printf '{"bytes":%d,"bare_bytes":%d,"start_ms":%s,"bare_start_ms":%s,"rss_kb":%d,"bare_rss_kb":%d}\n' \
    "$(stat -c %s "$(program_of AotWorker)")" "$(stat -c %s "$(program_of BareWorker)")" \
    "$(median "$store/AotWorker" 1 | awk '{ printf "%.1f", $1 / 1000 }')" "$(median "$store/BareWorker" 1 | awk '{ printf "%.1f", $1 / 1000 }')" \
    "$(median "$store/AotWorker" 2)" "$(median "$store/BareWorker" 2)"
