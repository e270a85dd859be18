package io.flockwork.sdk.proof;

import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.VoteSeal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.List;

/** Votes that a worker gave together, under one signature. */
public record VoteBatch(NodeId worker, VoteSeal seal, List<VoteStatement> votes) {
    /** Most votes in a batch. */
    public static final int MOST_VOTES = 1 << 17;

    private static final String TITLE = "flockwork votes 1";

    public VoteBatch {
        votes = List.copyOf(votes);
        if (votes.isEmpty() || votes.size() > MOST_VOTES) {
            throw new IllegalArgumentException("a batch has 1 to " + MOST_VOTES + " votes, not " + votes.size());
        }
    }

    /** The root over the votes. */
    public BlobId root() {
        return root(votes);
    }

    static BlobId root(List<VoteStatement> votes) {
        MerkleRoot tree = new MerkleRoot();
        votes.forEach(vote -> tree.add(vote.bytes()));
        return BlobId.of(tree.root());
    }

    /** True when the holder of {@code key} has signed just these votes, in this place, for this job of this grid. */
    public boolean isSignedBy(PublicKey key, NodeId grid, JobId job) {
        byte[] signed = statement(
                grid, job, worker, seal.team(), seal.chain(), seal.sequence(), seal.previous(), votes.size(), root());
        return NodeKeys.verify(key, signed, seal.signatureBytes());
    }

    static byte[] statement(
            NodeId grid,
            JobId job,
            NodeId worker,
            String team,
            String chain,
            long sequence,
            BlobId previous,
            int size,
            BlobId root) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeUTF(TITLE);
            out.writeUTF(grid.value());
            out.writeUTF(job.value());
            out.writeUTF(worker.value());
            out.writeUTF(team);
            out.writeUTF(chain);
            out.writeLong(sequence);
            out.write(previous.digest());
            out.writeInt(size);
            out.write(root.digest());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
