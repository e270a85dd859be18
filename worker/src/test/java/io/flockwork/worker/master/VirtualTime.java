package io.flockwork.worker.master;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Time that passes only when a test says so. Whatever the test's machines do happens on the test's thread, in order, and a
 * fault in it is the test's. Starts below zero, as {@link System#nanoTime} may.
 */
final class VirtualTime {
    private static final long START = -Duration.ofHours(1).toNanos();

    private record Event(long at, long number, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now = START;
    private long number;

    long nanoTime() {
        return now;
    }

    /** Wall time for people's sake. */
    long millis() {
        return (now - START) / 1_000_000;
    }

    void soon(Runnable task) {
        after(Duration.ofNanos(1), task);
    }

    void after(Duration delay, Runnable task) {
        events.add(new Event(now + delay.toNanos(), number++, task));
    }

    void run(Duration time) {
        long end = now + time.toNanos();
        while (!events.isEmpty() && events.peek().at() <= end) {
            step();
        }
        now = end;
    }

    /** Runs until it is so; false when it is not within that time. */
    boolean runUntil(BooleanSupplier so, Duration most) {
        long end = now + most.toNanos();
        while (!so.getAsBoolean()) {
            if (events.isEmpty() || events.peek().at() > end) {
                now = end;
                return so.getAsBoolean();
            }
            step();
        }
        return true;
    }

    private void step() {
        Event event = events.poll();
        now = event.at();
        event.task().run();
    }

    /** A machine that can die: then nothing on it happens any more. */
    final class Machine {
        private boolean dead;

        void die() {
            dead = true;
        }

        boolean isDead() {
            return dead;
        }

        Loop loop() {
            return new MachineLoop(this);
        }
    }

    Machine machine() {
        return new Machine();
    }

    private final class MachineLoop implements Loop {
        private final Machine machine;
        private boolean closed;

        MachineLoop(Machine machine) {
            this.machine = machine;
        }

        @Override
        public void execute(Runnable task) {
            soon(() -> run(task));
        }

        private void run(Runnable task) {
            if (!closed && !machine.dead) {
                task.run();
            }
        }

        @Override
        public void every(Duration period, Runnable task) {
            after(period, () -> {
                run(task);
                if (!closed && !machine.dead) {
                    every(period, task);
                }
            });
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
