package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Follows a job's final results by the number of the last, and knows nothing else. */
final class FinalReader {
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final int LOOKS_AWAY = 20;

    private final MasterWorld world;
    private final JobId job;
    private final Random random;
    private final BitSet heard = new BitSet();
    private boolean twice;
    private long after;
    private int question;
    private int away;
    private boolean waits;

    FinalReader(MasterWorld world, JobId job, Random random) {
        this.world = world;
        this.job = job;
        this.random = random;
        look();
    }

    private void look() {
        if (!waits || ++away > LOOKS_AWAY) {
            ask();
        }
        world.time.after(LOOK, this::look);
    }

    private void ask() {
        List<MasterWorld.Core> leaders =
                world.cores.stream().filter(core -> core.leads(job)).toList();
        if (leaders.isEmpty()) {
            return;
        }
        int asked = ++question;
        waits = true;
        away = 0;
        MasterWorld.Core core = leaders.get(random.nextInt(leaders.size()));
        core.masters
                .finals(job, after, 1 + random.nextInt(20), Duration.ofSeconds(2))
                .thenAccept(page -> answered(asked, page));
    }

    private void answered(int asked, Optional<List<Entry>> page) {
        if (asked == question) {
            waits = false;
            page.ifPresent(entries -> entries.forEach(this::hear));
        }
    }

    private void hear(Entry entry) {
        assertTrue(entry.sequence() > after, "in order");
        after = entry.sequence();
        int from = (int) entry.unit().from();
        int to = (int) entry.unit().to();
        twice |= heard.get(from, to).cardinality() > 0;
        heard.set(from, to);
    }

    /** The job has ended with this list of results. */
    void end(List<Entry> list, long indices, boolean mayHearTwice) {
        question++;
        list.stream()
                .filter(entry -> entry.sequence() > after)
                .sorted(Comparator.comparingLong(Entry::sequence))
                .forEach(this::hear);
        assertEquals(indices, heard.cardinality(), "nothing is missing");
        if (!mayHearTwice) {
            assertFalse(twice, "nothing is told twice");
        }
        assertEquals(list.size(), list.stream().map(Entry::sequence).distinct().count());
    }
}
