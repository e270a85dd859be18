package io.flockwork.worker.master;

import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Slice;
import java.util.Arrays;

/** Where each unit of a blob ends, growing as the blob is read. Eight bytes a unit. */
final class Bounds {
    private final int most;
    private long[] ends = new long[1024];
    private int count;

    Bounds(int most) {
        this.most = most;
    }

    /** End of the last unit, or 0. */
    long last() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /**
     * The next unit reaches from the last one's end to here.
     *
     * @throws IllegalArgumentException with one sentence when that is one unit too many or too long
     */
    void endAt(long offset) {
        if (count == most) {
            throw new IllegalArgumentException("the input has more than " + most + " units");
        }
        if (offset - last() > Recipe.MAX_UNIT_INPUT) {
            throw new IllegalArgumentException(
                    "unit " + count + " has more than " + Recipe.MAX_UNIT_INPUT + " bytes of input");
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = offset;
    }

    /** The finished split; unit {@code i} is bytes {@code ends[i-1]..ends[i]} of the blob. */
    Split split(NamedBlob blob, String name) {
        long[] finished = Arrays.copyOf(ends, count);
        return Split.ofInputs(count, index -> {
            long from = index == 0 ? 0 : finished[(int) index - 1];
            return new Slice(blob.blob(), from, (int) (finished[(int) index] - from), name);
        });
    }
}
