package io.flockwork.sdk.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard on this machine lets in the one browser that has the link, and nobody else. */
class DashboardRoutesTest {
    private static final String SESSION = "/api/v1/session";

    private final Vertx vertx = Vertx.vertx();
    private int port;
    private DashboardRoutes routes;
    private String own;

    @BeforeEach
    void open() {
        GridTls tls = new GridTls(
                Authority.create(Instant.now()).enrol(NodeKeys.generate(), Role.SUBMIT, "ann", Instant.now()));
        Router router = Router.router(vertx);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
        routes = new DashboardRoutes(port, new GridProxy(vertx, tls, Role.CORE, List::of, headers -> {}));
        routes.mount(router);
        own = "Origin: http://127.0.0.1:" + port + "\r\n";
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String ask(String line, String host, String headers, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = line + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "Content-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String here(String line, String headers, String body) throws IOException {
        return ask(line, "127.0.0.1:" + port, headers, body);
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    private static String cookie(String answer) {
        int from = answer.indexOf("set-cookie: ") + "set-cookie: ".length();
        return "Cookie: " + answer.substring(from, answer.indexOf(';', from)) + "\r\n";
    }

    @Test
    void theLinkOpensOnce() throws IOException {
        String secret = "{\"secret\":\"" + routes.secret() + "\"}";
        assertStatus(401, here("POST " + SESSION, own, "{\"secret\":\"guess\"}"));
        assertStatus(401, here("POST " + SESSION, own, "no json"));
        String entered = here("POST " + SESSION, own, secret);
        assertStatus(204, entered);
        assertTrue(entered.contains("HTTPOnly") && entered.contains("SameSite=Strict"), entered);
        assertStatus(401, here("POST " + SESSION, own, secret));
        assertStatus(401, here("POST " + SESSION, own, "{\"secret\":\"\"}"));

        assertStatus(401, here("GET /api/v1/jobs", "", ""));
        assertStatus(401, here("GET /api/v1/jobs", "Cookie: flockwork-" + port + "=guess\r\n", ""));
        assertStatus(503, here("GET /api/v1/jobs", cookie(entered), ""));
        assertStatus(204, here("DELETE " + SESSION, own + cookie(entered), ""));
        assertStatus(401, here("GET /api/v1/jobs", cookie(entered), ""));
    }

    @Test
    void anotherSitesPageGetsNothing() throws IOException {
        String entered = here("POST " + SESSION, own, "{\"secret\":\"" + routes.secret() + "\"}");
        for (String headers : new String[] {
            "",
            "Origin: https://evil.example\r\n",
            "Origin: null\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
            own + "Sec-Fetch-Site: cross-site\r\n",
            "Sec-Fetch-Site: same-site\r\n"
        }) {
            assertStatus(403, here("POST /api/v1/jobs", cookie(entered) + headers, "{}"));
            assertStatus(403, here("POST " + SESSION, headers, "{}"));
        }
        assertStatus(503, here("POST /api/v1/jobs", cookie(entered) + "Sec-Fetch-Site: same-origin\r\n", "{}"));
    }

    @Test
    void anotherNameForThisMachineIsNotOurs() throws IOException {
        for (String host : new String[] {"evil.example:" + port, "127.0.0.1", "127.0.0.1:1", "[::1]:" + port}) {
            String answer = ask("GET /", host, "", "");
            assertStatus(403, answer);
            assertFalse(answer.contains("<html"), answer);
        }
        assertStatus(200, ask("GET /", "localhost:" + port, "", ""));
    }

    @Test
    void whoHasNotEnteredIsToldSo() throws IOException {
        String session = here("GET " + SESSION, "", "");
        assertStatus(200, session);
        assertTrue(session.endsWith("{\"signedIn\":false,\"public\":false}"), session);
        assertEquals(32, routes.secret().length());
    }
}
