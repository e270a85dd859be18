package io.flockwork.sdk.proof;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.VoteSeal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Signs a worker's votes for one job, batch after batch. Each seal names the batch before it, so that nobody can leave one out of the
 * middle. Not safe for several threads at once.
 */
public final class VoteChain {
    private final Credentials self;
    private final JobId job;
    private final String team;
    private final String name;
    private long sequence;
    private BlobId previous = VoteSeal.NONE;

    /** Begins the chain of a worker of no team. */
    public VoteChain(Credentials self, JobId job, RandomGenerator random) {
        this(self, job, "", random);
    }

    /**
     * Begins a chain; its name is as unique as {@code random} is.
     *
     * @param team whom the worker's credit is to be added to, or empty
     */
    public VoteChain(Credentials self, JobId job, String team, RandomGenerator random) {
        this.team = team;
        this.self = self;
        this.job = job;
        byte[] bytes = new byte[VoteSeal.CHAIN_DIGITS / 2];
        random.nextBytes(bytes);
        this.name = HexFormat.of().formatHex(bytes);
    }

    /** The seal of the next batch: these votes, in this order. */
    public VoteSeal seal(List<VoteStatement> votes) {
        BlobId root = VoteBatch.root(votes);
        byte[] statement = VoteBatch.statement(
                self.grid(), job, self.keys().id(), team, name, sequence, previous, votes.size(), root);
        VoteSeal seal = new VoteSeal(
                name,
                sequence,
                previous,
                team,
                Base64.getEncoder().encodeToString(self.keys().sign(statement)));
        sequence++;
        previous = root;
        return seal;
    }
}
