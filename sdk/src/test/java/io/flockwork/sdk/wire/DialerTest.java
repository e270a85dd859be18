package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a node has heard to be revoked, it does not ask, not even over a connection that was open before. */
class DialerTest {
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final GridTls core = TestMembers.of(Role.CORE);
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final Address address = new Address(
            "127.0.0.1",
            vertx.createHttpServer(TestMembers.server(core))
                    .requestHandler(request -> {
                        connections.add(request.connection());
                        request.response().end("here");
                    })
                    .listen()
                    .await()
                    .actualPort());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aConnectionToARevokedCoreIsNotUsedAgain() {
        GridTls self = TestMembers.of(Role.SUBMIT);
        try (Dialer dialer = new Dialer(self)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(200, status(dialer));
            }
            assertEquals(1, connections.size(), "connections are kept open");
            self.revocations()
                    .learn(TestMembers.AUTHORITY.revoke(
                            1, List.of(core.credentials().keys().id())));
            CompletionException refused = assertThrows(CompletionException.class, () -> status(dialer));
            assertTrue(String.valueOf(refused.getCause()).contains("has been revoked"), refused.toString());
            assertEquals(1, connections.size());
        }
    }

    private int status(Dialer dialer) {
        return dialer.get(address, "/", 100, SHORT).join().status();
    }
}
