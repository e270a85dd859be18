package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.CertificateException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The signed votes that a job's results rest on, for an audit. Written by the JobMaster, read by whoever doubts, both part by part.
 *
 * <p>Layout: {@link #MAGIC} as 8 bytes, the {@link Message#PROTOCOL} of what follows as 4 bytes, then for each part its length as 4
 * bytes and that many bytes, then a length of 0, then the number of parts as 8 bytes; big-endian throughout. The first part is the job,
 * then come its units, then witnesses and batches ({@link VoteFrames}).
 */
public final class ProofFile {
    /** The first 8 bytes: {@code FLKVOTE} and version 1. */
    static final long MAGIC = 0x464c4b564f544501L;

    private static final int JOB = 16;
    private static final int UNIT = 17;
    /** A job of many files is the largest part. */
    private static final int MAX_PART_BYTES = Message.MAX_BYTES;

    private ProofFile() {}

    /** Writes a proof. One thread at a time. */
    public static final class Writer implements Closeable {
        private final DataOutputStream out;
        private final Map<Span, BlobId> results = new HashMap<>();
        private long parts;

        /**
         * Begins a proof; {@code out} should be buffered.
         *
         * @param authority the certificate of the grid's authority, DER
         */
        public Writer(OutputStream out, byte[] authority, JobRecord job) throws IOException {
            this.out = new DataOutputStream(out);
            this.out.writeLong(MAGIC);
            this.out.writeInt(Message.PROTOCOL);
            try (Output part = new Output(1 << 10, -1)) {
                part.writeByte(JOB);
                part.writeVarInt(authority.length, true);
                part.writeBytes(authority);
                Registrations.newKryo().writeObject(part, job);
                write(part.toBytes());
            }
        }

        /** In unit order, before all votes. */
        public void unit(FinalUnit unit) throws IOException {
            try (Output part = new Output(64, -1)) {
                part.writeByte(UNIT);
                SpanSerializer.write(part, unit.unit());
                part.writeBoolean(unit.verified());
                part.writeBoolean(unit.result().isPresent());
                if (unit.result().isPresent()) {
                    FinalUnit.Result result = unit.result().get();
                    part.writeBytes(result.digest().digest());
                    part.writeVarLong(result.size(), true);
                    results.put(unit.unit(), result.digest());
                }
                write(part.toBytes());
            }
        }

        /** Before the batches of its worker. */
        public void witness(Witness witness) throws IOException {
            write(VoteFrames.of(witness));
        }

        /** After all units. */
        public void batch(VoteBatch batch) throws IOException {
            write(VoteFrames.of(batch, results::get));
        }

        private void write(byte[] part) throws IOException {
            out.writeInt(part.length);
            out.write(part);
            parts++;
        }

        /** Ends the proof and closes what it was written to. */
        @Override
        public void close() throws IOException {
            out.writeInt(0);
            out.writeLong(parts);
            out.close();
        }
    }

    /**
     * Tells the sink all parts of a proof.
     *
     * @throws WireException with one sentence when the bytes are no proof
     */
    public static void read(InputStream bytes, ProofSink sink) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        try {
            if (in.readLong() != MAGIC) {
                throw new WireException("not a proof of results, or of another version", null);
            }
            int protocol = in.readInt();
            if (protocol != Message.PROTOCOL) {
                throw new WireException(
                        "the proof is of a flockwork that speaks protocol " + protocol + ", not " + Message.PROTOCOL
                                + ": audit it with that one",
                        null);
            }
            readParts(in, sink);
        } catch (EOFException cut) {
            throw new WireException("the proof ends too early", cut);
        }
    }

    private static void readParts(DataInputStream in, ProofSink sink) throws IOException {
        Map<Span, BlobId> results = new HashMap<>();
        long parts = 0;
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            if (length < 0 || length > MAX_PART_BYTES) {
                throw new WireException("a part of " + length + " bytes in a proof", null);
            }
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw new EOFException();
            }
            if (parts++ == 0) {
                readJob(part, sink);
            } else if (part[0] == UNIT) {
                readUnit(part, results, sink);
            } else {
                VoteFrames.read(part, results::get, sink);
            }
        }
        if (parts == 0 || in.readLong() != parts || in.read() >= 0) {
            throw new WireException("the proof lacks parts, or has some too many", null);
        }
    }

    private static void readJob(byte[] part, ProofSink sink) {
        MemberCheck authority;
        JobRecord job;
        try (BoundedInput input = new BoundedInput(part)) {
            if (input.readByte() != JOB) {
                throw new KryoException("not a job");
            }
            authority = MemberCheck.of(input.readBytes(input.readLength(1)));
            job = Registrations.newKryo().readObject(input, JobRecord.class);
        } catch (RuntimeException | CertificateException | StackOverflowError malformed) {
            throw new WireException("the proof does not begin with a job", malformed);
        }
        sink.job(authority, job);
    }

    private static void readUnit(byte[] part, Map<Span, BlobId> results, ProofSink sink) {
        FinalUnit unit;
        try (BoundedInput input = new BoundedInput(part)) {
            input.readByte();
            Span span = SpanSerializer.read(input);
            boolean verified = input.readBoolean();
            Optional<FinalUnit.Result> result = Optional.empty();
            if (input.readBoolean()) {
                BlobId digest = BlobId.of(input.readBytes(BlobId.BYTES));
                result = Optional.of(new FinalUnit.Result(digest, input.readVarLong(true)));
                results.put(span, digest);
            }
            unit = new FinalUnit(span, result, verified);
            if (input.position() != part.length) {
                throw new KryoException("bytes left over");
            }
        } catch (KryoException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new WireException("the proof holds what is no unit", malformed);
        }
        sink.unit(unit);
    }
}
