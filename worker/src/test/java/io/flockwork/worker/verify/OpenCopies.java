package io.flockwork.worker.verify;

import io.flockwork.sdk.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** Which copies are wanted and which are out: the simulation's schedule. */
final class OpenCopies {
    private static final int ABSENT = -1;

    private final int[] wanted;
    private final int[] seats;
    private final Map<Integer, List<NodeId>> holders = new HashMap<>();
    private int[] missing = new int[64];
    private int count;
    private int out;

    OpenCopies(int units) {
        wanted = new int[units];
        seats = new int[units];
        Arrays.fill(seats, ABSENT);
    }

    void want(int unit, int copies) {
        wanted[unit] = copies;
        seat(unit);
    }

    void given(int unit, NodeId worker) {
        holders.computeIfAbsent(unit, any -> new ArrayList<>(1)).add(worker);
        out++;
        seat(unit);
    }

    void back(int unit, NodeId worker) {
        List<NodeId> left = holders.get(unit);
        left.remove(worker);
        if (left.isEmpty()) {
            holders.remove(unit);
        }
        wanted[unit] = Math.max(0, wanted[unit] - 1);
        out--;
        seat(unit);
    }

    List<NodeId> holders(int unit) {
        return holders.getOrDefault(unit, List.of());
    }

    boolean nothingOut() {
        return out == 0;
    }

    int[] missing() {
        int[] units = Arrays.copyOf(missing, count);
        Arrays.sort(units);
        return units;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** One of the units that miss a copy, from a random one on; negative when none of so many fits. */
    int draw(SplittableRandom random, int looks, IntPredicate fits) {
        int start = count == 0 ? 0 : random.nextInt(count);
        for (int look = 0; look < Math.min(looks, count); look++) {
            int unit = missing[(start + look) % count];
            if (fits.test(unit)) {
                return unit;
            }
        }
        return ABSENT;
    }

    private void seat(int unit) {
        boolean misses = wanted[unit] > holders(unit).size();
        if (misses && seats[unit] == ABSENT) {
            missing = count == missing.length ? Arrays.copyOf(missing, count * 2) : missing;
            seats[unit] = count;
            missing[count++] = unit;
        } else if (!misses && seats[unit] != ABSENT) {
            int last = missing[--count];
            missing[seats[unit]] = last;
            seats[last] = seats[unit];
            seats[unit] = ABSENT;
        }
    }
}
