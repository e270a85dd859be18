package io.flockwork.worker.runtime;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** What a unit writes, kept up to a limit; what lies beyond it ends the unit or is let go. */
final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private final int limit;
    private final boolean endsUnit;

    private BoundedOutput(int limit, boolean endsUnit) {
        this.limit = limit;
        this.endsUnit = endsUnit;
    }

    /** Writing more than {@code limit} bytes throws {@link UnitFailure}. */
    static BoundedOutput endingAt(int limit) {
        return new BoundedOutput(limit, true);
    }

    /** Keeps the first {@code limit} bytes. */
    static BoundedOutput first(int limit) {
        return new BoundedOutput(limit, false);
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int room = limit - kept.size();
        if (length > room && endsUnit) {
            throw tooLong(limit);
        }
        kept.write(bytes, offset, Math.min(length, room));
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    static UnitFailure tooLong(int limit) {
        return new UnitFailure("output over " + Wording.bytes(limit));
    }
}
