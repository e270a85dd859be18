package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.Span;

/** Start and size: two to four bytes for most units. */
final class SpanSerializer extends Serializer<Span> {
    SpanSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Span span) {
        write(output, span);
    }

    @Override
    public Span read(Kryo kryo, Input input, Class<? extends Span> type) {
        return read(input);
    }

    static void write(Output output, Span span) {
        output.writeVarLong(span.from(), false);
        output.writeVarLong(span.size(), true);
    }

    static Span read(Input input) {
        long from = input.readVarLong(false);
        return new Span(from, from + input.readVarLong(true));
    }
}
