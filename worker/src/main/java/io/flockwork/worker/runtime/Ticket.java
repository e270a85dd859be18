package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.function.Consumer;

/** Something that the runner is to answer, under a number of its own that is never 0. */
sealed interface Ticket {
    int id();

    /** A unit of a job. */
    record Unit(int id, DeskJob job, UnitTask task, OutcomeListener listener) implements Ticket {}

    /** A module to inspect, and what it has to become. */
    record Inspection(int id, byte[] module, BlobId metered, Consumer<UnitOutcome> listener) implements Ticket {}

    /** A ticket and what came of it. */
    record Answered(Ticket ticket, UnitOutcome outcome) {}

    /** A ticket that came to nothing for that cause. */
    default Answered failed(String cause) {
        return new Answered(this, new UnitOutcome.Failed(cause, new byte[0], 0));
    }
}
