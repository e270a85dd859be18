package io.flockwork.worker.master;

import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WorkerMessage;

/** A worker's open socket, as a master sees it. Any thread may send; order is kept. */
public interface WorkerChannel {
    /** Who is at the other end. */
    WorkerInfo worker();

    /** Queues a message; never blocks. Lost when the socket has closed. */
    void send(WorkerMessage message);

    /** By what anybody can check that worker's signatures. */
    Witness witness();

    /** Closes the socket after what was sent; the worker is told why, in one sentence. */
    void refuse(String why);
}
