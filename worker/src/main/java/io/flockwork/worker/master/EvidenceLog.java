package io.flockwork.worker.master;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.VoteFrames;
import io.flockwork.sdk.wire.WireException;
import io.flockwork.worker.mesh.Mesh.Segment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signed votes in segments that are appended to: only the last one changes. In the mesh their numbers are below zero, those of
 * progress segments are not. Confined to the master's loop.
 */
final class EvidenceLog {
    /** A segment that has reached so many bytes is followed by another one. */
    private static final int SEGMENT_BYTES = 64 << 10;

    private final List<byte[]> restored = new ArrayList<>();
    private final List<ByteArrayOutputStream> segments = new ArrayList<>();
    private final BitSet dirty = new BitSet();

    /** Hears votes only. */
    abstract static class Reader implements ProofSink {
        @Override
        public final void job(MemberCheck authority, JobRecord job) {
            throw new WireException("a job among votes");
        }

        @Override
        public final void unit(FinalUnit unit) {
            throw new WireException("a unit among votes");
        }
    }

    /** A segment of an earlier master, which stays as it is. */
    void restored(byte[] segment) {
        restored.add(segment);
    }

    void add(Witness witness) {
        append(VoteFrames.of(witness));
    }

    void add(VoteBatch batch) {
        append(VoteFrames.of(batch, unit -> null));
    }

    private void append(byte[] frame) {
        if (segments.isEmpty() || segments.get(segments.size() - 1).size() >= SEGMENT_BYTES) {
            segments.add(new ByteArrayOutputStream(SEGMENT_BYTES / 8));
        }
        ByteArrayOutputStream last = segments.get(segments.size() - 1);
        last.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(frame.length).array());
        last.writeBytes(frame);
        dirty.set(segments.size() - 1);
    }

    boolean hasChanges() {
        return !dirty.isEmpty();
    }

    /** The changed segments, which count as unchanged from now on. */
    Map<Integer, byte[]> takeChanges() {
        Map<Integer, byte[]> changes = new LinkedHashMap<>();
        dirty.stream()
                .forEach(place -> changes.put(-1 - place, segments.get(place).toByteArray()));
        dirty.clear();
        return changes;
    }

    /** Those of these segments that are of this log could not be kept. */
    void changedAgain(Collection<Integer> numbers) {
        numbers.stream().filter(EvidenceLog::isEvidence).forEach(number -> dirty.set(-1 - number));
    }

    /** All segments, the oldest first. */
    List<byte[]> all() {
        List<byte[]> all = new ArrayList<>(restored);
        segments.forEach(segment -> all.add(segment.toByteArray()));
        return all;
    }

    static boolean isEvidence(int number) {
        return number < 0 && !PollBook.isPoll(number);
    }

    /** Those segments of a job that hold votes, the oldest first. */
    static List<Segment> ofEvidence(List<Segment> segments) {
        return segments.stream()
                .filter(segment -> isEvidence(segment.number()))
                .sorted(Comparator.comparingInt(Segment::epoch)
                        .thenComparing(Comparator.comparingInt(Segment::number).reversed()))
                .toList();
    }

    /** @throws WireException when the bytes are no segment of votes */
    static void read(byte[] segment, Reader reader) {
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new WireException("a segment of votes is cut");
            }
            byte[] frame = new byte[length];
            bytes.get(frame);
            VoteFrames.read(frame, unit -> null, reader);
        }
    }
}
