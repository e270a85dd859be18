package io.flockwork.coordinator;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.util.concurrent.CompletionException;

/** The coordinator of a grid: a small HTTP server. Losing it stops nobody who has joined. */
public final class Coordinator implements AutoCloseable {
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Address address;

    private Coordinator(Vertx vertx, Address address) {
        this.vertx = vertx;
        this.address = address;
    }

    /**
     * Listens from now on. Blocks until it does.
     *
     * @throws IOException with one sentence, when the port is taken or the directory cannot be used
     */
    public static Coordinator start(CoordinatorSettings settings) throws IOException {
        Records records = new Records(settings.dir());
        NodeId grid = records.grid(NodeId.random(new SecureRandom()));
        Roll roll = new Roll(records.cores(), settings.clock().millis());
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            Desk desk = new Desk(vertx, grid, records, roll, settings.clock(), installer(settings));
            HttpServer server = await(listen(vertx, desk, settings));
            return new Coordinator(vertx, new Address(settings.host(), server.actualPort()));
        } catch (CompletionException failed) {
            await(vertx.close());
            throw new IOException(why(failed.getCause(), settings), failed);
        }
    }

    private static InstallDesk installer(CoordinatorSettings settings) {
        Packing packing = new Packing(settings.dir().resolve("dist"));
        return new InstallDesk(new Distribution(packing::make, System::nanoTime), "", System::nanoTime);
    }

    /** The one place that opens the coordinator's socket. */
    private static Future<HttpServer> listen(Vertx vertx, Desk desk, CoordinatorSettings settings) {
        return vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(desk)
                .listen(settings.port(), settings.host());
    }

    private static String why(Throwable cause, CoordinatorSettings settings) {
        String where = settings.host() + ":" + settings.port();
        return cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? where + " is in use by another program"
                : "the coordinator cannot listen on " + where + ": " + cause.getMessage();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** Where it listens. */
    public Address address() {
        return address;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
