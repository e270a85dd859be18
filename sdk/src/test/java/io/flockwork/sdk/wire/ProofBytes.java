package io.flockwork.sdk.wire;

import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofWorld;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;

/** Proofs as files, for tests. */
public final class ProofBytes {
    private ProofBytes() {}

    public static byte[] of(ProofWorld world) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ProofFile.Writer writer =
                new ProofFile.Writer(bytes, ProofWorld.AUTHORITY.authority().getEncoded(), world.job)) {
            for (FinalUnit unit : world.units) {
                writer.unit(unit);
            }
            for (Witness witness : world.witnesses) {
                writer.witness(witness);
            }
            for (VoteBatch batch : world.batches) {
                writer.batch(batch);
            }
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }
}
