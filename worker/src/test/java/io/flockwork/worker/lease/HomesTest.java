package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A worker stays where it is well, leaves at once when it is not, and many of them spread. */
class HomesTest {
    private static final List<Address> FOUR = cores(0, 4);

    private static List<Address> cores(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Address("core-" + i, 7701))
                .toList();
    }

    @Test
    void theHomeIsKeptWhileItIsWellWhoeverComesAndGoes() {
        Homes homes = Homes.among(FOUR, new Random(1));
        Address home = homes.now();
        homes.learn(cores(0, 40));
        assertEquals(home, homes.now());
        homes.learn(cores(20, 40));
        assertEquals(home, homes.now(), "perhaps the mesh only cannot see it");
        assertEquals(home, homes.inOrder().get(0));
        assertEquals(21, homes.inOrder().size());
        assertTrue(homes.lost());
        assertTrue(cores(20, 40).contains(homes.now()), "the next one is of those that are there");
        assertFalse(homes.inOrder().contains(home));
    }

    @Property(tries = 200)
    void eachCoreIsTriedOnceARoundAndTheLastOneEndsTheRound(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count) {
        Homes homes = Homes.among(cores(0, count), new Random(seed));
        for (int round = 0; round < 3; round++) {
            Set<Address> tried = new HashSet<>(Set.of(homes.now()));
            for (int i = 1; i < count; i++) {
                assertTrue(homes.lost(), "there are others left");
                assertTrue(tried.add(homes.now()), "none twice");
            }
            Address last = homes.now();
            assertFalse(homes.lost(), "now all have been tried");
            assertTrue(count == 1 || !homes.now().equals(last), "the last one has only just failed");
        }
    }

    @Test
    void whoAnsweredBeginsANewRound() {
        Homes homes = Homes.among(cores(0, 2), new Random(1));
        Address first = homes.now();
        assertTrue(homes.lost());
        homes.isWell();
        assertTrue(homes.lost(), "the first one has not failed since");
        assertEquals(first, homes.now());
    }

    @Test
    void theWorkersOfADeadCoreSpreadEvenlyOverTheRest() {
        Random random = new Random(7);
        Map<Address, Integer> before = new HashMap<>();
        Map<Address, Integer> after = new HashMap<>();
        for (int worker = 0; worker < 4_000; worker++) {
            Homes homes = Homes.among(FOUR, random);
            before.merge(homes.now(), 1, Integer::sum);
            if (homes.now().equals(FOUR.get(0))) {
                homes.lost();
                after.merge(homes.now(), 1, Integer::sum);
            }
        }
        before.values().forEach(workers -> assertEquals(1_000, workers, 150));
        assertEquals(Set.copyOf(FOUR.subList(1, 4)), after.keySet());
        int moved = before.get(FOUR.get(0));
        after.values().forEach(workers -> assertEquals(moved / 3.0, workers, moved / 12.0));
    }

    @Test
    void aCoreIsItsOwnHomeForEver() {
        Homes homes = Homes.own(FOUR.get(2));
        homes.learn(FOUR);
        assertFalse(homes.lost(), "it tries itself again, after a pause");
        assertEquals(FOUR.get(2), homes.now());
        assertEquals(List.of(FOUR.get(2)), homes.inOrder());
    }

    @Test
    void anAnswerThatNamesNobodyIsNoNews() {
        Homes homes = Homes.among(FOUR, new Random(1));
        Address home = homes.now();
        homes.learn(List.of());
        assertTrue(homes.lost());
        assertNotEquals(home, homes.now());
    }
}
