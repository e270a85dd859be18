package io.flockwork.worker.master;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WireException;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.worker.mesh.Mesh.Segment;
import java.security.cert.CertificateException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every vote on a job as its worker signed it, in the batches in which it came: what was counted, what lost, and what came too late.
 * Kept beside the ledger, and never changed. Confined to the master's loop.
 */
final class Evidence {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
    /** A worker may say things of units that nobody has tried any more, but not without end. */
    private static final long VOTES_TO_SPARE = 10_000;

    private final JobId job;
    private final Seals seals;
    private final LongSupplier units;
    private final BlobHasher hasher = new BlobHasher();
    private final EvidenceLog log = new EvidenceLog();
    /** Which batches there are, and by whose hand: a worker signs one batch once. */
    private final Map<Place, String> signatures = new HashMap<>();

    private final Map<NodeId, Long> votesOf = new HashMap<>();
    private final Map<Chain, Reach> chains = new HashMap<>();

    private record Chain(NodeId worker, String name) {}

    /** How many batches of a chain there are, and the highest number of one. */
    private record Reach(long batches, long highest) {
        Reach and(Reach more) {
            return new Reach(batches + more.batches, Math.max(highest, more.highest));
        }
    }

    private record Place(NodeId worker, String chain, long sequence) {}

    /** @param units how many units have been tried */
    Evidence(JobId job, Seals seals, LongSupplier units) {
        this.job = job;
        this.seals = seals;
        this.units = units;
    }

    /** Takes over what earlier masters kept; what cannot be read is left out. */
    void restore(List<Segment> segments) {
        for (Segment segment : EvidenceLog.ofEvidence(segments)) {
            try {
                EvidenceLog.read(segment.bytes(), new Known());
                log.restored(segment.bytes());
            } catch (WireException unreadable) {
                LOG.warn("votes of epoch {} are lost: {}", segment.epoch(), unreadable.getMessage());
            }
        }
    }

    /**
     * Takes a worker's word down. Returns, for each of its units, what it says as a vote.
     *
     * @throws CertificateException with one sentence when nothing of the report may count
     */
    List<Optional<VoteStatement>> admit(Witness witness, Report report) throws CertificateException {
        List<Optional<VoteStatement>> said;
        try {
            said = report.units().stream().map(unit -> unit.vote(hasher)).toList();
            List<VoteStatement> votes = said.stream().flatMap(Optional::stream).toList();
            seals.check(job, witness, report, votes);
            if (report.seal().isPresent()) {
                add(witness, new VoteBatch(witness.worker(), report.seal().get(), votes));
            }
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException(malformed.getMessage(), malformed);
        }
        return said;
    }

    private void add(Witness witness, VoteBatch batch) throws CertificateException {
        String before = signatures.get(place(batch));
        if (before != null) {
            if (!before.equals(batch.seal().signature())) {
                throw new CertificateException("the worker has signed two batches of votes in one place");
            }
            return;
        }
        long votes = votesOf.getOrDefault(batch.worker(), 0L) + batch.votes().size();
        if (votes > 2 * units.getAsLong() + VOTES_TO_SPARE) {
            throw new CertificateException("the worker votes more often than there are units");
        }
        if (!votesOf.containsKey(witness.worker())) {
            log.add(witness);
        }
        log.add(batch);
        remember(batch);
    }

    private void remember(VoteBatch batch) {
        signatures.put(place(batch), batch.seal().signature());
        votesOf.merge(batch.worker(), (long) batch.votes().size(), Long::sum);
        VoteSeal seal = batch.seal();
        chains.merge(new Chain(batch.worker(), seal.chain()), new Reach(1, seal.sequence()), Reach::and);
    }

    private static Place place(VoteBatch batch) {
        VoteSeal seal = batch.seal();
        return new Place(batch.worker(), seal.chain(), seal.sequence());
    }

    /** What is to be kept. */
    EvidenceLog log() {
        return log;
    }

    /** False while a batch is missing before another one: its worker will say it again. */
    boolean isWhole() {
        return chains.values().stream().allMatch(reach -> reach.batches() == reach.highest() + 1);
    }

    /** True when nobody has signed anything. */
    boolean isEmpty() {
        return signatures.isEmpty();
    }

    /** Tells every batch once, and who has signed it before that. */
    void tell(ProofSink sink) {
        Once once = new Once(sink);
        for (byte[] segment : log.all()) {
            EvidenceLog.read(segment, once);
        }
    }

    /** Learns what earlier masters knew. */
    private final class Known extends EvidenceLog.Reader {
        @Override
        public void witness(Witness witness) {
            votesOf.putIfAbsent(witness.worker(), 0L);
        }

        @Override
        public void batch(VoteBatch batch) {
            if (!signatures.containsKey(place(batch))) {
                remember(batch);
            }
        }
    }

    /** Two masters that went on side by side may both have taken a batch down. */
    private static final class Once extends EvidenceLog.Reader {
        private final ProofSink sink;
        private final Map<NodeId, Witness> witnesses = new HashMap<>();
        private final Set<Place> told = new HashSet<>();

        Once(ProofSink sink) {
            this.sink = sink;
        }

        @Override
        public void witness(Witness witness) {
            if (witnesses.put(witness.worker(), witness) == null) {
                sink.witness(witness);
            }
        }

        @Override
        public void batch(VoteBatch batch) {
            if (told.add(place(batch))) {
                sink.batch(batch);
            }
        }
    }
}
