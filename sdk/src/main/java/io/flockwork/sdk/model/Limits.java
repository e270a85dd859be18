package io.flockwork.sdk.model;

/**
 * What one unit may use.
 *
 * @param timeMillis run time of one try
 * @param memoryBytes memory of one try
 * @param outputBytes result size
 * @param tries how often a failing unit is tried before it counts as failed
 * @param fuel work of one try in units of fuel, about one for each instruction; counted in WebAssembly only
 */
public record Limits(long timeMillis, long memoryBytes, int outputBytes, int tries, long fuel) {
    /** Some hours of work. */
    public static final long DEFAULT_FUEL = 10_000_000_000_000L;

    /** The most that a unit may be given. */
    public static final long MOST_FUEL = 1_000_000_000_000_000_000L;

    /** Ten minutes, 256 MiB of memory, 64 MiB of output, three tries, fuel for longer than that. */
    public static final Limits DEFAULT = new Limits(600_000, 256L << 20, 64 << 20, 3);

    public Limits {
        requireWithin("unit time (ms)", timeMillis, 1, 7L * 24 * 3600 * 1000);
        requireWithin("unit memory (bytes)", memoryBytes, 1 << 20, 2L << 30);
        requireWithin("unit output (bytes)", outputBytes, 0, 256 << 20);
        requireWithin("tries", tries, 1, 100);
        requireWithin("unit fuel", fuel, 1, MOST_FUEL);
    }

    /** Limits with {@link #DEFAULT_FUEL}. */
    public Limits(long timeMillis, long memoryBytes, int outputBytes, int tries) {
        this(timeMillis, memoryBytes, outputBytes, tries, DEFAULT_FUEL);
    }

    /** What a result of so many bytes takes of the most it may have: 1 is all. */
    public double shareOfOutput(long bytes) {
        return (double) bytes / Math.max(1, outputBytes);
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
