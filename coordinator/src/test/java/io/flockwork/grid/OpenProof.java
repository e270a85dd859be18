package io.flockwork.grid;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.ProofFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;

/** A proof taken apart, as a core has it in its hands and could put it together in another way. */
final class OpenProof implements ProofSink {
    MemberCheck authority;
    JobRecord job;
    final List<FinalUnit> units = new ArrayList<>();
    final List<Witness> witnesses = new ArrayList<>();
    final List<VoteBatch> batches = new ArrayList<>();

    static OpenProof read(Path file) throws IOException {
        OpenProof proof = new OpenProof();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ProofFile.read(in, proof);
        }
        return proof;
    }

    void write(Path file) throws IOException, CertificateEncodingException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ProofFile.Writer writer =
                        new ProofFile.Writer(out, authority.authority().getEncoded(), job)) {
            for (FinalUnit unit : units) {
                writer.unit(unit);
            }
            for (Witness witness : witnesses) {
                writer.witness(witness);
            }
            for (VoteBatch batch : batches) {
                writer.batch(batch);
            }
        }
    }

    @Override
    public void job(MemberCheck itsAuthority, JobRecord itsJob) {
        authority = itsAuthority;
        job = itsJob;
    }

    @Override
    public void unit(FinalUnit unit) {
        units.add(unit);
    }

    @Override
    public void witness(Witness witness) {
        witnesses.add(witness);
    }

    @Override
    public void batch(VoteBatch batch) {
        batches.add(batch);
    }
}
