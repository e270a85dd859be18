package io.flockwork.worker.master;

/**
 * Where a job's units stand, at a glance.
 *
 * @param from the first index of the job
 * @param to behind the last one
 * @param cells a character for each of equally many indices: {@code .} not begun, {@code r} running, {@code a} accepted until further
 *     notice, {@code u} accepted but not verified, {@code c} contested, {@code f} failed; of several the one that asks most for attention
 */
public record JobMap(long from, long to, String cells) {}
