package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.List;
import java.util.Set;

/** Any set; comes back immutable. */
final class SetSerializer extends Serializer<Set<?>> {
    private final ListSerializer elements = new ListSerializer();

    SetSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Set<?> set) {
        elements.write(kryo, output, List.copyOf(set));
    }

    @Override
    public Set<?> read(Kryo kryo, Input input, Class<? extends Set<?>> type) {
        return Set.copyOf(elements.read(kryo, input, null));
    }
}
