package io.flockwork.sdk.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.model.Recipe;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be a job is refused with one sentence before a byte leaves the machine. */
class DraftTest {
    @TempDir
    private Path folder;

    @Test
    void filesThatCannotBeSentAreNamed() throws IOException {
        Path missing = folder.resolve("nowhere");
        assertEquals("there is no file " + missing, refusal(new Source.Lines(missing)));
        assertEquals(folder + " is a directory, not a file", refusal(new Source.Chunks(folder, 10)));
        Path large = sparse("large", Recipe.MAX_UNIT_INPUT + 1L);
        assertEquals(
                large + " has 268435457 bytes; at most 268435456 will do", refusal(new Source.Each(List.of(large))));
    }

    @Test
    void aModuleHasALargestSize() throws IOException {
        Path large = sparse("large.wasm", (64 << 20) + 1);
        GridException refused = assertThrows(
                GridException.class, () -> Draft.of(JobRequest.wasm(large, List.of(), new Source.Range(0, 1, 0))));
        assertEquals(large + " has 67108865 bytes; at most 67108864 will do", refused.getMessage());
    }

    @Test
    void aModuleThatUnitsCannotRunIsRefusedBeforeAnythingIsSent() throws IOException {
        byte[] shared = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 4, 1, 3, 1, 1};
        Path module = Files.write(folder.resolve("threads.wasm"), shared);
        GridException refused = assertThrows(
                GridException.class, () -> Draft.of(JobRequest.wasm(module, List.of(), new Source.Range(0, 1, 0))));
        assertEquals(GridException.Kind.BAD_REQUEST, refused.kind());
        assertEquals("the module wants threads, which units do not have", refused.getMessage());
    }

    @Test
    void aJobHasSomethingToDo() throws IOException {
        assertEquals("a job over no files has nothing to do", refusal(new Source.Each(List.of())));
        assertEquals("a job over no units has nothing to do", refusal(new Source.Listed(List.of())));
        JobRequest nothing = new JobRequest(
                "",
                new JobRequest.Program.Wasm(
                        Files.write(folder.resolve("m"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}), List.of()),
                Optional.empty(),
                "",
                io.flockwork.sdk.model.Assurance.DEFAULT,
                io.flockwork.sdk.model.Limits.DEFAULT,
                10,
                java.time.Duration.ZERO);
        assertEquals(
                "a module needs something to split: a range, lines, chunks, files or units",
                assertThrows(GridException.class, () -> Draft.of(nothing)).getMessage());
    }

    @Test
    void whatTheModelRefusesIsABadRequest() {
        assertEquals("range 5..4 runs backwards or is too long", refusal(new Source.Range(5, 4, 0)));
        GridException refused = assertThrows(
                GridException.class,
                () -> Draft.of(JobRequest.type("echo", Map.of()).named("x".repeat(201))));
        assertEquals("a job's name has 1 to 200 characters", refused.getMessage());
        assertEquals(GridException.Kind.BAD_REQUEST, refused.kind());
    }

    @Test
    void aFileThatChangesUnderTheUploadIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "before");
        LocalFile local = LocalFile.of(file);
        assertArrayEquals("before".getBytes(), readPiece(local));
        Files.writeString(file, "after!");
        GridException changed = assertThrows(GridException.class, () -> readPiece(local));
        assertEquals(file + " was changed while it was being sent", changed.getMessage());
        Files.writeString(file, "cut");
        assertThrows(GridException.class, () -> readPiece(local));
    }

    private static byte[] readPiece(LocalFile local) throws IOException {
        return local.outgoing().pieces().read(0);
    }

    private static String refusal(Source source) {
        GridException refused = assertThrows(
                GridException.class,
                () -> Draft.of(JobRequest.type("echo", Map.of()).over(source)));
        assertEquals(GridException.Kind.BAD_REQUEST, refused.kind());
        return refused.getMessage();
    }

    private Path sparse(String name, long size) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }
}
