package io.flockwork.sdk.model;

/** What came of one try of a unit. */
public sealed interface UnitOutcome {
    /** Most bytes kept of a unit's standard error. */
    int MAX_STDERR = 8 << 10;

    /** CPU-like cost of the try: wall time in the runner, microseconds. */
    long micros();

    /** The first {@link #MAX_STDERR} bytes that the unit wrote to standard error. */
    byte[] stderr();

    /**
     * The unit ended well with this result, which may be empty.
     *
     * @param fuel its work, the same on every machine; 0 for Java, where it is not counted
     */
    record Done(byte[] output, byte[] stderr, long micros, long fuel) implements UnitOutcome {
        /** The outcome of a unit whose work is not counted. */
        public Done(byte[] output, byte[] stderr, long micros) {
            this(output, stderr, micros, 0);
        }
    }

    /**
     * The unit gave no result.
     *
     * @param cause one line for a person, without the unit's name: {@code exit code 3}
     */
    record Failed(String cause, byte[] stderr, long micros) implements UnitOutcome {
        private static final int LONGEST_CAUSE = 500;

        public Failed {
            if (stderr.length > MAX_STDERR) {
                throw new IllegalArgumentException("of standard error, at most " + MAX_STDERR + " bytes are kept");
            }
            cause = cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause;
        }
    }
}
