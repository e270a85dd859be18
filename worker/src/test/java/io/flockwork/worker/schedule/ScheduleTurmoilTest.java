package io.flockwork.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens in whatever order, every index is settled exactly once and no worker computes a unit twice. */
class ScheduleTurmoilTest {
    @Property(tries = 1000)
    void anyInterleavingEndsWithEverythingSettledOnce(
            @ForAll @IntRange(max = 7) int step,
            @ForAll @IntRange(min = 1, max = 3) int quorum,
            @ForAll @Size(max = 200) List<@IntRange(max = 1 << 20) Integer> actions) {
        Turmoil turmoil = new Turmoil(step, quorum);
        actions.forEach(turmoil::act);
        turmoil.calmDown();
        turmoil.checkTiling();
    }

    @Property(tries = 100)
    void theSameActionsGiveTheSameSchedule(@ForAll @Size(200) List<@IntRange(max = 1 << 20) Integer> actions) {
        Turmoil one = new Turmoil(0, 2);
        Turmoil other = new Turmoil(0, 2);
        actions.forEach(one::act);
        actions.forEach(other::act);
        assertEquals(one.log(), other.log());
    }
}
