package io.flockwork.sdk.proof;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A job that ended, with the votes on it: real signatures of workers of one grid. What a core could make of it is the test's to try. */
public final class ProofWorld {
    public static final MemberCheck AUTHORITY = new MemberCheck(TestMembers.AUTHORITY.certificate());

    public final List<FinalUnit> units = new ArrayList<>();
    public final List<Witness> witnesses = new ArrayList<>();
    public final List<VoteBatch> batches = new ArrayList<>();
    private final Credentials submitter = member(Role.SUBMIT, "sue");
    private final Random random = new SecureRandom();
    private final Map<String, Credentials> workers = new LinkedHashMap<>();
    private final Map<String, VoteChain> chains = new LinkedHashMap<>();
    public JobRecord job;

    /** A job of {@code count} units, of which number {@code n} has the result {@code "result n"}. */
    public ProofWorld(int count) {
        JobSpec spec = new JobSpec(
                "a job",
                new Code.Java("echo", Map.of()),
                new Recipe.Range(0, count, 1),
                "concat",
                new Assurance.Quorum(2),
                Limits.DEFAULT,
                10);
        JobId id = JobId.random(random);
        Outcome outcome =
                new Outcome("", Optional.empty(), Optional.empty(), 0, Guarantee.QUORUM, System.currentTimeMillis());
        job = new JobRecord(
                id,
                spec,
                JobSigning.seal(submitter, id, spec),
                JobState.DONE,
                1,
                Optional.empty(),
                0,
                Optional.of(outcome));
        for (int i = 0; i < count; i++) {
            units.add(
                    new FinalUnit(unit(i), Optional.of(new FinalUnit.Result(digest(text(i)), text(i).length())), true));
        }
    }

    /** The submitter has left the split to the job type. */
    void signedBeforeTheSplit() {
        job = new JobRecord(
                job.id(),
                job.spec(),
                JobSigning.seal(submitter, job.id(), job.spec().with(new Recipe.Own())),
                job.state(),
                1,
                Optional.empty(),
                0,
                job.outcome());
    }

    private static Credentials member(Role role, String operator) {
        return TestMembers.AUTHORITY.enrol(NodeKeys.generate(), role, operator, Instant.now());
    }

    private static Credentials referee() {
        NodeKeys keys = NodeKeys.generate();
        Peer peer = new Peer(keys.id(), Role.CORE, "operator", true);
        return new Credentials(
                keys,
                TestMembers.AUTHORITY.issue(peer, keys.tls().getPublic(), Optional.empty(), Instant.now()),
                TestMembers.AUTHORITY.certificate());
    }

    public NodeId worker(String operator) {
        return credentials(operator).keys().id();
    }

    public Credentials credentials(String operator) {
        return workers.computeIfAbsent(operator, name -> {
            Credentials worker = name.equals("referee") ? referee() : member(Role.EDGE, name);
            witnesses.add(witness(worker));
            return worker;
        });
    }

    static Witness witness(Credentials worker) {
        byte[] key = worker.keys().signing().getPublic().getEncoded();
        try {
            return Witness.of(
                    worker.keys().id(),
                    worker.certificate(),
                    Base64.getEncoder().encodeToString(key));
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The operator's worker signs a batch of results as they should be. */
    public void votes(String operator, int... numbers) {
        List<VoteStatement> votes = new ArrayList<>();
        for (int number : numbers) {
            votes.add(vote(number, text(number)));
        }
        sign(operator, votes);
    }

    /** It signs one vote for another result. */
    public void lies(String operator, int number, String result) {
        sign(operator, List.of(vote(number, result)));
    }

    public void sign(String operator, List<VoteStatement> votes) {
        Credentials worker = credentials(operator);
        VoteChain chain = chains.computeIfAbsent(
                operator, name -> new VoteChain(worker, job.id(), "team of " + operator, random));
        batches.add(new VoteBatch(worker.keys().id(), chain.seal(votes), votes));
    }

    public static VoteStatement vote(int number, String result) {
        return new VoteStatement(unit(number), digest(result), 100, 10);
    }

    public static String text(int number) {
        return "result " + number;
    }

    public static BlobId digest(String text) {
        return new BlobHasher().idOf(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Span unit(int number) {
        return new Span(number, number + 1);
    }

    /** Tells all of it. */
    public void tell(ProofSink sink) {
        sink.job(AUTHORITY, job);
        units.forEach(sink::unit);
        witnesses.forEach(sink::witness);
        batches.forEach(sink::batch);
    }
}
