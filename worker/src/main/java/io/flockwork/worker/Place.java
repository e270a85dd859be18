package io.flockwork.worker;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.CoreBook;
import io.flockwork.worker.lease.Homes;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.swarm.Holders;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A worker's place in its grid: in the mesh, or at its edge. */
interface Place extends AutoCloseable {
    /** This worker, as others are to know it. */
    WorkerInfo self();

    /** Whom to ask for blobs. */
    Holders holders();

    /** Does for others what this place asks for. Called once. */
    default void serve(Codec codec, Runner runner, Swarm swarm, Storage storage) throws IOException {
        // Nobody can reach an edge worker.
    }

    /** Why this place does not do what it is there for, in one sentence; empty when it does. Does not block. */
    Optional<String> complaint(AgentStatus status);

    /** Which blobs this worker is to keep. */
    Storage.Needs needs(Swarm swarm);

    /** What is to be done now and then, once this place serves. */
    default List<Runnable> chores() {
        return List.of();
    }

    /** Which core tells what there is to do. */
    Homes homes();

    /** Where that is written down. */
    CoreBook book();

    /** What the job's submitter calls it, where this place knows that. */
    Optional<String> nameOf(JobId job);

    @Override
    default void close() {
        // An edge worker leaves nothing behind.
    }
}
