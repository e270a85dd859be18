package io.flockwork.sdk.model;

/**
 * What the grid knows of a worker.
 *
 * @param operator who owns it
 * @param site where it is, or empty
 * @param slots units it runs at once
 * @param memoryBytes memory that its units share
 * @param gateway where its API listens
 * @param mesh where its Hazelcast member listens
 */
public record WorkerInfo(
        NodeId id,
        String name,
        String operator,
        String site,
        int slots,
        long memoryBytes,
        Address gateway,
        Address mesh,
        long startedMillis) {}
