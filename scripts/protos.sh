#!/usr/bin/env bash
# Regenerates the stubs under protos/src (or under the folder given) from the contracts.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-protos/src}")
mkdir -p "$out"
find "$out" -name '*_pb2*' -delete
files=$(cd protos && find aislides -name '*.proto' | sort)
cd protos
PATH="../.venv/bin:$PATH" ../.venv/bin/python -m grpc_tools.protoc -I . \
  --python_out="$out" --grpc_python_out="$out" --mypy_out="quiet:$out" --mypy_grpc_out="quiet:$out" $files
# A package with no service has no gRPC code; the generator writes empty files for it.
find "$out/aislides/deck" -name '*_pb2_grpc.py*' -delete
