package io.flockwork.sdk.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Counting heads at the door. */
class CrowdTest {
    private final Crowd crowd = new Crowd(new Crowd.Limits(10, 5, 6, 3));

    @Test
    void strangersAreFewerThanThoseWhoHaveShakenHands() {
        assertEquals(3, arrive("a", 9));
        crowd.settles("a");
        assertEquals(1, arrive("a", 9));
        crowd.settles("a");
        crowd.settles("a");
        crowd.settles("a");
        assertEquals(1, arrive("a", 9), "five of one address");
        assertEquals(3, arrive("b", 9));
        assertEquals(2, arrive("c", 9), "six strangers in all");
        crowd.leaves("b", true);
        assertEquals(1, arrive("d", 9));
    }

    @Test
    void whoLeavesMakesRoom() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(crowd.arrives("a"));
            if (i % 2 == 0) {
                crowd.settles("a");
            }
            crowd.leaves("a", i % 2 != 0);
        }
        assertEquals(3, arrive("a", 9));
    }

    private int arrive(String address, int times) {
        int in = 0;
        for (int i = 0; i < times; i++) {
            in += crowd.arrives(address) ? 1 : 0;
        }
        return in;
    }

    private record One(String address, boolean stranger) {}

    /** Against a list of who is there. */
    @Property
    void itCountsAsAListWould(@ForAll @Size(max = 300) List<@IntRange(max = 11) Integer> steps) {
        Crowd crowd = new Crowd(new Crowd.Limits(10, 5, 6, 3));
        List<One> there = new ArrayList<>();
        for (int step : steps) {
            String address = "" + step % 4;
            if (step < 4 || there.isEmpty()) {
                boolean room = there.size() < 10
                        && there.stream().filter(One::stranger).count() < 6
                        && count(there, address) < 5
                        && there.stream()
                                        .filter(One::stranger)
                                        .filter(one -> one.address.equals(address))
                                        .count()
                                < 3;
                assertEquals(room, crowd.arrives(address));
                if (room) {
                    there.add(new One(address, true));
                }
            } else {
                One one = there.remove(0);
                if (step < 8 && one.stranger) {
                    crowd.settles(one.address);
                    there.add(new One(one.address, false));
                } else {
                    crowd.leaves(one.address, one.stranger);
                }
            }
        }
        there.forEach(one -> crowd.leaves(one.address, one.stranger));
    }

    private static long count(List<One> there, String address) {
        return there.stream().filter(one -> one.address.equals(address)).count();
    }
}
