package io.flockwork.sdk.proof;

import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks a proof, trusting the grid's authority and no core: the job is what its submitter signed, every vote is signed by a member
 * and none of a batch is left out, no batch is missing before another one, every result has votes, and no other answer has more.
 * What a core can hide is the end of a worker's chain only.
 */
public final class Audit implements ProofSink {
    private final NodeId grid;
    private final Function<Code, Optional<Recipe>> splits;
    private final Findings findings = new Findings();
    private final Map<NodeId, Voter> voters = new LinkedHashMap<>();
    private final Map<Long, UnitVotes> units = new LinkedHashMap<>();
    private final Chains chains = new Chains();
    private MemberCheck members;
    private JobRecord job;
    private long reached;
    private long votes;
    private long strays;
    private boolean oneOperator;
    private boolean splitKnown = true;

    /** Somebody whose votes count. */
    private record Voter(Peer peer, PublicKey key) {}

    /**
     * @param grid the id of the grid whose authority's word is taken: the hash of the authority's key
     * @param splits how a job type splits by its parameters, where that is known here
     */
    public Audit(NodeId grid, Function<Code, Optional<Recipe>> splits) {
        this.splits = splits;
        this.grid = grid;
    }

    @Override
    public void job(MemberCheck authority, JobRecord itsJob) {
        job = itsJob;
        members = authority.asOf(ended());
        reached = first();
        if (!members.grid().equals(grid)) {
            findings.add("the proof is of another grid: " + members.grid());
        }
        checkSeal();
    }

    private void checkSeal() {
        if (isSigned(job.spec()).isEmpty()) {
            return;
        }
        // A submitter who leaves the split to the job type has signed that, and a core has filled in how.
        Optional<String> unsigned = isSigned(job.spec().with(new Recipe.Own()));
        Optional<Recipe> split = splits.apply(job.spec().code());
        splitKnown = split.isPresent();
        unsigned.ifPresent(findings::add);
        if (unsigned.isEmpty() && splitKnown && !split.get().equals(job.spec().recipe())) {
            findings.add("the job is not split as its job type splits it");
        }
    }

    /** Why not, if it is not. */
    private Optional<String> isSigned(JobSpec spec) {
        try {
            JobSigning.check(members, job.seal(), job.id(), spec);
            return Optional.empty();
        } catch (CertificateException unsigned) {
            return Optional.of(unsigned.getMessage());
        }
    }

    private Instant ended() {
        return job.outcome()
                .map(Outcome::endedMillis)
                .map(Instant::ofEpochMilli)
                .orElseGet(Instant::now);
    }

    private long first() {
        return job.spec().recipe() instanceof Recipe.Range range ? range.from() : 0;
    }

    @Override
    public void unit(FinalUnit unit) {
        if (unit.unit().from() < reached || unit.unit().from() > reached && job.state() == JobState.DONE) {
            findings.add("units " + reached + " to " + unit.unit().from() + " of the job are missing or told twice");
        }
        if (job.state() == JobState.DONE && unit.result().isEmpty()) {
            findings.add("the job is done, but its unit " + unit.unit() + " has no result");
        }
        reached = unit.unit().to();
        units.put(unit.unit().from(), new UnitVotes(unit));
    }

    @Override
    public void witness(Witness witness) {
        try {
            voters.put(witness.worker(), new Voter(witness.check(members), witness.publicKey()));
        } catch (CertificateException stranger) {
            findings.add("worker " + witness.worker().brief() + ": " + stranger.getMessage());
        }
    }

    @Override
    public void batch(VoteBatch batch) {
        Voter voter = voters.get(batch.worker());
        String name = "batch " + batch.seal().sequence() + " of worker "
                + batch.worker().brief();
        if (voter == null) {
            findings.add(name + " is of nobody whom the grid's authority knows");
        } else if (!batch.isSignedBy(voter.key(), members.grid(), job.id())) {
            findings.add(name + " is not what the worker has signed");
        } else if (!chains.add(batch.worker(), batch.seal(), batch.root())) {
            findings.add(name + " is there twice");
        } else {
            batch.votes().forEach(vote -> count(batch.worker(), vote));
        }
    }

