package io.flockwork.worker;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does now and then, on a thread of its own, what is in no hurry. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long EVERY_SECONDS = 60;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "housekeeping");
        made.setDaemon(true);
        return made;
    });

    private Housekeeping() {}

    /** @param chores each done once a minute; may block */
    static Housekeeping of(List<Runnable> chores) {
        Housekeeping keeping = new Housekeeping();
        chores.forEach(chore -> keeping.thread.scheduleWithFixedDelay(
                () -> attempt(chore), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS));
        return keeping;
    }

    private static void attempt(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException fault) {
            LOG.warn("a chore failed", fault);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
