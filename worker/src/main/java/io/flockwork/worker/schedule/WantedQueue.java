package io.flockwork.worker.schedule;

import java.util.Arrays;

/**
 * Units that miss copies, oldest first. Each has a seat whose number never changes, so a worker can remember up to which
 * seat nothing is for it; a seat left empty stays empty until all seats before it are, or until most are.
 */
final class WantedQueue {
    private static final int FEW = 64;

    private Unit[] seats = new Unit[FEW];
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
        if (end - first > FEW && units < (end - first) / 4) {
            closeRanks();
        }
    }

    /** Everybody gets a new seat, after all those there ever were: nobody has passed it over. */
    private void closeRanks() {
        Unit[] seated = new Unit[Math.max(FEW, units * 2)];
        int count = 0;
        base += end;
        for (int i = first; i < end; i++) {
            if (seats[i] != null) {
                seats[i].seat = base + count;
                seated[count++] = seats[i];
            }
        }
        seats = seated;
        first = 0;
        end = count;
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
