package io.flockwork.worker.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.spi.exception.RetryableException;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the mesh keeps comes back as it was; anything else is refused, both ways, without harm. */
class MeshSerializerTest {
    private static final NodeId NODE = new NodeId("abc");
    private static final JobId JOB = new JobId("xyz");

    private final MeshSerializer serializer = new MeshSerializer();

    static Stream<Object> kept() {
        BlobId blob = MeshContract.blob(7);
        NamedBlob file = new NamedBlob("größe.txt", blob, 12);
        Outcome outcome = new Outcome("", Optional.of(file), Optional.empty(), 3, Guarantee.LOTTERY, 99);
        List<NamedBlob> many = IntStream.range(0, 1_000)
                .mapToObj(i -> new NamedBlob("f" + i, MeshContract.blob(i), i))
                .toList();
        Stream<Recipe> recipes = Stream.of(
                new Recipe.Range(-5, Long.MAX_VALUE - 6, 7),
                new Recipe.Lines(file),
                new Recipe.Chunks(file, 1 << 20),
                new Recipe.Each(List.of()),
                new Recipe.Each(many.subList(0, 1)),
                new Recipe.Each(many),
                new Recipe.Listed(file, file));
        Stream<Code> codes = Stream.of(
                new Code.Wasm(blob, blob, List.of()),
                new Code.Wasm(blob, blob, List.of("-v", "", "ü\u0000😀")),
                new Code.Java("primes", Map.of()),
                new Code.Java("primes", Map.of("from", "1")),
                new Code.Java("primes", Map.of("from", "1", "to", "2", "name", "")));
        Stream<Object> records = Stream.concat(
                recipes.map(recipe -> job(new Code.Java("echo", Map.of()), recipe)),
                codes.map(code -> job(code, new Recipe.Range(0, 1))));
        Stream<Object> others = Stream.of(
                new JobRecord(
                        JOB,
                        MeshContract.spec("x"),
                        MeshContract.SEAL,
                        JobState.DONE,
                        Integer.MAX_VALUE,
                        Optional.of(NODE),
                        -1,
                        Optional.of(outcome)),
                MeshContract.progress(JOB, NODE),
                new ChangeJob(new JobChange.Claim(NODE, 4), true),
                new ChangeJob(new JobChange.End(4, JobState.FAILED, outcome), false),
                new ChangeJob(new JobChange.Cancel(12), false),
                new AddHolder(NODE),
                Optional.of(job(new Code.Wasm(blob, blob, List.of()), new Recipe.Range(0, 1))),
                Optional.empty(),
                Set.of(),
                Set.of(NODE),
                Set.of(NODE, new NodeId("b"), new NodeId("c")));
        return Stream.concat(records, others);
    }

    private static CreateJob job(Code code, Recipe recipe) {
        JobSpec spec = new JobSpec("name", code, recipe, "", new Assurance.Quorum(2), Limits.DEFAULT, 1);
        return new CreateJob(JobRecord.submitted(JOB, spec, MeshContract.SEAL, 5));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void whatIsKeptComesBack(Object object) throws IOException {
        assertEquals(object, serializer.read(serializer.write(object)));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void aCutShortObjectIsRefused(Object object) throws IOException {
        byte[] whole = serializer.write(object);
        int step = Math.max(1, whole.length / 200);
        for (int length = 0; length < whole.length; length += step) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> serializer.read(part));
        }
        assertThrows(IOException.class, () -> serializer.read(Arrays.copyOf(whole, whole.length + 1)));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void aDamagedObjectIsReadOrRefusedAndNeverExhaustsMemory(Object object) throws IOException {
        byte[] whole = serializer.write(object);
        Random random = new Random(whole.length);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(Math.min(damaged.length, 200))] = (byte) random.nextInt();
            refused += isRefused(damaged) ? 1 : 0;
        }
        assertTrue(refused > 0);
    }

    private boolean isRefused(byte[] bytes) {
        try {
            serializer.read(bytes);
            return false;
        } catch (IOException refusal) {
            return true;
        }
    }

    @Test
    void aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] bytes = serializer.write(new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, (byte[]) serializer.read(bytes));
        byte[] twoGigabytes = {bytes[0], bytes[1], (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 1};
        assertThrows(IOException.class, () -> serializer.read(twoGigabytes));
    }

    @Test
    void numbersStayAsTheyAre() throws IOException {
        assertEquals("cc01016162e3", HexFormat.of().formatHex(serializer.write(new AddHolder(NODE))));
    }

    @Test
    void classesNotListedAreRefused() {
        assertThrows(IOException.class, () -> serializer.write(new StringBuilder("x")));
        // A class by its name: Kryo's mark for one, a number, the name.
        byte[] named = {
            1, 0, 'j', 'a', 'v', 'a', '.', 'l', 'a', 'n', 'g', '.', 'R', 'u', 'n', 't', 'i', 'm', (byte) ('e' | 0x80)
        };
        assertThrows(IOException.class, () -> serializer.read(named));
    }

    @Test
    void everyErrorThatHazelcastRetriesArrivesAsWhatItWas() throws IOException {
        List<JavaClass> retried = new ClassFileImporter()
                        .importPackages(
                                "com.hazelcast.core",
                                "com.hazelcast.spi.exception",
                                "com.hazelcast.internal.cluster.impl")
                        .stream()
                        .filter(type ->
                                type.isAssignableTo(RetryableException.class) && type.isAssignableTo(Throwable.class))
                        .toList();
        assertTrue(retried.size() >= 8, retried::toString);
        for (JavaClass type : retried) {
            String kind = type.getSimpleName().replaceFirst("Exception$", "");
            assertEquals(
                    type.getName(),
                    new RemoteError(kind, "why").toThrowable().getClass().getName());
        }
    }

    @Test
    void anyOtherErrorArrivesWithWhatItSaid() throws IOException {
        Object back = serializer.read(serializer.write(new IllegalStateException("no such thing")));
        HazelcastException error = assertInstanceOf(HazelcastException.class, back);
        assertEquals("java.lang.IllegalStateException: no such thing", error.getMessage());
        assertSame(HazelcastException.class, error.getClass());
        Object huge = serializer.read(serializer.write(new IllegalStateException("x".repeat(1 << 20))));
        assertTrue(((HazelcastException) huge).getMessage().length() <= 2_000);
    }
}
