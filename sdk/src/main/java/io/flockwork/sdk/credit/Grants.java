package io.flockwork.sdk.credit;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.proof.Witness;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the workers of a job are thanked for, as its proof says; so anybody who has the proof comes to the same. Thanked is who gave the
 * result of a unit that was confirmed, all for the same work: the least that one of them claims. Who was outvoted is not, nor
 * who worked on a unit that failed or that nobody confirmed.
 */
public final class Grants implements ProofSink {
    private final Map<Span, Claim> claims = new HashMap<>();
    private final Map<NodeId, String> operators = new HashMap<>();
    private MemberCheck members;
    private JobRecord job;

    private record Thanked(NodeId worker, String team) {}

    /** The result of a unit, and what those who gave it say that it took. */
    private static final class Claim {
        private final BlobId digest;
        private final List<Thanked> voters = new ArrayList<>(2);
        private long fuel = Long.MAX_VALUE;
        private long micros = Long.MAX_VALUE;

        Claim(BlobId digest) {
            this.digest = digest;
        }

        /** Once for each worker, whatever it says again. */
        void add(Thanked voter, VoteStatement vote) {
            boolean isKnown = false;
            for (Thanked known : voters) {
                isKnown |= known.worker().equals(voter.worker());
            }
            if (!isKnown) {
                voters.add(voter);
            }
            fuel = Math.min(fuel, vote.fuel());
            micros = Math.min(micros, vote.micros());
        }
    }

    private static final class Sum {
        private long units;
        private long fuel;
        private long micros;

        void add(Claim claim) {
            units++;
            fuel += claim.fuel;
            micros += claim.fuel > 0 ? 0 : claim.micros;
        }
    }

    @Override
    public void job(MemberCheck authority, JobRecord itsJob) {
        job = itsJob;
        members = authority.asOf(Instant.ofEpochMilli(ended()));
    }

    private long ended() {
        return job.outcome().map(Outcome::endedMillis).orElse(0L);
    }

    @Override
    public void unit(FinalUnit unit) {
        if (unit.verified()) {
            unit.result().ifPresent(result -> claims.put(unit.unit(), new Claim(result.digest())));
        }
    }

    /** Who is no member is not thanked. */
    @Override
    public void witness(Witness witness) {
        try {
            Peer peer = witness.check(members);
            operators.put(witness.worker(), peer.operator());
        } catch (CertificateException stranger) {
            operators.remove(witness.worker());
        }
    }

    @Override
    public void batch(VoteBatch batch) {
        if (operators.containsKey(batch.worker())) {
            Thanked voter = new Thanked(batch.worker(), batch.seal().team());
            batch.votes().forEach(vote -> count(voter, vote));
        }
    }

    private void count(Thanked voter, VoteStatement vote) {
        Claim claim = claims.get(vote.unit());
        if (claim != null && claim.digest.equals(vote.digest())) {
            claim.add(voter, vote);
        }
    }

    /** One entry for each worker that is thanked, or several where it changed its team, in the order of their ids. After the whole proof. */
    public List<CreditEntry> entries() {
        Map<Thanked, Sum> sums = new HashMap<>();
        for (Claim claim : claims.values()) {
            for (Thanked voter : claim.voters) {
                sums.computeIfAbsent(voter, one -> new Sum()).add(claim);
            }
        }
        return sums.entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(CreditEntry::worker).thenComparing(CreditEntry::team))
                .toList();
    }

    private CreditEntry entry(Thanked who, Sum sum) {
        return new CreditEntry(
                job.id(),
                who.worker(),
                operators.get(who.worker()),
                who.team(),
                sum.units,
                sum.fuel,
                sum.micros,
                ended());
    }
}
