package io.flockwork.sdk.model;

import java.util.List;

/** A step in a worker's {@link Conduct}. */
public sealed interface Judgement {
    /**
     * What a job's master has seen of a worker since it last said so.
     *
     * @param now its reputation, as the master has it
     * @param confirmed answers of it that others gave alike
     * @param strikes answers that were proven wrong, the oldest first
     */
    record Seen(Reputation now, int confirmed, List<Strike> strikes) implements Judgement {
        public Seen {
            strikes = List.copyOf(strikes);
            if (confirmed < 0) {
                throw new IllegalArgumentException("not a count of confirmed answers");
            }
        }
    }

    /** What a core has kept from before. */
    record Remembered(Conduct conduct) implements Judgement {}

    /** An operator wipes the slate clean. */
    record Pardon() implements Judgement {}
}
