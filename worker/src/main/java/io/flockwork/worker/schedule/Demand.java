package io.flockwork.worker.schedule;

/**
 * What a worker asks for: units that keep {@code slots} slots busy for {@code seconds}.
 *
 * @param slots free slots, 1 to 65,536; the most that a worker ever asked for counts as its size
 * @param seconds how long the units should last, more than 0
 * @param speedHint indices a second on one slot, where the worker knows from an earlier session, else 0
 * @param maxUnits most units to hand out at once, at least 1
 */
public record Demand(int slots, double seconds, double speedHint, int maxUnits) {
    /** Most slots of one worker. */
    public static final int MAX_SLOTS = 65_536;

    public Demand {
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("a worker asks for 1 to " + MAX_SLOTS + " slots, not " + slots);
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("a worker asks for more than 0 seconds of work, not " + seconds);
        }
        if (!(speedHint >= 0) || Double.isInfinite(speedHint)) {
            throw new IllegalArgumentException("a speed is not negative and is finite, not " + speedHint);
        }
        if (maxUnits < 1) {
            throw new IllegalArgumentException("a worker asks for at least 1 unit, not " + maxUnits);
        }
    }
}
