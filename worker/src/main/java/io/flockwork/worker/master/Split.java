package io.flockwork.worker.master;

import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A job cut into an index space.
 *
 * @param space the indices to compute; absent for an empty job
 * @param step indices per unit, 0: carved to fit each worker
 * @param range true when the units are spans of a range, which have no input bytes
 * @param input where the input of the unit that starts at an index is
 */
record Split(Optional<Span> space, long step, boolean range, LongFunction<Optional<Slice>> input) {
    static Split ofRange(long from, long to, long step) {
        Optional<Span> space = from == to ? Optional.empty() : Optional.of(new Span(from, to));
        return new Split(space, step, true, index -> Optional.empty());
    }

    static Split ofInputs(long count, LongFunction<Slice> input) {
        Optional<Span> space = count == 0 ? Optional.empty() : Optional.of(new Span(0, count));
        return new Split(space, 1, false, index -> Optional.of(input.apply(index)));
    }

    long indices() {
        return space.map(Span::size).orElse(0L);
    }
}
