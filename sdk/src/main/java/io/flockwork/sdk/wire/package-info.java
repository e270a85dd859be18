/**
 * What crosses a WebSocket between a core and its clients and workers: {@link io.flockwork.sdk.wire.Message}s, written by
 * Kryo with fixed registration ids, bounded before they are parsed.
 */
package io.flockwork.sdk.wire;
