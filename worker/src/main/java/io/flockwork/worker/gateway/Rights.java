package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;

/**
 * Who may do what at a core's gateway. An edge worker reads what its grid's running jobs need and writes results; a submitter deals
 * with its own jobs; operators and cores are trusted with all.
 */
final class Rights {
    private final JobBoard board;

    Rights(JobBoard board) {
        this.board = board;
    }

    /** True when this member may know of the job, and end it. */
    boolean maySee(Peer peer, Status job) {
        return peer.role() == Role.OPERATE || job.record().seal().owner().equals(peer.id());
    }

    /**
     * True when this member may have the blob's bytes. A submitter may have any whose id it knows: ids are hashes, and it is told
     * only those of its own jobs.
     */
    boolean mayRead(Peer peer, BlobId blob) {
        return peer.role() != Role.EDGE || board.isNeeded(blob);
    }

    /** True when this member may leave bytes here. */
    boolean mayWrite(Peer peer) {
        return peer.role().works() || peer.role().submits();
    }

    /** True when this member may have this core keep a copy of another core's blob. */
    boolean mayReplicate(Peer peer) {
        return peer.role() == Role.CORE;
    }
}
