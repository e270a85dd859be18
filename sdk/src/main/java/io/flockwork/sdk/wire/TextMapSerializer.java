package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A map of text to text, such as a job's parameters; comes back immutable. */
final class TextMapSerializer extends Serializer<Map<String, String>> {
    TextMapSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Map<String, String> map) {
        output.writeVarInt(map.size(), true);
        // Equal maps are equal bytes, whatever order their hashes give them.
        new TreeMap<>(map).forEach((key, value) -> {
            output.writeString(key);
            output.writeString(value);
        });
    }

    @Override
    public Map<String, String> read(Kryo kryo, Input input, Class<? extends Map<String, String>> type) {
        int size = ((BoundedInput) input).readLength(2);
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(input.readString(), input.readString());
        }
        return Map.copyOf(map);
    }
}
