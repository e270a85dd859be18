package io.flockwork.worker.runtime;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.UnitOutcome;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What the runner tells its worker. Outcomes gather until a frame is worth its while. A worker that is gone ends the
 * process. Thread-safe.
 */
final class Outbox {
    private static final int FULL = 64 << 10;
    private static final long PATIENCE_NANOS = 100_000_000;

    private final OutputStream pipe;
    private Output outcomes = emptyOutcomes();
    private long firstNanos;
    private boolean empty = true;

    Outbox(OutputStream pipe) {
        this.pipe = pipe;
    }

    /** Adds an outcome; sends what there is when it is much, has waited long, or no other will follow soon. */
    synchronized void add(int id, UnitOutcome outcome, boolean last, long nanos) {
        if (empty) {
            firstNanos = nanos;
            empty = false;
        }
        Message.writeAnswer(outcomes, id, outcome);
        if (last
                || outcomes.position() > FULL
                || nanos - firstNanos > PATIENCE_NANOS
                || outcome.micros() * 1000 > PATIENCE_NANOS) {
            flush();
        }
    }

    /** Sends the outcomes that wait. */
    synchronized void flush() {
        if (empty) {
            return;
        }
        send(outcomes);
        outcomes = emptyOutcomes();
        empty = true;
    }

    /** Sends a message at once. */
    synchronized void send(Message message) {
        flush();
        Output body = Frames.body(64);
        message.write(body);
        send(body);
    }

    private void send(Output body) {
        try {
            Frames.write(pipe, body);
            pipe.flush();
        } catch (IOException workerGone) {
            Runtime.getRuntime().halt(RunnerMain.WORKER_GONE);
        }
    }

    private static Output emptyOutcomes() {
        Output body = Frames.body(FULL + FULL / 4);
        body.writeByte(Message.OUTCOMES);
        return body;
    }
}
