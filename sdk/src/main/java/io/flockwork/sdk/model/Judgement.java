package io.flockwork.sdk.model;

import java.util.List;

/** A step in a worker's {@link Conduct}. */
public sealed interface Judgement {
    /**
     * What a job's master has seen of a worker since it last said so.
     *
     * @param late the grid had a crowd already when the worker came
     * @param passed answers that were confirmed
     * @param exams those of them that were exams
     * @param strikes answers that were proven wrong, the oldest first
     */
    record Seen(boolean late, int passed, int exams, List<Strike> strikes) implements Judgement {
        public Seen {
            strikes = List.copyOf(strikes);
            if (passed < 0 || exams < 0 || exams > passed) {
                throw new IllegalArgumentException("not a count of confirmed answers");
            }
        }
    }

    /** What a core has kept from before. */
    record Remembered(Conduct conduct) implements Judgement {}

    /** An operator wipes the slate clean. */
    record Pardon() implements Judgement {}
}
