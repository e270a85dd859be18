package io.flockwork.worker.lease;

import io.flockwork.sdk.model.UnitOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Answers wrongly now and then, so that a demonstration or a test has somebody to catch. */
final class Saboteur implements UnaryOperator<UnitOutcome> {
    private final double rate;
    private final RandomGenerator random;

    Saboteur(double rate, RandomGenerator random) {
        this.rate = rate;
        this.random = random;
    }

    @Override
    public synchronized UnitOutcome apply(UnitOutcome honest) {
        return honest instanceof UnitOutcome.Done done && random.nextDouble() < rate ? lie(done) : honest;
    }

    /** More digits in front: a number stays a number, and two saboteurs hardly ever tell the same lie. */
    private UnitOutcome lie(UnitOutcome.Done done) {
        byte[] digits = Integer.toString(random.nextInt(1, Integer.MAX_VALUE)).getBytes(StandardCharsets.US_ASCII);
        byte[] wrong = Arrays.copyOf(digits, digits.length + done.output().length);
        System.arraycopy(done.output(), 0, wrong, digits.length, done.output().length);
        return new UnitOutcome.Done(wrong, done.stderr(), done.micros(), done.fuel());
    }
}
