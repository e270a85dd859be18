package io.flockwork.sdk.wire;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any value of a type made of records, found by reflection, so that a new message is tested without further ado. */
final class ArbitraryRecords {
    private ArbitraryRecords() {}

    static Arbitrary<Message> messages() {
        return of(Message.class).map(Message.class::cast);
    }

    private static Arbitrary<?> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return holder(generic);
        }
        Class<?> plain = (Class<?>) type;
        Arbitrary<?> known = known(plain);
        if (known != null) {
            return known;
        }
        return plain.isSealed()
                ? Arbitraries.oneOf(Arrays.stream(plain.getPermittedSubclasses())
                        .map(ArbitraryRecords::of)
                        .toList())
                : record(plain);
    }

    private static Arbitrary<?> holder(ParameterizedType type) {
        if (type.getRawType() == Map.class) {
            return Arbitraries.maps(strings(), strings()).ofMaxSize(3);
        }
        Arbitrary<?> element = of(type.getActualTypeArguments()[0]);
        return type.getRawType() == Optional.class
                ? element.optional()
                : element.list().ofMaxSize(4);
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.strings().ofMaxLength(20);
    }

    private static Arbitrary<?> known(Class<?> type) {
        Map<Class<?>, Arbitrary<?>> leaves = Map.ofEntries(
                Map.entry(long.class, Arbitraries.longs()),
                Map.entry(int.class, Arbitraries.integers()),
                Map.entry(double.class, Arbitraries.doubles()),
                Map.entry(boolean.class, Arbitraries.of(true, false)),
                Map.entry(String.class, strings()),
                Map.entry(byte[].class, bytes(0, 50)),
                Map.entry(BlobId.class, bytes(BlobId.BYTES, BlobId.BYTES).map(BlobId::of)),
                Map.entry(
                        JobId.class,
                        Arbitraries.strings()
                                .withChars("abc234")
                                .ofMinLength(1)
                                .ofMaxLength(64)
                                .map(JobId::new)),
                Map.entry(
                        NodeId.class,
                        Arbitraries.strings()
                                .withChars("xyz567")
                                .ofMinLength(1)
                                .ofMaxLength(64)
                                .map(NodeId::new)),
                Map.entry(
                        Address.class, Arbitraries.integers().between(1, 65535).map(port -> new Address("h", port))),
                Map.entry(WorkerInfo.class, workers()),
                Map.entry(Span.class, spans()),
                Map.entry(
                        Assurance.Lottery.class,
                        Arbitraries.doubles()
                                .between(0.01, 0.5)
                                .map(epsilon -> new Assurance.Lottery(epsilon, 2 * epsilon))),
                Map.entry(
                        Assurance.Quorum.class,
                        Arbitraries.integers().between(1, 15).map(Assurance.Quorum::new)),
                Map.entry(VoteSeal.class, seals()),
                Map.entry(
                        Answer.Inline.class,
                        Combinators.combine(bytes(0, 50), bytes(0, 50), Arbitraries.longs(), fuel())
                                .as(Answer.Inline::new)),
                Map.entry(
                        Answer.Uploaded.class,
                        Combinators.combine(
                                        bytes(BlobId.BYTES, BlobId.BYTES).map(BlobId::of),
                                        Arbitraries.longs(),
                                        bytes(0, 50),
                                        Arbitraries.longs(),
                                        fuel())
                                .as(Answer.Uploaded::new)),
                Map.entry(Limits.class, Arbitraries.of(Limits.DEFAULT, new Limits(1, 1 << 20, 0, 1))),
                Map.entry(Recipe.Range.class, spans().map(span -> new Recipe.Range(span.from(), span.to(), 3))));
        if (type.isEnum()) {
            return Arbitraries.of(type.getEnumConstants());
        }
        return leaves.get(type);
    }

    private static Arbitrary<Long> fuel() {
        return Arbitraries.longs().between(0, Limits.MOST_FUEL);
    }

    private static Arbitrary<byte[]> bytes(int least, int most) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(least).ofMaxSize(most);
    }

    private static Arbitrary<WorkerInfo> workers() {
        Arbitrary<String> texts = Arbitraries.strings().excludeChars(controls()).ofMaxLength(WorkerInfo.LONGEST_TEXT);
        Arbitrary<Address> addresses = Arbitraries.integers().between(1, 65535).map(port -> new Address("h", port));
        return Combinators.combine(
                        texts.list().ofSize(3),
                        Arbitraries.integers().between(1, WorkerInfo.MOST_SLOTS),
                        Arbitraries.longs(),
                        addresses.list().ofSize(2))
                .as((text, slots, number, address) -> new WorkerInfo(
                        new NodeId("xyz"),
                        text.get(0),
                        text.get(1),
                        text.get(2),
                        slots,
                        number,
                        address.get(0),
                        address.get(1),
                        number));
    }

    private static Arbitrary<VoteSeal> seals() {
        return Combinators.combine(bytes(16, 16), Arbitraries.longs().greaterOrEqual(0), bytes(32, 32), bytes(64, 64))
                .as((chain, sequence, previous, signature) -> new VoteSeal(
                        HexFormat.of().formatHex(chain),
                        sequence,
                        BlobId.of(previous),
                        "team",
                        Base64.getEncoder().encodeToString(signature)));
    }

    private static char[] controls() {
        StringBuilder controls = new StringBuilder();
        for (char each = 0; each <= 0x9F; each++) {
            if (Character.isISOControl(each)) {
                controls.append(each);
            }
        }
        return controls.toString().toCharArray();
    }

    private static Arbitrary<Span> spans() {
        Arbitrary<Long> sizes = Arbitraries.longs().between(1, Long.MAX_VALUE >> 1);
        return Arbitraries.longs()
                .between(Long.MIN_VALUE, Long.MAX_VALUE >> 1)
                .flatMap(from -> sizes.map(size -> new Span(from, from + size)));
    }

    private static Arbitrary<?> record(Class<?> type) {
        List<Arbitrary<Object>> components = Arrays.stream(type.getRecordComponents())
                .map(component -> within(type, component))
                .toList();
        if (components.isEmpty()) {
            return Arbitraries.create(() -> make(type, List.of()));
        }
        return Combinators.combine(components).as(values -> make(type, values));
    }

    /** What these records check of themselves. */
    private static Arbitrary<Object> within(Class<?> type, RecordComponent component) {
        String name = component.getName();
        boolean named = type == NamedBlob.class || type == JobSpec.class;
        if (named && name.equals("name")) {
            return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20).asGeneric();
        }
        boolean counts = type == Reputation.class || type == Conduct.class || type == Judgement.Seen.class;
        if (counts && component.getType() == int.class) {
            return Arbitraries.integers().between(0, 1000).asGeneric();
        }
        if (counts && component.getType() == long.class) {
            return Arbitraries.longs().between(0, 1L << 40).asGeneric();
        }
        boolean small = type == JobSpec.class || type == Recipe.Chunks.class;
        if (small && component.getType() == int.class) {
            return Arbitraries.integers().between(1, 15).asGeneric();
        }
        if (type == WorkerMessage.Ask.class && component.getType() == int.class) {
            return Arbitraries.integers().between(1, 1024).asGeneric();
        }
        if (type == WorkerMessage.Ask.class && component.getType() == double.class) {
            return Arbitraries.doubles().between(0.01, 1e12).asGeneric();
        }
        boolean sized = type == NamedBlob.class || type == Slice.class || type == JobSpec.class;
        if (sized && component.getType() == long.class) {
            return Arbitraries.longs().between(0, 1 << 20).asGeneric();
        }
        if (sized && component.getType() == int.class) {
            return Arbitraries.integers().between(0, 1 << 20).asGeneric();
        }
        return of(component.getGenericType()).asGeneric();
    }

    private static Object make(Class<?> type, List<Object> values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot make " + type + " of " + values, broken);
        }
    }
}
