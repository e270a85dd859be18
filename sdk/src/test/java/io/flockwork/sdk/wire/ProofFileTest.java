package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.proof.Audit;
import io.flockwork.sdk.proof.AuditReport;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.ProofWorld;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A proof comes back as it was written, in few bytes, and no byte of it can be changed unseen. */
class ProofFileTest {
    @Test
    void aProofComesBackAsItWasWritten() throws IOException {
        ProofWorld world = world();
        byte[] bytes = ProofBytes.of(world);
        AuditReport report = audit(bytes);
        assertTrue(report.sound(), report.faults().toString());
        assertEquals(world.job, report.job());
        assertEquals(9, report.votes());
        assertEquals(1, report.disputed());
        ProofWorld read = new ProofWorld(0);
        ProofFile.read(new ByteArrayInputStream(bytes), into(read));
        assertEquals(world.units, read.units);
        assertEquals(world.witnesses, read.witnesses);
        assertEquals(world.batches, read.batches);
        assertArrayEquals(bytes, ProofBytes.of(read));
    }

    @Test
    void noByteCanBeChangedUnseen() throws IOException {
        ProofWorld world = world();
        byte[] bytes = ProofBytes.of(world);
        AuditReport before = audit(bytes);
        for (int i = 0; i < bytes.length; i += 5) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            AuditReport report;
            try {
                report = audit(changed);
            } catch (WireException refused) {
                continue;
            }
            // What the core itself says of the end, and nobody signs: when it was, and which units it holds for
            // confirmed.
            boolean wordOfTheCore = !report.job().equals(before.job()) || report.unverified() != before.unverified();
            boolean sizeAlone = sizesOf(changed) != sizesOf(bytes);
            assertTrue(!report.sound() || wordOfTheCore || sizeAlone, "byte " + i);
        }
    }

    @Test
    void aProofThatIsCutIsNone() throws IOException {
        byte[] bytes = ProofBytes.of(world());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(WireException.class, () -> audit(cut), length + " bytes");
        }
        assertThrows(WireException.class, () -> audit(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void aVoteOnWhatWonTakesFewBytes() throws IOException {
        ProofWorld one = new ProofWorld(1000);
        one.votes("ann", IntStream.range(0, 1000).toArray());
        int before = ProofBytes.of(one).length;
        one.votes("ann", IntStream.range(0, 1000).toArray());
        int perVote = (ProofBytes.of(one).length - before) / 1000;
        assertFalse(perVote > 8, perVote + " bytes a vote");
    }

    private static ProofWorld world() {
        ProofWorld world = new ProofWorld(4);
        world.votes("ann", 0, 1, 2, 3);
        world.votes("bob", 3, 1, 0);
        world.lies("cyd", 2, "nonsense");
        world.votes("bob", 2);
        return world;
    }

    private static long sizesOf(byte[] proof) throws IOException {
        ProofWorld read = new ProofWorld(0);
        ProofFile.read(new ByteArrayInputStream(proof), into(read));
        return read.units.stream()
                .mapToLong(unit -> unit.result().map(FinalUnit.Result::size).orElse(0L))
                .sum();
    }

    private static AuditReport audit(byte[] proof) throws IOException {
        Audit audit = new Audit(ProofWorld.AUTHORITY.grid(), code -> Optional.empty());
        ProofFile.read(new ByteArrayInputStream(proof), audit);
        return audit.report();
    }

    private static ProofSink into(ProofWorld world) {
        return new ProofSink() {
            @Override
            public void job(MemberCheck authority, JobRecord job) {
                assertEquals(ProofWorld.AUTHORITY.grid(), authority.grid());
                world.job = job;
            }

            @Override
            public void unit(FinalUnit unit) {
                world.units.add(unit);
            }

            @Override
            public void witness(Witness witness) {
                world.witnesses.add(witness);
            }

            @Override
            public void batch(VoteBatch batch) {
                world.batches.add(batch);
            }
        };
    }
}
