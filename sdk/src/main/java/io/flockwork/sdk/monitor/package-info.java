/** What a node shows to programs that watch over it: numbers, whether it lives, and whether it is ready. The room of Micrometer. */
package io.flockwork.sdk.monitor;
