package io.flockwork.worker.gateway;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Listens on a core's port. Public methods may be called by any thread. */
public final class Gateway implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Codec codec;
    private final JobBoard board;
    private final Masters masters;
    private final Bulletin bulletin;

    private Gateway(Vertx vertx, Codec codec, JobBoard board, Masters masters) {
        this.vertx = vertx;
        this.codec = codec;
        this.board = board;
        this.masters = masters;
        this.bulletin = new Bulletin(board);
    }

    /**
     * Listens, before this returns.
     *
     * @param grid the grid's id
     * @throws IllegalStateException with one sentence when the port cannot be had
     */
    public static Gateway open(Address bind, String grid, Codec codec, JobBoard board, Masters masters, Swarm swarm) {
        Vertx vertx = Vertx.vertx(vertxOptions());
        Gateway gateway = new Gateway(vertx, codec, board, masters);
        Router router = Router.router(vertx);
        new CoreRoutes(grid, board).mount(router);
        new BlobRoutes(vertx, swarm, board).mount(router);
        HttpServer server = vertx.createHttpServer(options())
                .webSocketHandshakeHandler(Gateway::admit)
                .webSocketHandler(gateway::accept)
                .requestHandler(router);
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

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setMaxWebSocketFrameSize(Message.MAX_BYTES)
                .setMaxWebSocketMessageSize(Message.MAX_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    private static void admit(ServerWebSocketHandshake handshake) {
        String path = handshake.path();
        if (path.equals(ClientMessage.PATH) || path.equals(WorkerMessage.PATH)) {
            handshake.accept();
        } else {
            handshake.reject(404);
        }
    }

    private void accept(ServerWebSocket socket) {
        MessageSocket messages = new MessageSocket(socket, codec);
        if (socket.path().equals(ClientMessage.PATH)) {
            new ClientSession(vertx, messages, board, bulletin).start();
        } else {
            new WorkerSession(messages, masters, bulletin).start();
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
