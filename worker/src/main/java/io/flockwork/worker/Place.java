package io.flockwork.worker;

import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.worker.lease.CoreBook;
import io.flockwork.worker.lease.Homes;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.swarm.Holders;
import io.flockwork.worker.swarm.Swarm;

/** A worker's place in its grid: in the mesh, or at its edge. */
interface Place extends AutoCloseable {
    /** This worker, as others are to know it. */
    WorkerInfo self();

    /** Whom to ask for blobs. */
    Holders holders();

    /** Does for others what this place asks for. Called once. */
    default void serve(Codec codec, Runner runner, Swarm swarm) {
        // Nobody can reach an edge worker.
    }

    /** Which core tells what there is to do. */
    Homes homes();

    /** Where that is written down. */
    CoreBook book();

    @Override
    default void close() {
        // An edge worker leaves nothing behind.
    }
}
