#!/usr/bin/env bash
# Writes the runtime's public API file anew from the code. Review the diff: it is what users will see change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

project=src/Naq.Events.Runtime
echo '#nullable enable' >"$project/PublicAPI.Unshipped.txt"
dotnet format analyzers "$project/Naq.Events.Runtime.csproj" --diagnostics RS0016 --severity info
git diff --stat -- "$project/PublicAPI.Unshipped.txt"
