#!/usr/bin/env bash
# Fuzzes the readers of everything that comes from outside, each for as long as is said, from the corpus in the tests on.
# A failure prints the seed that repeats it: CsCheck_Seed=... eng/fuzz.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    echo "usage: eng/fuzz.sh [--seconds N]    each property for N seconds; 60 by default" >&2
    exit 2
}

seconds=60
while (($#)); do
    case $1 in
        --seconds) seconds=${2:?$(usage)}; shift 2 ;;
        *) usage ;;
    esac
done

NAQ_FUZZ_SECONDS=$seconds dotnet run -c Release --project tests/Naq.Events.JetStream.Tests -- --filter-class "*Hostile.ReaderTests"
