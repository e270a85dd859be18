package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.sdk.wire.WorkerMessage.Leases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A batch of leases in few bytes a unit: neighbours mostly read the same blob, which is then written once. */
final class LeasesSerializer extends Serializer<Leases> {
    private static final int NO_INPUT = 0;
    private static final int SAME_BLOB = 1;
    private static final int NEW_BLOB = 2;

    LeasesSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Leases leases) {
        output.writeString(leases.job().value());
        output.writeVarInt(leases.units().size(), true);
        Slice before = null;
        for (LeasedUnit unit : leases.units()) {
            SpanSerializer.write(output, unit.unit());
            Slice slice = unit.input().orElse(null);
            writeSlice(output, slice, before);
            before = slice;
        }
    }

    private static void writeSlice(Output output, Slice slice, Slice before) {
        if (slice == null) {
            output.writeByte(NO_INPUT);
            return;
        }
        if (before != null && slice.blob().equals(before.blob()) && slice.name().equals(before.name())) {
            output.writeByte(SAME_BLOB);
        } else {
            output.writeByte(NEW_BLOB);
            output.writeBytes(slice.blob().digest());
            output.writeString(slice.name());
        }
        output.writeVarLong(slice.offset(), true);
        output.writeVarInt(slice.length(), true);
    }

    @Override
    public Leases read(Kryo kryo, Input input, Class<? extends Leases> type) {
        JobId job = new JobId(input.readString());
        int size = ((BoundedInput) input).readLength(3);
        List<LeasedUnit> units = new ArrayList<>(size);
        Slice before = null;
        for (int i = 0; i < size; i++) {
            var span = SpanSerializer.read(input);
            Slice slice = readSlice(input, before);
            units.add(new LeasedUnit(span, Optional.ofNullable(slice)));
            before = slice;
        }
        return new Leases(job, units);
    }

    private static Slice readSlice(Input input, Slice before) {
        return switch (input.readByte()) {
            case NO_INPUT -> null;
            case SAME_BLOB -> new Slice(before.blob(), input.readVarLong(true), input.readVarInt(true), before.name());
            case NEW_BLOB -> {
                BlobId blob = BlobId.of(input.readBytes(BlobId.BYTES));
                String name = input.readString();
                yield new Slice(blob, input.readVarLong(true), input.readVarInt(true), name);
            }
            default -> throw new KryoException("not a slice");
        };
    }
}
