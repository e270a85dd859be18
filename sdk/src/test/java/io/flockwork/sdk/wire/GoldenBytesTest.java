package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Numbers and layouts on the wire stay what they were: nodes of different age talk with each other. Who changes one on
 * purpose raises {@link Message#PROTOCOL} and keeps what {@link #main} prints as {@code golden-bytes.txt}.
 */
class GoldenBytesTest {
    private static final String FILE = "golden-bytes.txt";

    public static void main(String[] arguments) {
        lines().forEach(System.out::println);
    }

    @Test
    void numbersAndLayoutsStay() throws IOException {
        List<String> golden = golden();
        List<String> now = lines();
        for (int i = 0; i < Math.min(golden.size(), now.size()); i++) {
            assertEquals(golden.get(i), now.get(i));
        }
        assertEquals(golden.size(), now.size());
    }

    @Test
    void goldenMessagesAreStillRead() throws IOException {
        Codec codec = new Codec();
        List<String> messages =
                golden().stream().filter(line -> line.startsWith("message ")).toList();
        assertEquals(Samples.messages().size(), messages.size());
        for (String line : messages) {
            String hex = line.substring(line.lastIndexOf(' ') + 1);
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertEquals(hex, HexFormat.of().formatHex(codec.encode(codec.decode(bytes))));
        }
    }

    @Test
    void everyRecordThatHasANumberHasASample() {
        Set<Class<?>> sampled = new HashSet<>();
        Samples.messages().forEach(message -> collect(message, sampled));
        Samples.parts().forEach(part -> collect(part, sampled));
        Kryo kryo = Registrations.newKryo();
        List<Class<?>> unsampled = numbers(kryo)
                .<Class<?>>map(number -> kryo.getRegistration(number).getType())
                .filter(type -> type.isRecord() && !sampled.contains(type))
                .toList();
        assertEquals(List.of(), unsampled);
    }

    /** The records that {@code value} is made of. */
    private static void collect(Object value, Set<Class<?>> found) {
        if (value instanceof Record record) {
            found.add(record.getClass());
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                collect(valueOf(component, record), found);
            }
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(element -> collect(element, found));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(element -> collect(element, found));
        }
    }

    private static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Stream<Integer> numbers(Kryo kryo) {
        return IntStream.range(0, Registrations.FIRST_FREE)
                .filter(number -> kryo.getRegistration(number) != null)
                .boxed();
    }

    private static List<String> lines() {
        Kryo kryo = Registrations.newKryo();
        List<String> lines = new ArrayList<>();
        numbers(kryo)
                .forEach(number -> lines.add("number " + number + " "
                        + kryo.getRegistration(number).getType().getTypeName()));
        Samples.messages().forEach(message -> lines.add("message " + line(kryo, message)));
        Samples.parts().forEach(part -> lines.add("part " + line(kryo, part)));
        return lines;
    }

    private static String line(Kryo kryo, Object sample) {
        try (Output output = new Output(256, -1)) {
            kryo.writeClassAndObject(output, sample);
            return sample.getClass().getSimpleName() + " " + HexFormat.of().formatHex(output.toBytes());
        }
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
