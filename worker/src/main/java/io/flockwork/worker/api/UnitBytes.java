package io.flockwork.worker.api;

import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/**
 * All units' results, one after the other: each is opened when it is come to, and those that are not come to never are. For one thread
 * at a time, which may be blocked.
 */
final class UnitBytes extends InputStream {
    private final InputStream list;
    private final Iterator<Entry> entries;
    private final Opening opening;
    private InputStream current = nullInputStream();

    /** Opens one unit's result. */
    @FunctionalInterface
    interface Opening {
        InputStream open(Entry entry) throws IOException;
    }

    /** @param list where the entries are read from; closed with this */
    UnitBytes(InputStream list, Iterator<Entry> entries, Opening opening) {
        this.list = list;
        this.entries = entries;
        this.opening = opening;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (true) {
            int count = current.read(into, offset, length);
            if (count >= 0 || !entries.hasNext()) {
                return count;
            }
            current.close();
            current = opening.open(entries.next());
        }
    }

    @Override
    public void close() throws IOException {
        current.close();
        list.close();
    }
}
