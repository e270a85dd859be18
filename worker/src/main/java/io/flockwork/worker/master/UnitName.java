package io.flockwork.worker.master;

import io.flockwork.sdk.model.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person calls one unit of a job: its number, or in a range its bounds. */
record UnitName(String text) {
    private static final Pattern BOUNDS = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");

    /** @throws IllegalArgumentException with one sentence when the job has no such unit */
    Span in(Split split) {
        Matcher bounds = BOUNDS.matcher(text);
        if (!bounds.matches()) {
            throw new IllegalArgumentException("a unit is a number, or FROM..TO in a range, not '" + text + "'");
        }
        long from = Long.parseLong(bounds.group(1));
        if (bounds.group(2) == null && split.range()) {
            return ofRange(split, from);
        }
        return within(split, from, bounds.group(2) == null ? from + 1 : Long.parseLong(bounds.group(2)));
    }

    private Span ofRange(Split split, long number) {
        if (split.step() == 0) {
            throw new IllegalArgumentException(
                    "a range is carved as it is computed, so its units have no numbers: give FROM..TO");
        }
        long first = split.space().map(Span::from).orElse(0L);
        if (number < 0 || number > split.indices() / split.step()) {
            throw new IllegalArgumentException("the job has no unit " + text);
        }
        long from = first + number * split.step();
        return within(split, from, Math.min(from + split.step(), first + split.indices()));
    }

    private Span within(Split split, long from, long to) {
        boolean there = split.space()
                .filter(space -> from >= space.from() && from < to && to <= space.to())
                .isPresent();
        if (!there || !split.range() && to != from + 1) {
            throw new IllegalArgumentException("the job has no unit " + text);
        }
        return new Span(from, to);
    }
}
