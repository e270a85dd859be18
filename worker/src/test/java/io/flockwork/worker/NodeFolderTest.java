package io.flockwork.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a worker listens outlasts it; and no two workers share a folder or a port. */
class NodeFolderTest {
    @TempDir
    Path dir;

    @Test
    void aWorkerListensWhereItDidAfterARestart() throws IOException {
        try (NodeFolder folder = NodeFolder.open(dir)) {
            assertEquals(OptionalInt.empty(), folder.port("gateway"));
            folder.remember("gateway", 7701);
        }
        try (NodeFolder again = NodeFolder.open(dir)) {
            assertEquals(OptionalInt.of(7701), again.port("gateway"));
            assertEquals(OptionalInt.empty(), again.port("mesh"));
        }
    }

    @Test
    void whatDoesNotLastIsGoneAfterACrash() throws IOException {
        Path half = dir.resolve("scratch").resolve("upload");
        Files.createDirectories(half.getParent());
        Files.writeString(half, "half of it");
        try (NodeFolder folder = NodeFolder.open(dir)) {
            assertTrue(Files.notExists(half) && folder.scratch().equals(half.getParent()));
        }
    }

    @Test
    void whatIsKeptIsNobodyElses() throws IOException {
        Path fresh = dir.resolve("deep").resolve("worker");
        NodeFolder.open(fresh).close();
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)));
        }
    }

    @Test
    void aFileWhereTheFolderShouldBeIsToldInOneSentence() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));
        String said =
                assertThrows(IOException.class, () -> NodeFolder.open(file)).getMessage();
        assertEquals(file + " is in the way: a folder should be there", said);
    }

    @Test
    void twoWorkersDoNotShareAFolder() throws IOException {
        try (NodeFolder folder = NodeFolder.open(dir)) {
            assertEquals(dir, folder.dir());
            String said =
                    assertThrows(IOException.class, () -> NodeFolder.open(dir)).getMessage();
            assertEquals("another worker uses " + dir + "; give this one a folder of its own with --dir", said);
        }
    }

    @Test
    void aHalfWrittenPortCountsForNothing() throws IOException {
        try (NodeFolder folder = NodeFolder.open(dir)) {
            for (String rubbish : new String[] {"", "77o1", "-5", "123456789012"}) {
                Files.writeString(dir.resolve("gateway-port"), rubbish);
                assertEquals(OptionalInt.empty(), folder.port("gateway"));
            }
        }
    }

    @Test
    void aPortIsOnesOwnAndTheOneOfLastTimeWhereItIsFree() throws IOException {
        Ports ports = new Ports("127.0.0.1");
        int last;
        try (Ports.Reserved mine = ports.reserve(OptionalInt.empty(), OptionalInt.empty(), 28_000);
                Ports.Reserved other = ports.reserve(OptionalInt.empty(), OptionalInt.of(mine.port()), 28_000)) {
            last = mine.port();
            assertTrue(last >= 28_000 && other.port() > last, "the next one, since the last one is taken");
            String said = assertThrows(
                            IOException.class,
                            () -> ports.reserve(OptionalInt.of(mine.port()), OptionalInt.empty(), 28_000))
                    .getMessage();
            assertTrue(said.startsWith("cannot listen on 127.0.0.1:" + mine.port() + ": "), said);
        }
        try (Ports.Reserved again = ports.reserve(OptionalInt.empty(), OptionalInt.of(last), 29_000)) {
            assertEquals(last, again.port());
        }
    }

    /** Two workers that start at the same time: the first has its mesh's port, and is about to listen at its gateway's. */
    @Test
    void aPortThatAnotherWorkerIsAboutToListenOnIsLeftToIt() throws IOException {
        Ports ports = new Ports("127.0.0.1", 100);
        int gateway;
        try (Ports.Reserved reserved = ports.reserve(OptionalInt.empty(), OptionalInt.empty(), 27_000)) {
            gateway = reserved.port();
        }
        try (Ports.Reserved mesh =
                        new Ports("127.0.0.1").reserve(OptionalInt.of(gateway + 100), OptionalInt.empty(), 1);
                Ports.Reserved other = ports.reserve(OptionalInt.empty(), OptionalInt.empty(), gateway)) {
            assertEquals(gateway + 100, mesh.port());
            assertTrue(other.port() > gateway, "its port looks free for a moment, and is not");
        }
    }

    @Test
    void aRememberedPortBeyondAllPortsIsNoReasonToFail() throws IOException {
        try (Ports.Reserved found =
                new Ports("127.0.0.1").reserve(OptionalInt.empty(), OptionalInt.of(99_999), 28_500)) {
            assertTrue(found.port() >= 28_500);
        }
    }
}
