package io.flockwork.worker.master;

import io.flockwork.sdk.job.Combiner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Adds results that are one decimal number each, exactly; an empty result adds nothing. Gives a line of text. */
final class SumCombiner implements Combiner {
    private static final int LONGEST_NUMBER = 1000;

    private BigDecimal sum = BigDecimal.ZERO;

    @Override
    public void add(byte[] unitResult) {
        boolean tooLong = unitResult.length > LONGEST_NUMBER;
        String text =
                new String(unitResult, 0, Math.min(unitResult.length, LONGEST_NUMBER), StandardCharsets.UTF_8).strip();
        if (text.isEmpty() && !tooLong) {
            return;
        }
        try {
            if (tooLong) {
                throw new NumberFormatException("too long");
            }
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
                throw new NumberFormatException("exponent too large");
            }
            sum = sum.add(number);
        } catch (NumberFormatException notANumber) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
            throw new IllegalArgumentException("cannot sum: the result is not one number: " + shown, notANumber);
        }
    }

    @Override
    public byte[] finish() {
        return (sum.toPlainString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
