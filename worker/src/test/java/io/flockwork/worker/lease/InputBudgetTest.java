package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Room for inputs comes back in full, however units end: run, dropped, leased again or closed with their job. */
class InputBudgetTest {
    private static final long BYTES = 1 << 20;

    private final InputBudget budget = new InputBudget(BYTES);
    private final Waiting waiting = new Waiting();

    @Property(tries = 300)
    void nothingLeaks(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        JobId[] jobs = {JobId.random(random), JobId.random(random)};
        for (int step = 0; step < 200; step++) {
            JobId job = jobs[random.nextInt(2)];
            List<Span> units = units(random);
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (budget.freeBytes() > 100 << 10) {
                        waiting.add(job, units, budget.take(random.nextInt(50 << 10), units.size()));
                    }
                }
                case 1, 2 -> waiting.free(job, units);
                default -> {
                    if (random.nextInt(10) == 0) {
                        waiting.freeAll(job);
                    }
                }
            }
        }
        waiting.freeAll(jobs[0]);
        waiting.freeAll(jobs[1]);
        assertEquals(BYTES, budget.freeBytes());
    }

    private static List<Span> units(Random random) {
        List<Span> units = new ArrayList<>();
        for (long index = random.nextInt(5); index < 5 + random.nextInt(10); index++) {
            units.add(new Span(index, index + 1));
        }
        return units;
    }

    @Test
    void moreThanTheWholeCountsAsTheWhole() throws InterruptedException {
        InputBudget.Share all = budget.take(Integer.MAX_VALUE, 2);
        assertEquals(0, budget.freeBytes());
        all.freeOne();
        assertEquals(0, budget.freeBytes(), "held until the last of its units has ended");
        all.freeOne();
        assertEquals(BYTES, budget.freeBytes());
    }
}
