package io.flockwork.jobs.primes;

import io.flockwork.sdk.job.Combiner;
import java.nio.charset.StandardCharsets;

/** Adds the units' counts. */
final class CountSum implements Combiner {
    private static final int LONGEST_LINE = 20;

    private long sum;

    @Override
    public void add(byte[] unitResult) {
        if (unitResult.length > LONGEST_LINE) {
            throw new IllegalArgumentException("a result of " + unitResult.length + " bytes is not a count");
        }
        String text = new String(unitResult, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9]+")) {
            throw new IllegalArgumentException("the result '" + text + "' is not a count");
        }
        try {
            sum = Math.addExact(sum, Long.parseLong(text));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw new IllegalArgumentException("the count " + text + " is too large to add", tooLarge);
        }
    }

    @Override
    public byte[] finish() {
        return PrimesJob.line(sum);
    }
}
