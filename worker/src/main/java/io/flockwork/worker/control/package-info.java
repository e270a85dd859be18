/**
 * What the agent tells this machine's user, and what it is told: {@code flockwork status}, {@code pause} and {@code resume},
 * over a Unix domain socket that only its owner can open.
 */
package io.flockwork.worker.control;
