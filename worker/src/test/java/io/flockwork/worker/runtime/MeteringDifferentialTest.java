package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.wasm.Metering;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random modules do the same before and after they are rewritten, and the same in V8 as in the engine that units run in, down to
 * the last unit of fuel. {@code -Dflockwork.modules=100000 -Dflockwork.seed=7} tries more of them, and others.
 */
class MeteringDifferentialTest {
    private static final int MODULES = Integer.getInteger("flockwork.modules", 150);
    private static final long FIRST_SEED = Long.getLong("flockwork.seed", 1) << 32;
    private static final long PLENTY = 1L << 40;

    private static V8 v8;

    @BeforeAll
    static void start() throws Exception {
        v8 = V8.start();
    }

    @AfterAll
    static void stop() throws Exception {
        v8.close();
    }

    @Test
    void rewrittenModulesDoTheSame() throws Exception {
        int trapped = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
            RandomModule random = new RandomModule(seed, true);
            byte[] original = random.bytes();
            byte[] metered = Metering.rewrite(original);
            String before = v8.conduct(original, PLENTY, random.calls());
            String after = v8.conduct(metered, PLENTY, random.calls());
            String here = Conduct.here(metered, PLENTY, random.calls());
            if (isTooDeep(before) || isTooDeep(after) || isTooDeep(here)) {
                continue;
            }
            assertEquals(before, after.substring(0, after.lastIndexOf(" fuel ")), "seed " + seed);
            assertEquals(after, here, "seed " + seed);
            trapped += before.contains("=trap") ? 1 : 0;
        }
        assertTrue(trapped < MODULES / 2, trapped + " of " + MODULES + " say little");
    }

    @Test
    void nansAndFuelAreTheSameInEveryEngine() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
            RandomModule random = new RandomModule(~seed, false);
            byte[] metered = Metering.rewrite(random.bytes());
            String there = v8.conduct(metered, PLENTY, random.calls());
            String here = Conduct.here(metered, PLENTY, random.calls());
            if (isTooDeep(there) || isTooDeep(here)) {
                continue;
            }
            assertEquals(there, here, "seed " + ~seed);
            long used = PLENTY - Long.parseLong(there.substring(there.lastIndexOf(' ') + 1));
            runsOutAlike(metered, used / 2, random.calls());
        }
    }

    @Test
    void fuelIsWhatAnInterpreterCounts() {
        int compared = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODULES; seed++) {
            RandomModule random = new RandomModule(seed, true);
            byte[] original = random.bytes();
            String here = Conduct.here(Metering.rewrite(original), PLENTY, random.calls());
            String[] words = here.split(" ");
            long work = Conduct.work(original, random.calls(), words[words.length - 3]);
            if (work >= 0) {
                assertEquals(PLENTY - work, Long.parseLong(words[words.length - 1]), "seed " + seed);
                compared++;
            }
        }
        assertTrue(compared > MODULES / 3, "only " + compared + " of " + MODULES + " ran to their end");
    }

    private static boolean isTooDeep(String conduct) {
        return conduct.contains("=" + Conduct.DEEP);
    }

    private static void runsOutAlike(byte[] metered, long fuel, List<Conduct.Call> calls) throws Exception {
        assertEquals(v8.conduct(metered, fuel, calls), Conduct.here(metered, fuel, calls));
    }
}
