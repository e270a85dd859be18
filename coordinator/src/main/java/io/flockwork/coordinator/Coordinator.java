package io.flockwork.coordinator;

import io.flockwork.sdk.identity.FolderLock;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.monitor.MonitorServer;
import io.flockwork.sdk.serve.Doorway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinator of a grid: its authority, behind a small HTTPS server. Losing it stops nobody who has joined. */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** Questions are short. */
    private static final Duration ARRIVAL = Duration.ofSeconds(15);

    private static final int HANDSHAKE_SECONDS = 10;
    private static final int LONGEST_HEADERS = 8 << 10;
    /** Revocations made by a command show up in the folder. */
    private static final long LOOK_MILLIS = 500;

    private final Vertx vertx;
    private final Doorway doorway;
    private final Membership self;
    private final Deque<AutoCloseable> watching = new ArrayDeque<>();
    private volatile Optional<String> complaint = Optional.empty();

    private Coordinator(Vertx vertx, Doorway doorway, Membership self) {
        this.vertx = vertx;
        this.doorway = doorway;
        this.self = self;
    }

    /**
     * Listens from now on. Blocks until it does.
     *
     * @throws IOException with one sentence, when the port is taken or the directory cannot be used
     */
    public static Coordinator start(CoordinatorSettings settings) throws IOException {
        Registry registry = Registry.open(settings.dir(), settings.clock());
        Membership self = registry.coordinator(settings.address());
        Records records = new Records(settings.dir());
        // A second one in the folder would have links lead to itself. The registry's own lock is held for moments only.
        FolderLock lock = FolderLock.take(settings.dir(), "running", "coordinator");
        Doorway doorway = new Doorway(IDLE, ARRIVAL);
        Vertx vertx = doorway.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Coordinator coordinator = new Coordinator(vertx, doorway, self);
        coordinator.watching.push(lock);
        try {
            coordinator.open(settings, registry, records);
            registry.remember(self);
            return coordinator;
        } catch (CompletionException failed) {
            coordinator.close();
            throw new IOException(why(failed.getCause(), settings.listen()), failed);
        } catch (IOException unusable) {
            coordinator.close();
            throw unusable;
        }
    }

    private void open(CoordinatorSettings settings, Registry registry, Records records) throws IOException {
        Revocations revocations = new Revocations(self.credentials().authority());
        registry.revoked().ifPresent(revocations::learn);
        Roll roll = new Roll(records.cores(), settings.clock().millis());
        GridTls tls = new GridTls(self.credentials(), revocations);
        Web web = new Web(
                vertx,
                registry,
                Pin.of(self.credentials().certificate().getPublicKey()),
                tls,
                self.coordinator(),
                roll,
                settings.clock(),
                settings.isOpen());
        CoordinatorMeters meters = new CoordinatorMeters(() -> look(roll, settings.clock()));
        watching.push(meters);
        meters.add(
                registry,
                () -> revocations.newest().map(list -> list.nodes().size()).orElse(0));
        Desk desk = new Desk(
                vertx,
                doorway,
                new MonitorRoutes(meters, revocations),
                new MeshRoutes(vertx, grid(), records, roll, revocations, settings.clock()),
                new MemberRoutes(vertx, registry, revocations, settings.clock(), meters::enrolled),
                installer(settings),
                web);
        await(listen(settings.listen(), desk, tls));
        if (settings.people().isPresent()) {
            await(receive(settings.people().get(), settings.listen().host(), web));
        }
        vertx.setPeriodic(LOOK_MILLIS, tick -> vertx.executeBlocking(registry::revoked)
                .onSuccess(list -> {
                    list.ifPresent(revocations::learn);
                    complaint = Optional.empty();
                })
                .onFailure(unreadable -> {
                    LOG.warn("the list of revoked nodes is of no use: {}", unreadable.getMessage());
                    complaint = Optional.of("the list of revoked nodes cannot be read");
                }));
        if (settings.metrics().isPresent()) {
            watching.push(MonitorServer.open(settings.metrics().get(), meters));
        }
    }

    /** On the event loop, whose life this shows. */
    private CompletionStage<CoordinatorMeters.State> look(Roll roll, Clock clock) {
        CompletableFuture<CoordinatorMeters.State> seen = new CompletableFuture<>();
        vertx.runOnContext(now -> seen.complete(
                new CoordinatorMeters.State(roll.up(clock.millis()).size(), complaint)));
        return seen;
    }

    private InstallDesk installer(CoordinatorSettings settings) {
        String pin = Pin.of(self.credentials().certificate().getPublicKey());
        Packing packing = new Packing(settings.dir().resolve("dist"));
        return new InstallDesk(new Distribution(packing::make, System::nanoTime), pin, System::nanoTime);
    }

    /** The one place that opens the coordinator's socket. Newcomers have no certificate yet; who shows one shows a member's. */
    private Future<HttpServer> listen(Address address, Desk desk, GridTls tls) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout((int) IDLE.toSeconds())
                .setSsl(true)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setUseAlpn(false)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()))
                .setTrustOptions(TrustOptions.wrap(tls.trustAlsoRevoked(EnumSet.allOf(Role.class))))
                .setClientAuth(ClientAuth.REQUEST)
                .setEnabledSecureTransportProtocols(Set.of(GridTls.PROTOCOL));
        return vertx.createHttpServer(options)
                .connectionHandler(doorway::settles)
                .requestHandler(desk)
                .listen(address.port(), address.host());
    }

    /** Browsers with the operator's own certificate, at a port of their own: members know the grid's authority only. */
    private Future<HttpServer> receive(CoordinatorSettings.People people, String host, Web web) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout((int) IDLE.toSeconds())
                .setSsl(true)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setUseAlpn(false)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(people.certificate().toString())
                        .setKeyPath(people.key().toString()));
        Router router = Router.router(vertx);
        new Patience(System::nanoTime).mount(router);
        web.mount(router);
        router.route().failureHandler(Replies::failed);
        return vertx.createHttpServer(options)
                .connectionHandler(doorway::settles)
                .requestHandler(request -> {
                    doorway.begins(request);
                    router.handle(request);
                })
                .listen(people.port(), host)
                .recover(failed -> Future.failedFuture(new IOException(
                        "the page for people cannot be served on port " + people.port() + " with "
                                + people.certificate() + ": " + failed.getMessage(),
                        failed)));
    }

    private static String why(Throwable cause, Address where) {
        if (cause instanceof IOException told && !(cause instanceof BindException)) {
            return told.getMessage();
        }
        return cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? where + " is in use by another program"
                : "the coordinator cannot listen on " + where + ": " + cause.getMessage();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** The grid's id. */
    public NodeId grid() {
        return self.credentials().grid();
    }

    /** What others call it. */
    public Address address() {
        return self.coordinator();
    }

    @Override
    public void close() {
        watching.forEach(Coordinator::closeQuietly);
        watching.clear();
        await(vertx.close());
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception stubborn) {
            LOG.warn("a part of the coordinator did not stop well", stubborn);
        }
    }
}
