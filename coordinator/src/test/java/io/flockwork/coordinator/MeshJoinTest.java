package io.flockwork.coordinator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.flockwork.sdk.identity.AuthorityFolder;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.mesh.JoinSettings;
import io.flockwork.worker.mesh.MeshJoin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cores find each other through a real coordinator, and again without it. */
class MeshJoinTest {
    private final List<MeshJoin> joined = new ArrayList<>();

    @TempDir
    private Path dir;

    @AfterEach
    void leave() {
        joined.forEach(MeshJoin::close);
    }

    @Test
    void coresJoinAtOnceAndComeBackWithoutTheCoordinator() throws IOException {
        JoinSettings third;
        try (Coordinator coordinator =
                Coordinator.start(new CoordinatorSettings(dir.resolve("c"), freeAddress(), Clock.systemUTC()))) {
            third = settings(coordinator.address(), "three");
            List<CompletableFuture<MeshJoin>> joining = List.of(
                    join(settings(coordinator.address(), "one")),
                    join(settings(coordinator.address(), "two")),
                    join(third));
            joining.forEach(one -> joined.add(one.join()));
            allMet(3);
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> Files.exists(memoryOf(third))
                            && Files.readAllLines(memoryOf(third)).size() == 3);
        }
        joined.remove(2).close();
        allMet(2);
        joined.add(join(third).join());
        allMet(3);
        assertFalse(
                joined.get(2).mesh().cores().get(0).id().equals(third.self().id()), "it founded no mesh of its own");
    }

    private static Path memoryOf(JoinSettings settings) {
        return settings.dir().resolve("cores");
    }

    private void allMet(int count) {
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            for (MeshJoin core : joined) {
                assertEquals(count, core.mesh().cores().size());
            }
        });
    }

    private static CompletableFuture<MeshJoin> join(JoinSettings settings) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return MeshJoin.join(settings);
                    } catch (InterruptedException stopped) {
                        throw new CompletionException(stopped);
                    }
                },
                task -> new Thread(task).start());
    }

    private JoinSettings settings(Address coordinator, String name) throws IOException {
        Address mesh = freeAddress();
        Credentials core = AuthorityFolder.open(dir.resolve("c"), Instant.now())
                .enrol(NodeKeys.generate(), Role.CORE, "tester", Instant.now());
        GridTls tls = new GridTls(core);
        WorkerInfo self = new WorkerInfo(core.keys().id(), name, "tester", "", 1, 1 << 20, freeAddress(), mesh, 1);
        return new JoinSettings(coordinator, self, mesh, dir.resolve(name), tls, new Dialer(tls));
    }

    private static Address freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Address("127.0.0.1", socket.getLocalPort());
        }
    }
}
