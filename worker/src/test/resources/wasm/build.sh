#!/bin/sh
# Rebuilds the modules here. Needs clang with lld and wasi-libc (Debian: clang lld wasi-libc libclang-rt-dev-wasm32).
set -eu
cd "$(dirname "$0")"
wasi="clang --target=wasm32-wasi -O2 -s"
bare="clang --target=wasm32 -O2 -s -nostdlib"
$wasi -o deeds.wasm deeds.c
$wasi -o sock_open.wasm sock_open.c
$bare -Wl,--allow-undefined -o stranger.wasm stranger.c
$bare -Wl,--no-entry -o library.wasm library.c
$bare -Wl,--initial-memory=2097152 -o wide.wasm wide.c
$bare -matomics -mbulk-memory -Wl,--shared-memory,--max-memory=1048576 -o threads.wasm threads.c
