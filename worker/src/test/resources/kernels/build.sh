#!/bin/sh
# Rebuilds the modules here. Needs clang with lld and wasi-libc (Debian: clang lld wasi-libc libclang-rt-dev-wasm32).
set -eu
cd "$(dirname "$0")"
for kernel in nbody matmul sha256; do
    clang --target=wasm32-wasi -O2 -s -ffp-contract=off -o $kernel.wasm $kernel.c -lm
done
