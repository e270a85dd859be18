package io.flockwork.worker.master;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.BoundedInput;
import io.flockwork.worker.verify.Rates;
import io.flockwork.worker.verify.Voter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A {@link PollBook}'s segments as bytes. */
final class PollCodec {
    private static final int VERSION = 1;
    private static final int FIRST_BUFFER = 1 << 10;
    private static final int LEAST_VOTER = 3;

    private PollCodec() {}

    static byte[] encode(Rates rates) {
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            output.writeByte(VERSION);
            output.writeDouble(rates.checks());
            output.writeDouble(rates.lies());
            output.writeDouble(rates.jury());
            output.writeDouble(rates.juryLies());
            return output.toBytes();
        }
    }

    static byte[] encode(Collection<Voter> voters) {
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            output.writeByte(VERSION);
            output.writeVarInt(voters.size(), true);
            for (Voter voter : voters) {
                output.writeString(voter.id().value());
                output.writeString(voter.operator());
                output.writeBoolean(voter.referee());
            }
            return output.toBytes();
        }
    }

    /** @throws IllegalArgumentException when the bytes are none */
    static Rates rates(byte[] bytes) {
        return read(
                bytes,
                input -> new Rates(input.readDouble(), input.readDouble(), input.readDouble(), input.readDouble()));
    }

    /** @throws IllegalArgumentException when the bytes are none */
    static List<Voter> voters(byte[] bytes) {
        return read(bytes, input -> {
            List<Voter> voters = new ArrayList<>();
            for (int left = input.readLength(LEAST_VOTER); left > 0; left--) {
                voters.add(new Voter(new NodeId(input.readString()), input.readString(), input.readBoolean()));
            }
            return voters;
        });
    }

    private static <T> T read(byte[] bytes, Function<BoundedInput, T> reader) {
        try (BoundedInput input = new BoundedInput(bytes)) {
            if (input.readByte() != VERSION) {
                throw new IllegalArgumentException("another version");
            }
            T value = reader.apply(input);
            if (input.position() != bytes.length) {
                throw new IllegalArgumentException("bytes left over");
            }
            return value;
        } catch (IllegalArgumentException | KryoException | IndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException("not a poll: " + malformed.getMessage(), malformed);
        }
    }
}
