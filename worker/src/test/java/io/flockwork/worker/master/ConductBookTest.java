package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.worker.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole grid that was switched off still knows who lied. */
class ConductBookTest {
    private static final NodeId LIAR = new NodeId("liar");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("conducts.mv");
    }

    @Test
    void aBanOutlivesTheGrid() throws IOException {
        try (MasterWorld world = new MasterWorld(1)) {
            Mesh mesh = world.core().mesh;
            ConductBook book = ConductBook.open(file(), mesh, new Codec());
            mesh.judge(
                    LIAR, new Judgement.Seen(Reputation.of(LIAR, false).struck(true, Reputation.EXAMS), 0, List.of()));
            world.run(Duration.ofMillis(10));
            book.close();
        }
        assertEquals(Standing.BANNED, standingInANewGrid());
    }

    @Test
    void whatWasKnownBeforeItStartedIsKept() throws IOException {
        try (MasterWorld world = new MasterWorld(1)) {
            Mesh mesh = world.core().mesh;
            mesh.judge(
                    LIAR, new Judgement.Seen(Reputation.of(LIAR, false).struck(true, Reputation.EXAMS), 0, List.of()));
            world.run(Duration.ofMillis(10));
            ConductBook.open(file(), mesh, new Codec()).close();
        }
        assertEquals(Standing.BANNED, standingInANewGrid());
    }

    @Test
    void aDamagedFileIsPutAside() throws IOException {
        Files.writeString(file(), "this is no store at all. ".repeat(1000));
        try (MasterWorld world = new MasterWorld(1)) {
            ConductBook.open(file(), world.core().mesh, new Codec()).close();
        }
        assertTrue(Files.exists(folder.resolve("conducts.mv.damaged")));
    }

    private Standing standingInANewGrid() throws IOException {
        try (MasterWorld world = new MasterWorld(2)) {
            Mesh mesh = world.core().mesh;
            ConductBook.open(file(), mesh, new Codec()).close();
            world.run(Duration.ofMillis(10));
            return mesh.conduct(LIAR).orElseThrow().reputation().standing();
        }
    }
}