    private void count(NodeId worker, VoteStatement vote) {
        UnitVotes unit = units.get(vote.unit().from());
        votes++;
        if (unit == null || !unit.unit.unit().equals(vote.unit())) {
            strays++;
        } else {
            unit.add(worker, vote.digest());
        }
    }

    /** What was found. After all parts. */
    public AuditReport report() {
        requireWhole();
        List<String> operators = operators();
        oneOperator = operators.size() < 2;
        List<String> holes = chains.holes();
        holes.forEach(findings::add);
        List<UnitVotes> disputed =
                units.values().stream().filter(UnitVotes::disputed).toList();
        units.values().stream()
                .filter(unit -> unit.accepted() && unit.agreeing().isEmpty())
                .forEach(unit -> findings.add("nobody has signed the result of unit " + unit.unit.unit()));
        decidedAgainstVotes(disputed).stream()
                .filter(unit -> !unit.agreeing().isEmpty())
                .forEach(unit -> findings.add("unit " + unit.unit.unit() + " was decided against the votes on it"));
        return new AuditReport(
                job,
                splitKnown,
                units.size(),
                units.values().stream().filter(unit -> !unit.accepted()).count(),
                votes,
                strays,
                voters.size(),
                operators,
                units.values().stream()
                        .filter(unit -> unit.support(this::voter) == 1)
                        .count(),
                units.values().stream().filter(unit -> !unit.unit.verified()).count(),
                disputed.stream()
                        .limit(AuditReport.MOST_LISTED)
                        .map(this::dispute)
                        .toList(),
                disputed.size(),
                holes.size(),
                findings.first(),
                findings.count());
    }

    private void requireWhole() {
        if (job.state() == JobState.DONE
                && job.spec().recipe() instanceof Recipe.Range range
                && reached != range.to()) {
            findings.add("units " + reached + " to " + range.to() + " of the job are missing");
        }
        if (job.spec().recipe() instanceof Recipe.Each each
                && job.state() == JobState.DONE
                && reached != each.files().size()) {
            findings.add("the job has " + each.files().size() + " files, and " + reached + " of them are told of");
        }
    }

    /**
     * Those whose result has not most votes. Who lost a dispute to a majority counts no more in others: such are the votes that a core
     * takes back.
     */
    private List<UnitVotes> decidedAgainstVotes(List<UnitVotes> disputed) {
        Set<NodeId> liars = new HashSet<>();
        List<UnitVotes> undecided = new ArrayList<>(disputed);
        while (undecided.removeIf(unit -> settles(unit, liars))) {
            // Each that is settled may discredit voters of the others.
        }
        return undecided;
    }

    private boolean settles(UnitVotes unit, Set<NodeId> liars) {
        boolean decided = unit.agreeing().stream().anyMatch(this::isReferee)
                || unit.prevails(Set.of(), this::voter)
                || unit.prevails(liars, this::voter);
        if (decided) {
            liars.addAll(unit.losers());
        }
        return decided;
    }

    /** True when the operator has certified that this worker's answer decides. */
    private boolean isReferee(NodeId worker) {
        Voter voter = voters.get(worker);
        return voter != null && voter.peer().referee();
    }

    private AuditReport.Dispute dispute(UnitVotes unit) {
        return new AuditReport.Dispute(unit.unit.unit(), unit.support(this::voter), unit.losers());
    }

    private List<String> operators() {
        return voters.values().stream()
                .map(voter -> voter.peer().operator())
                .distinct()
                .sorted()
                .toList();
    }

    /** Votes count by operator; where there is one only, by worker. */
    private String voter(NodeId worker) {
        return oneOperator ? worker.value() : voters.get(worker).peer().operator();
    }
}
