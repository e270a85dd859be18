package io.flockwork.sdk.model;

/**
 * What the grid knows of a worker.
 *
 * @param operator who owns it
 * @param site where it is, or empty
 * @param slots units it runs at once
 * @param memoryBytes memory that its units share
 * @param gateway where its API listens; of an edge worker {@link #NOWHERE}
 * @param mesh where its Hazelcast member listens; of an edge worker {@link #NOWHERE}
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
        long startedMillis) {

    /** The address of who only dials out: a name that never resolves (RFC 6761, section 6.4). */
    public static final Address NOWHERE = new Address("nowhere.invalid", 1);

    /** True for a core worker, which others can dial. */
    public boolean isReachable() {
        return !gateway.equals(NOWHERE);
    }
}
