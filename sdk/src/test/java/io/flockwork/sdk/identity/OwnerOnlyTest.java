package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is secret is its owner's alone, and what may be others' is left as it is. */
class OwnerOnlyTest {
    @TempDir
    Path closed;

    private Path dir;

    @BeforeEach
    void whereOthersCanEnter() throws IOException {
        dir = open(Files.createDirectory(closed.resolve("open")));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path open(Path path) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static Path used(Path folder) throws IOException {
        Files.createFile(Files.createDirectory(folder).resolve("file"));
        return open(folder);
    }

    @Test
    void aNewFolderAndAnEmptyOneAreClosed() throws IOException {
        assertEquals("rwx------", mode(OwnerOnly.folder(dir.resolve("new"))));
        Path empty = open(Files.createDirectory(dir.resolve("empty")));
        assertEquals("rwx------", mode(OwnerOnly.folder(empty)));
    }

    @Test
    void aFolderThatOthersMayUseIsRefusedAndLeftAsItIs() throws IOException {
        Path shared = used(dir.resolve("tmp"));
        String said = assertThrows(IOException.class, () -> OwnerOnly.folder(shared, "key.pem"))
                .getMessage();
        assertEquals(
                "others on this machine can enter " + shared
                        + ", and it is not empty: choose another folder, or if it is yours alone, chmod 700 it",
                said);
        assertEquals("rwxrwxrwx", mode(shared));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx------"));
        assertEquals(shared, OwnerOnly.folder(shared));
    }

    @Test
    void aFolderThatIsOursIsClosedAgain() throws IOException {
        assertEquals("rwx------", mode(OwnerOnly.folder(used(dir.resolve("ours")), "file")));
        Path inside = used(closed.resolve("inside"));
        assertEquals("rwx------", mode(OwnerOnly.folder(inside)), "nobody else could enter it");
    }

    @Test
    void aFileIsReplacedWholeAndNothingIsLeftBehind() throws IOException {
        Path file = dir.resolve("secret");
        OwnerOnly.write(file, new byte[] {1});
        OwnerOnly.write(file, new byte[] {2, 3});
        assertArrayEquals(new byte[] {2, 3}, Files.readAllBytes(file));
        assertEquals("rw-------", mode(file));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
