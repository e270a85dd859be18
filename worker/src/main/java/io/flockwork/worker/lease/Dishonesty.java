package io.flockwork.worker.lease;

/**
 * How a worker lies, so that a demonstration or a test has somebody to catch.
 *
 * @param rate share of answers that it falsifies; 0 for an honest worker
 * @param gang a word that accomplices share, who lie together and alike; empty for who lies alone
 */
public record Dishonesty(double rate, String gang) {
    /** Never lies. */
    public static final Dishonesty NONE = new Dishonesty(0, "");
}
