package io.flockwork.sdk.wire;

import java.util.ArrayDeque;
import java.util.Queue;

/** Messages that wait for their turn on a socket; bounded in bytes. Safe for use by many threads. */
final class SendQueue {
    /** What the caller of {@link #add} does next. */
    enum Added {
        /** Nobody is sending: call {@link #next} and send. */
        START,
        /** Whoever sends now will come to it. */
        WAIT,
        /** Not added. */
        FULL
    }

    private final int mostBytes;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean sending;

    SendQueue(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized Added add(byte[] message) {
        if (message.length > mostBytes - waitingBytes) {
            return Added.FULL;
        }
        waiting.add(message);
        waitingBytes += message.length;
        if (sending) {
            return Added.WAIT;
        }
        sending = true;
        return Added.START;
    }

    /** The next message to send, or null: then nobody is sending. */
    synchronized byte[] next() {
        byte[] message = waiting.poll();
        if (message == null) {
            sending = false;
        } else {
            waitingBytes -= message.length;
        }
        return message;
    }

    synchronized void clear() {
        waiting.clear();
        waitingBytes = 0;
    }
}
