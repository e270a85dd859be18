package io.flockwork.sdk.web;

import io.flockwork.sdk.client.Cores;
import io.flockwork.sdk.client.RevokedFile;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.Dialer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The dashboard on a loopback address, with this user's identity. Losing a core costs it nothing: it goes on with the next one. */
final class Dashboard implements AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);
    private static final long LOOK_AROUND_MILLIS = 10_000;
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx;
    private final Dialer dialer;
    private final RevokedFile revoked;
    private final Membership member;
    private Token token;
    private String link;

    private Dashboard(Vertx vertx, Dialer dialer, RevokedFile revoked, Membership member) {
        this.vertx = vertx;
        this.dialer = dialer;
        this.revoked = revoked;
        this.member = member;
        this.token = freshToken();
    }

    /**
     * Serves it from now on.
     *
     * @param port 0: any
     * @throws IOException with one sentence when the port cannot be had; GridException when no core is found
     */
    static Dashboard open(int port, Membership member, List<Address> entrances, Path home) throws IOException {
        RevokedFile revoked = RevokedFile.open(
                member.credentials().authority(), home, member.credentials().grid());
        GridTls tls = new GridTls(member.credentials(), revoked.revocations());
        Dialer dialer = new Dialer(tls);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Dashboard dashboard = new Dashboard(vertx, dialer, revoked, member);
        try {
            Cores cores = Cores.ofUser(
                    dialer,
                    tls.revocations(),
                    entrances.isEmpty() ? List.of(member.coordinator()) : entrances,
                    member.credentials().grid(),
                    home,
                    new SecureRandom());
            cores.find();
            vertx.setPeriodic(LOOK_AROUND_MILLIS, timer -> dialer.threads().execute(cores::refresh));
            dashboard.listen(port, new GridProxy(vertx, tls, Role.CORE, cores::inOrder, dashboard::signed));
            return dashboard;
        } catch (IOException | RuntimeException failed) {
            dashboard.close();
            throw failed;
        }
    }

    private void listen(int port, GridProxy proxy) throws IOException {
        Router router = Router.router(vertx);
        try {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(120))
                    .requestHandler(router)
                    .listen(port, HOST)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            DashboardRoutes routes = new DashboardRoutes(server.actualPort(), proxy);
            link = "http://" + HOST + ":" + server.actualPort() + "/#" + routes.secret();
            routes.mount(router);
        } catch (CompletionException taken) {
            throw new IOException(
                    "cannot listen on " + HOST + ":" + port + ": "
                            + taken.getCause().getMessage(),
                    taken);
        }
    }

    /** What the browser keeps is for here; a core is shown a token of the user's. */
    private void signed(MultiMap headers) {
        if (token.expires().isBefore(Instant.now().plus(TOKEN_LIFE.dividedBy(2)))) {
            token = freshToken();
        }
        headers.remove("cookie");
        headers.set("authorization", "Bearer " + token.text());
    }

    private Token freshToken() {
        return Token.mint(
                member.credentials(),
                Scope.of(member.credentials().self().role()),
                Instant.now().plus(TOKEN_LIFE));
    }

    /** To be opened once. */
    String link() {
        return link;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        dialer.close();
        revoked.close();
    }
}
