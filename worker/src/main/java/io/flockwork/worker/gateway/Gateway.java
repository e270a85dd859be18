package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.serve.Doorway;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Pages;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.worker.api.Api;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.swarm.Storage;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Listens on a core's port: for members of its grid, and for people and programs that ask the API. Public methods may be called by any
 * thread.
 */
public final class Gateway implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** Of a piece of a blob, which is 1 MiB, by a slow line. */
    private static final Duration ARRIVAL = Duration.ofSeconds(60);

    private static final int HANDSHAKE_SECONDS = 10;
    private static final int LONGEST_HEADERS = 8 << 10;

    private final Vertx vertx;
    private final Doorway doorway;
    private final Codec codec;
    private final JobBoard board;
    private final Masters masters;
    private final Bulletin bulletin;
    private final Rights rights;
    private final RevokedNotices notices;

    private Gateway(
            Vertx vertx,
            Doorway doorway,
            Revocations revocations,
            Codec codec,
            JobBoard board,
            Masters masters,
            Storage storage) {
        this.vertx = vertx;
        this.doorway = doorway;
        this.codec = codec;
        this.board = board;
        this.masters = masters;
        this.bulletin = new Bulletin(board);
        this.rights = new Rights(board, storage.limit(), System::nanoTime);
        this.notices = new RevokedNotices(revocations, codec);
    }

    /**
     * Listens, before this returns.
     *
     * @param parts what is answered from, and by whose right
     * @throws IllegalStateException with one sentence when the port cannot be had
     */
    public static Gateway open(Address bind, Codec codec, Api.Parts parts, MonitorRoutes monitoring) {
        GridTls tls = parts.tls();
        JobBoard board = parts.board();
        Doorway doorway = new Doorway(IDLE, ARRIVAL);
        Vertx vertx = doorway.vertx(vertxOptions());
        Visitors visitors = new Visitors(vertx, doorway, tls.revocations());
        Admission admission = new Admission(visitors, System::nanoTime);
        Gateway gateway =
                new Gateway(vertx, doorway, tls.revocations(), codec, board, parts.masters(), parts.storage());
        Router router = Router.router(vertx);
        new Pages().mount(router);
        Callers callers = new Callers(tls, parts.isOpen(), parts.clock());
        Guard guard = new Guard(callers, System::nanoTime);
        monitoring.mount(router, guard);
        Api.mount(router, vertx, doorway, parts, callers, guard, gateway.rights::mayLeave);
        admission.mount(router);
        new CoreRoutes(tls, board).mount(router);
        new CreditRoutes(parts.credit()).mount(router);
        new BlobRoutes(vertx, parts.swarm(), parts.storage(), board, gateway.rights).mount(router);
        // Without it a body that is too long, anybody's, would be an error of ours in the log.
        router.route().failureHandler(Api::failed);
        HttpServer server = vertx.createHttpServer(options(tls))
                .connectionHandler(connection -> {
                    doorway.settles(connection);
                    visitors.enter(connection);
                })
                .webSocketHandshakeHandler(admission::admit)
                .webSocketHandler(gateway::accept)
                .requestHandler(request -> {
                    doorway.begins(request);
                    router.handle(request);
                });
        try {
            server.listen(bind.port(), bind.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException portTaken) {
            vertx.close();
            throw new IllegalStateException(
                    "cannot listen on " + bind + ": " + portTaken.getCause().getMessage(), portTaken);
        }
        return gateway;
    }

    /** No files are served: without a cache for them, a worker that is killed leaves no folder behind. */
    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static HttpServerOptions options(GridTls tls) {
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()))
                .setTrustOptions(TrustOptions.wrap(tls.trustAlsoRevoked(EnumSet.allOf(Role.class))))
                // Browsers and programs with tokens have no certificate; each door looks who comes.
                .setClientAuth(ClientAuth.REQUEST)
                .setEnabledSecureTransportProtocols(Set.of(GridTls.PROTOCOL))
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setUseAlpn(false)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setMaxWebSocketFrameSize(Message.MAX_BYTES)
                .setMaxWebSocketMessageSize(Message.MAX_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    private void accept(ServerWebSocket socket) {
        doorway.becomesSocket(socket.remoteAddress(), socket.localAddress());
        Peer peer = peer(socket);
        MessageSocket messages = new MessageSocket(socket, codec);
        messages.whenClosed(() -> notices.remove(messages));
        if (socket.path().equals(ClientMessage.PATH)) {
            new ClientSession(vertx, messages, peer, rights, board, bulletin).start();
        } else {
            new WorkerSession(messages, peer, certificate(socket), rights, board, masters, bulletin).start();
        }
        notices.add(messages, peer);
    }

    private static Peer peer(ServerWebSocket socket) {
        try {
            return Peer.of(socket.sslSession());
        } catch (CertificateException impossible) {
            throw new IllegalStateException("a socket was admitted without a certificate", impossible);
        }
    }

    private static X509Certificate certificate(ServerWebSocket socket) {
        try {
            return (X509Certificate) socket.sslSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException impossible) {
            throw new IllegalStateException("a socket was admitted without a certificate", impossible);
        }
    }

    /** WebSockets that members in this role have open here. */
    public int sockets(Role role) {
        return notices.count(role);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
