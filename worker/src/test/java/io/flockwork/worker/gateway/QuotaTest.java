package io.flockwork.worker.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much members may leave on a core's disk. */
class QuotaTest {
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final int MEBIBYTE = 1 << 20;

    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private final Random random = new Random(3);
    private TestCore core;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        core = new TestCore(new FakeMeshNetwork(meshThread), "corea", folder, 8 * MEBIBYTE);
    }

    @AfterEach
    void close() {
        core.close();
        meshThread.shutdownNow();
    }

    @Test
    void oneNodeLeavesAQuarterAndAllTogetherWhatThereIsRoomFor() {
        Credentials edge = TestMembers.credentials(Role.EDGE);
        for (int i = 0; i < 2; i++) {
            assertEquals("204 ", put(edge));
        }
        assertEquals("507 this node has left as much here as one node may in a day", put(edge));
        for (int i = 0; i < 2; i++) {
            assertEquals("204 ", put(TestMembers.credentials(Role.SUBMIT)), "others are not concerned");
        }
        Credentials operator = TestMembers.credentials(Role.OPERATE);
        for (int i = 0; i < 4; i++) {
            assertEquals("204 ", put(operator));
        }
        assertTrue(put(operator)
                .startsWith("507 this worker's storage (8 MiB) is full of what running jobs and kept results need"));
        assertEquals(8 * MEBIBYTE, core.swarm.store().bytes());
    }

    private String put(Credentials who) {
        byte[] piece = new byte[MEBIBYTE];
        random.nextBytes(piece);
        try (Dialer dialer = new Dialer(new GridTls(who))) {
            Dialer.Answer answer = dialer.put(
                            core.address,
                            "/pieces/" + Manifest.of(piece).pieces().get(0),
                            piece,
                            4096,
                            SHORT)
                    .join();
            return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
        }
    }
}
