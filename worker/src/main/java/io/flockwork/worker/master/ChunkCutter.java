package io.flockwork.worker.master;

import io.flockwork.sdk.model.Recipe;

/**
 * Units of at most {@code size} bytes that end after a line feed. A line that is longer stays whole up to twice the size
 * (64 KiB more for small sizes, and never beyond what a unit may have) and is cut at the size where it is longer still, as
 * data without line feeds is; what the input ends with, too.
 */
final class ChunkCutter implements Cutter {
    private static final int LEAST_SLACK = 64 << 10;

    private final int size;
    private final long most;
    private long position;
    private long start;
    private long afterLineFeed;

    ChunkCutter(int size) {
        this.size = size;
        this.most = Math.min((long) size + Math.max(size, LEAST_SLACK), Recipe.MAX_UNIT_INPUT);
    }

    @Override
    public void take(byte[] bytes, int length, Bounds bounds) {
        for (int i = 0; i < length; i++) {
            // Only a further byte makes a unit too full: at the input's end exactly `size` bytes are one unit.
            if (position - start >= size) {
                cutFull(bounds);
            }
            position++;
            if (bytes[i] == '\n') {
                afterLineFeed = position;
            }
        }
    }

    private void cutFull(Bounds bounds) {
        if (afterLineFeed > start) {
            cutAt(afterLineFeed, bounds);
        } else if (position - start >= most) {
            while (position - start >= size) {
                cutAt(start + size, bounds);
            }
        }
    }

    @Override
    public void end(Bounds bounds) {
        // The rest of a line that was cut, not after a line feed, but at the size.
        while (start > afterLineFeed && position - start > size) {
            cutAt(start + size, bounds);
        }
        if (position > start) {
            cutAt(position, bounds);
        }
    }

    private void cutAt(long end, Bounds bounds) {
        bounds.endAt(end);
        start = end;
    }
}
