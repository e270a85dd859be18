#!/bin/sh
# Rebuilds the modules here. Needs clang with lld and wasi-libc (Debian: clang lld wasi-libc libclang-rt-dev-wasm32).
set -eu
cd "$(dirname "$0")"
clang --target=wasm32-wasi -O2 -s -o moody.wasm moody.c
clang --target=wasm32 -O2 -s -nostdlib -Wl,--allow-undefined -o stranger.wasm stranger.c
