package io.flockwork.worker.schedule;

import java.util.Arrays;

/**
 * Units that miss copies, oldest first. Each has a seat whose number never changes, so a worker can remember up to which
 * seat nothing is for it; a seat left empty stays empty until all seats before it are.
 */
final class WantedQueue {
    private Unit[] seats = new Unit[64];
    private int first;
    private int end;
    private int units;
    /** Seat number of {@code seats[0]}. */
    private long base;

    boolean isEmpty() {
        return units == 0;
    }

    long start() {
        return base + first;
    }

    long end() {
        return base + end;
    }

    /** The unit on that seat, or null. */
    Unit at(long seat) {
        return seats[(int) (seat - base)];
    }

    void add(Unit unit) {
        if (end == seats.length) {
            makeRoom();
        }
        seats[end] = unit;
        unit.seat = base + end++;
        units++;
    }

    void remove(Unit unit) {
        seats[(int) (unit.seat - base)] = null;
        unit.seat = Unit.NOT_QUEUED;
        units--;
        while (first < end && seats[first] == null) {
            first++;
        }
    }

    private void makeRoom() {
        if (first < seats.length / 2) {
            seats = Arrays.copyOf(seats, seats.length * 2);
            return;
        }
        System.arraycopy(seats, first, seats, 0, end - first);
        Arrays.fill(seats, end - first, end, null);
        base += first;
        end -= first;
        first = 0;
    }
}
