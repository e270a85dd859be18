package io.flockwork.worker.master;

/**
 * An index space in parts of as nearly equal size as can be, each of at least one index.
 *
 * @param from the first index
 * @param size how many there are
 * @param count how many parts, at most {@code size}
 */
public record Cells(long from, long size, int count) {
    /** At most so many cells. */
    public static Cells of(long from, long size, int most) {
        return new Cells(from, size, (int) Math.min(most, size));
    }

    /** The cell of an index. */
    public int of(long index) {
        long at = index - from;
        long cell = isExact() ? at * count / size : (long) ((double) at / size * count);
        return (int) Math.max(0, Math.min(count - 1, cell));
    }

    /** The first index of a cell; of the one behind the last, the end. */
    public long start(int cell) {
        long at = isExact() ? (cell * size + count - 1) / count : (long) Math.ceil((double) size / count * cell);
        return from + Math.min(size, at);
    }

    private boolean isExact() {
        return size < Long.MAX_VALUE / (count + 1);
    }
}
