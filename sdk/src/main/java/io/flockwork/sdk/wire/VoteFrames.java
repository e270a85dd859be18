package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.proof.Witness;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * Signed votes as bytes, by themselves: a frame for a witness, one for each batch. A digest that whoever reads knows anyway is left
 * out, so that most votes take some eight bytes.
 */
public final class VoteFrames {
    static final int WITNESS = 1;
    static final int BATCH = 2;

    private static final int LEAST_VOTE_BYTES = 5;
    private static final int FIRST_BUFFER = 4 << 10;

    private VoteFrames() {}

    /** The frame of a witness. */
    public static byte[] of(Witness witness) {
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            output.writeByte(WITNESS);
            output.writeString(witness.worker().value());
            output.writeString(witness.certificate());
            output.writeString(witness.key());
            return output.toBytes();
        }
    }

    /** The frame of a batch; {@code known} tells the digest that a reader will expect for a unit, or null. */
    public static byte[] of(VoteBatch batch, Function<Span, BlobId> known) {
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            output.writeByte(BATCH);
            output.writeString(batch.worker().value());
            writeSeal(output, batch.seal());
            output.writeVarInt(batch.votes().size(), true);
            long reached = 0;
            for (VoteStatement vote : batch.votes()) {
                write(output, vote, reached, known);
                reached = vote.unit().to();
            }
            return output.toBytes();
        }
    }

    static void writeSeal(Output output, VoteSeal seal) {
        output.writeBytes(HexFormat.of().parseHex(seal.chain()));
        output.writeVarLong(seal.sequence(), true);
        output.writeBytes(seal.previous().digest());
        output.writeString(seal.team());
        output.writeBytes(seal.signatureBytes());
    }

    private static void write(Output output, VoteStatement vote, long reached, Function<Span, BlobId> known) {
        output.writeVarLong(vote.unit().from() - reached, false);
        output.writeVarLong(vote.unit().size(), true);
        boolean expected = vote.digest().equals(known.apply(vote.unit()));
        output.writeBoolean(expected);
        if (!expected) {
            output.writeBytes(vote.digest().digest());
        }
        output.writeVarLong(vote.fuel(), true);
        output.writeVarLong(vote.micros(), true);
    }

    /**
     * Tells the sink what a frame holds.
     *
     * @throws WireException when the bytes are no frame, or end in others
     */
    public static void read(byte[] frame, Function<Span, BlobId> known, ProofSink sink) {
        Runnable told;
        try (BoundedInput input = new BoundedInput(frame)) {
            told = read(input, known, sink);
            if (input.position() != frame.length) {
                throw new KryoException("bytes left over");
            }
        } catch (KryoException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new WireException("not a frame of votes", malformed);
        }
        told.run();
    }

    private static Runnable read(BoundedInput input, Function<Span, BlobId> known, ProofSink sink) {
        switch (input.readByte()) {
            case WITNESS -> {
                Witness witness = new Witness(new NodeId(input.readString()), input.readString(), input.readString());
                return () -> sink.witness(witness);
            }
            case BATCH -> {
                VoteBatch batch = readBatch(input, known);
                return () -> sink.batch(batch);
            }
            default -> throw new KryoException("neither a witness nor a batch");
        }
    }

    private static VoteBatch readBatch(BoundedInput input, Function<Span, BlobId> known) {
        NodeId worker = new NodeId(input.readString());
        VoteSeal seal = readSeal(input);
        int size = input.readLength(LEAST_VOTE_BYTES);
        List<VoteStatement> votes = new ArrayList<>(size);
        long reached = 0;
        for (int i = 0; i < size; i++) {
            VoteStatement vote = readVote(input, reached, known);
            reached = vote.unit().to();
            votes.add(vote);
        }
        return new VoteBatch(worker, seal, votes);
    }

    static VoteSeal readSeal(BoundedInput input) {
        String chain = HexFormat.of().formatHex(input.readBytes(VoteSeal.CHAIN_DIGITS / 2));
        long sequence = input.readVarLong(true);
        BlobId previous = BlobId.of(input.readBytes(BlobId.BYTES));
        String team = input.readString();
        byte[] signature = input.readBytes(VoteSeal.SIGNATURE_BYTES);
        return new VoteSeal(chain, sequence, previous, team, Base64.getEncoder().encodeToString(signature));
    }

    private static VoteStatement readVote(BoundedInput input, long reached, Function<Span, BlobId> known) {
        long from = reached + input.readVarLong(false);
        Span unit = new Span(from, from + input.readVarLong(true));
        BlobId digest = input.readBoolean() ? known.apply(unit) : BlobId.of(input.readBytes(BlobId.BYTES));
        if (digest == null) {
            throw new KryoException("a digest that nobody knows");
        }
        return new VoteStatement(unit, digest, input.readVarLong(true), input.readVarLong(true));
    }
}
