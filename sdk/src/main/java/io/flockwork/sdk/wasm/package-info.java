/**
 * Rewrites WebAssembly modules before they run: they count their work, and their NaNs are the same everywhere. A module is a
 * stranger's bytes; it is read once from start to end, within bounds, and never run here.
 */
package io.flockwork.sdk.wasm;
