package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.serve.Allowance;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Who may do what at a core's gateway. An edge worker reads what its grid's running jobs need and writes results; a submitter deals
 * with its own jobs; operators and cores are trusted with all.
 */
final class Rights {
    private static final int MOST_KNOWN = 20_000;
    /** One node may write this part of a core's storage in a day. */
    private static final int SHARE = 4;

    private final JobBoard board;
    private final LongSupplier nanos;
    private final Allowance<NodeId> calls = new Allowance<>(500, 2_000, MOST_KNOWN);
    /** Generous: a message carries hundreds of units, and masters of many jobs may be here. */
    private final Allowance<NodeId> messages = new Allowance<>(5_000, 50_000, MOST_KNOWN);
    /** Of bytes. */
    private final Allowance<NodeId> writing;

    /** @param storage bytes that this core keeps at most */
    Rights(JobBoard board, long storage, LongSupplier nanos) {
        this.board = board;
        this.nanos = nanos;
        double share = (double) storage / SHARE;
        this.writing = new Allowance<>(share / Duration.ofDays(1).toSeconds(), share, MOST_KNOWN);
    }

    /** True when this submitter may call once more now. */
    boolean mayCall(Peer peer) {
        return calls.take(peer.id(), nanos.getAsLong());
    }

    /** True when this worker may send one more message now. */
    boolean maySpeak(Peer peer) {
        return messages.take(peer.id(), nanos.getAsLong());
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

    /** True when this member may let a banned worker start anew. */
    boolean mayPardon(Peer peer) {
        return peer.role() == Role.OPERATE;
    }

    /** True when this member may leave so many bytes more now. Who is trusted with the grid may as long as there is room. */
    boolean mayWrite(Peer peer, int bytes) {
        return peer.role() == Role.CORE
                || peer.role() == Role.OPERATE
                || writing.take(peer.id(), bytes, nanos.getAsLong());
    }

    /** True when a member may leave a file of so many bytes here now, in its own name or by a token. */
    boolean mayLeave(Peer peer, int bytes) {
        return mayWrite(peer) && mayWrite(peer, bytes);
    }

    /** True when this member may have this core keep a copy of another core's blob. */
    boolean mayReplicate(Peer peer) {
        return peer.role() == Role.CORE;
    }
}
