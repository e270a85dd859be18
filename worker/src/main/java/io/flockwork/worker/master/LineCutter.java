package io.flockwork.worker.master;

/** A unit for each line, its line feed included. */
final class LineCutter implements Cutter {
    private long position;

    @Override
    public void take(byte[] bytes, int length, Bounds bounds) {
        for (int i = 0; i < length; i++) {
            position++;
            if (bytes[i] == '\n') {
                bounds.endAt(position);
            }
        }
    }

    @Override
    public void end(Bounds bounds) {
        if (position > bounds.last()) {
            bounds.endAt(position);
        }
    }
}
