package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Answers wrongly now and then. */
final class Saboteur implements Honesty {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Dishonesty ways;
    private final RandomGenerator alone;

    Saboteur(Dishonesty ways, RandomGenerator alone) {
        this.ways = ways;
        this.alone = alone;
    }

    @Override
    public synchronized UnitOutcome of(Span unit, UnitOutcome honest) {
        RandomGenerator random = ways.gang().isEmpty() ? alone : together(unit);
        return honest instanceof UnitOutcome.Done done && random.nextDouble() < ways.rate()
                ? lie(done, random)
                : honest;
    }

    /** The same for all accomplices. */
    private RandomGenerator together(Span unit) {
        return new SplittableRandom((ways.gang().hashCode() * SPREAD ^ unit.from()) * SPREAD ^ unit.to());
    }

    /** More digits in front: a number stays a number, and two who lie alone hardly ever tell the same lie. */
    private static UnitOutcome lie(UnitOutcome.Done done, RandomGenerator random) {
        byte[] digits = Integer.toString(random.nextInt(1, Integer.MAX_VALUE)).getBytes(StandardCharsets.US_ASCII);
        byte[] wrong = Arrays.copyOf(digits, digits.length + done.output().length);
        System.arraycopy(done.output(), 0, wrong, digits.length, done.output().length);
        return new UnitOutcome.Done(wrong, done.stderr(), done.micros(), done.fuel());
    }
}
