#!/bin/sh
# Compiles the examples to WebAssembly: ./build.sh [FOLDER], by default beside the sources.
set -eu
out=$(cd "${1:-$(dirname "$0")}" && pwd)
cd "$(dirname "$0")"
for source in *.c; do
    clang --target=wasm32-wasi -O2 -Wall -Wextra -Werror -Wl,--strip-all -o "$out/${source%.c}.wasm" "$source"
done
clang --version | head -n 1 > "$out/COMPILER"
