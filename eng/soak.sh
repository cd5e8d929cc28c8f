#!/usr/bin/env bash
# Logs and handles events for a while over servers, networks and processes that fail, and prints what became of them.
# Ends with 1 when a promise of docs/guarantees.md or docs/faults.md did not hold. A run is repeated by its seed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    echo "usage: eng/soak.sh [--minutes N] [--seed N] [--nodes 1|3] [--rate EVENTS_PER_SECOND] [--server VERSION]" >&2
    echo "30 minutes, a seed of its own, 1 server, 1000 events a second, nats-server 2.15 by default" >&2
    exit 2
}

[[ ${1:-} != -h && ${1:-} != --help ]] || usage
dotnet build -c Release -v quiet -nologo tests/Naq.Events.Soak
exec dotnet run -c Release --no-build --project tests/Naq.Events.Soak -- "$@"
