package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.Set;
import java.util.concurrent.BlockingQueue;

/**
 * One of the runner's places for a unit, with a thread of its own. The watch looks at it from outside and interrupts a
 * unit that is to stop.
 */
final class Slot implements Runnable {
    /** What runs the units of a job, and what each of them may use. */
    record Definition(UnitRuntime runtime, Limits limits) {}

    /** A unit and what runs it. */
    record Assignment(Message.Order order, Definition definition) {}

    /** How long a unit may take to end once it is told to. */
    private static final long GRACE_NANOS = 2_000_000_000L;

    /** Compiling a module has its own limit, and is not counted as the unit's time. */
    private static final long PREPARE_MILLIS = 120_000;

    private final int place;
    private final BlockingQueue<Assignment> queue;
    private final MemoryBudget memory;
    private final Outbox outbox;
    private final Board board;

    private Thread thread;
    private int current;
    private boolean running;
    private boolean dropped;
    private long startNanos;
    private long limitMillis;
    private long toldNanos;
    private boolean overTime;

    Slot(int place, BlockingQueue<Assignment> queue, MemoryBudget memory, Outbox outbox, Board board) {
        this.place = place;
        this.queue = queue;
        this.memory = memory;
        this.outbox = outbox;
        this.board = board;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Assignment assignment = queue.take();
                take(assignment.order.id());
                long bytes = assignment.definition.limits.memoryBytes();
                memory.take(bytes);
                try {
                    runOne(assignment);
                } finally {
                    memory.giveBack(bytes);
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    private void runOne(Assignment assignment) {
        int id = assignment.order.id();
        Definition definition = assignment.definition;
        BoundedOutput stderr = BoundedOutput.first(UnitOutcome.MAX_STDERR);
        if (!begin(PREPARE_MILLIS)) {
            return;
        }
        board.write(place, id);
        UnitRuntime.Product product = null;
        String cause = null;
        try {
            definition.runtime.prepare();
            if (!begin(definition.limits.timeMillis())) {
                end();
                board.write(place, 0);
                return;
            }
            product = definition.runtime.run(assignment.order.task(), stderr);
        } catch (StackOverflowError tooDeep) {
            cause = "call stack exhausted";
        } catch (Throwable thrown) {
            cause = Wording.cause(thrown);
        }
        long nanos = System.nanoTime();
        String overrun = end();
        long micros = (nanos - startNanos) / 1000;
        UnitOutcome outcome = product != null
                ? new UnitOutcome.Done(product.output(), stderr.bytes(), micros, product.fuel())
                : new UnitOutcome.Failed(overrun != null ? overrun : cause, stderr.bytes(), micros);
        board.write(place, 0);
        outbox.add(id, outcome, queue.isEmpty(), nanos);
    }

    private synchronized void take(int id) {
        current = id;
        dropped = false;
        thread = Thread.currentThread();
    }

    /** Starts the unit's clock, unless it was dropped while it waited. */
    private synchronized boolean begin(long millis) {
        running = !dropped;
        limitMillis = millis;
        startNanos = System.nanoTime();
        return running;
    }

    /** No interrupt reaches this thread from here on. Tells the cause when the unit was over its time. */
    private synchronized String end() {
        String overrun = overTime ? overrunCause() : null;
        current = 0;
        running = false;
        overTime = false;
        toldNanos = 0;
        Thread.interrupted();
        return overrun;
    }

    private String overrunCause() {
        return "time limit of " + Wording.time(limitMillis) + " passed";
    }

    /** Stops the unit that is here if it is one of these. */
    synchronized void stop(Set<Integer> ids) {
        if (ids.contains(current)) {
            dropped = true;
        }
    }

    /** Interrupts a unit that is to stop. True when it was told long enough and the process must end. */
    synchronized boolean isStuck(long nanos) {
        if (!running) {
            return false;
        }
        if (!dropped && !overTime) {
            overTime = nanos - startNanos > limitMillis * 1_000_000;
        }
        if (!dropped && !overTime) {
            return false;
        }
        if (toldNanos == 0) {
            toldNanos = nanos;
        }
        thread.interrupt();
        return nanos - toldNanos > GRACE_NANOS;
    }

    /** Answers for a unit that will not. */
    synchronized void giveUp(long nanos) {
        if (running && !dropped) {
            outbox.add(
                    current,
                    new UnitOutcome.Failed(overrunCause(), new byte[0], (nanos - startNanos) / 1000),
                    true,
                    nanos);
        }
    }
}
