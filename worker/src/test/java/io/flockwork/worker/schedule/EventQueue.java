package io.flockwork.worker.schedule;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order of time and, at the same time, of planning. */
final class EventQueue {
    private record Event(double time, long number, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingLong(Event::number));
    private long planned;
    private double now;

    double now() {
        return now;
    }

    long nanos() {
        return (long) (now * 1e9);
    }

    void in(double seconds, Runnable action) {
        events.add(new Event(now + seconds, planned++, action));
    }

    /** Lets the next event happen; false when there is none. */
    boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.time;
        event.action.run();
        return true;
    }
}
