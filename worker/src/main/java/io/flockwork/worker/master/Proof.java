package io.flockwork.worker.master;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.ProofFile;
import io.flockwork.worker.swarm.Swarm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;

/** Writes down, at a job's end, which signed votes its results rest on. Blocks. */
final class Proof {
    private final JobRecord job;
    private final MemberCheck members;
    private final Swarm swarm;

    Proof(JobRecord job, MemberCheck members, Swarm swarm) {
        this.job = job;
        this.members = members;
        this.swarm = swarm;
    }

    /**
     * The end with its proof; as it is when nobody has signed anything.
     *
     * @param units those that have settled, in unit order
     * @throws IOException when the proof cannot be stored; trying again may help
     */
    JobEnding.Ended of(JobEnding.Ended end, List<UnitRecord> units, Evidence evidence) throws IOException {
        if (evidence.isEmpty()) {
            return end;
        }
        Path file = swarm.temporaryFile();
        try {
            write(file, end, units, evidence);
            try (InputStream in = Files.newInputStream(file)) {
                NamedBlob proof = swarm.publish("proof", in);
                return new JobEnding.Ended(end.state(), end.outcome().with(proof));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(Path file, JobEnding.Ended end, List<UnitRecord> units, Evidence evidence) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                ProofFile.Writer writer = new ProofFile.Writer(out, authority(), ended(end))) {
            for (UnitRecord unit : units) {
                writer.unit(told(unit));
            }
            evidence.tell(new Votes(writer));
        } catch (UncheckedIOException diskTrouble) {
            throw diskTrouble.getCause();
        }
    }

    private byte[] authority() {
        try {
            return members.authority().getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JobRecord ended(JobEnding.Ended end) {
        return new JobRecord(
                job.id(),
                job.spec(),
                job.seal(),
                end.state(),
                job.epoch(),
                job.master(),
                job.submittedMillis(),
                Optional.of(end.outcome()));
    }

    private static FinalUnit told(UnitRecord unit) {
        Optional<FinalUnit.Result> result = unit.state() == UnitRecord.State.ACCEPTED
                ? Optional.of(new FinalUnit.Result(unit.digest(), unit.result().size()))
                : Optional.empty();
        return new FinalUnit(unit.span, result, unit.verified());
    }

    /** From the evidence into the file. */
    private static final class Votes extends EvidenceLog.Reader {
        private final ProofFile.Writer writer;

        Votes(ProofFile.Writer writer) {
            this.writer = writer;
        }

        @Override
        public void witness(Witness witness) {
            try {
                writer.witness(witness);
            } catch (IOException diskTrouble) {
                throw new UncheckedIOException(diskTrouble);
            }
        }

        @Override
        public void batch(VoteBatch batch) {
            try {
                writer.batch(batch);
            } catch (IOException diskTrouble) {
                throw new UncheckedIOException(diskTrouble);
            }
        }
    }
}
