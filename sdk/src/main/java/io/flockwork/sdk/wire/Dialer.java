package io.flockwork.sdk.wire;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Opens every socket that this SDK opens, each with TLS 1.3: how a core or a coordinator is reached, and by which certificates,
 * is decided here only. Owns daemon threads; one dialer serves a whole program. Safe for use by many threads.
 */
public final class Dialer implements AutoCloseable {
    /** How long a core may take to accept a connection and shake hands. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration IDLE_THREADS_LIVE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService timer;
    private final Supplier<SSLContext> tls;
    private volatile HttpClient http;

    /**
     * A member's dialer: shows the node's certificate, and trusts the grid's cores and coordinator. When somebody has been revoked, it
     * looks anew at whom it deals with.
     */
    public Dialer(GridTls tls) {
        this(() -> tls.context(GridTls.SERVERS), Executors.unconfigurableScheduledExecutorService(timer(daemons())));
        tls.revocations().listen(this::forgetConnections);
    }

    /** For somebody who is no member yet: trusts the coordinator of this grid, and shows nothing. */
    public static Dialer ofNewcomer(NodeId grid) {
        return new Dialer(
                () -> GridTls.joining(grid), Executors.unconfigurableScheduledExecutorService(timer(daemons())));
    }

    /** A dialer in a time of the caller's own. */
    Dialer(Supplier<SSLContext> tls, ScheduledExecutorService timer) {
        this.tls = tls;
        this.timer = timer;
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_THREADS_LIVE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons());
        http = client();
    }

    /** Nothing that was open before is used for what is asked from now on, and no TLS session is taken up again. */
    private void forgetConnections() {
        http = client();
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .sslContext(tls.get())
                .sslParameters(new SSLParameters(null, new String[] {GridTls.PROTOCOL}))
                .build();
    }

    private static ScheduledExecutorService timer(ThreadFactory daemons) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, daemons, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "flockwork-dialer");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@code GET path}; at most {@code mostBytes} of answer. Fails with {@link java.io.IOException} or a time-out of the JDK. */
    public CompletableFuture<Answer> get(Address core, String path, int mostBytes, Duration timeout) {
        return exchange(to(core, path).GET(), mostBytes, timeout);
    }

    /** {@code PUT path} with this body; at most {@code mostBytes} of answer. Fails as {@link #get} does. */
    public CompletableFuture<Answer> put(Address core, String path, byte[] body, int mostBytes, Duration timeout) {
        return exchange(to(core, path).PUT(BodyPublishers.ofByteArray(body)), mostBytes, timeout);
    }

    /** {@code POST path} with this JSON; at most {@code mostBytes} of answer. Fails as {@link #get} does. */
    public CompletableFuture<Answer> post(Address core, String path, byte[] json, int mostBytes, Duration timeout) {
        HttpRequest.Builder request =
                to(core, path).header("content-type", "application/json").POST(BodyPublishers.ofByteArray(json));
        return exchange(request, mostBytes, timeout);
    }

    private static HttpRequest.Builder to(Address core, String path) {
        return HttpRequest.newBuilder(URI.create("https://" + core + path));
    }

    private CompletableFuture<Answer> exchange(HttpRequest.Builder request, int mostBytes, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request.timeout(timeout).build(), BoundedBody.atMost(mostBytes));
        // The JDK's own time-out ends with the headers; this one covers the body.
        Future<?> alarm = timer.schedule(
                () -> response.cancel(true), timeout.plusMillis(100).toMillis(), TimeUnit.MILLISECONDS);
        return response.whenComplete((answer, error) -> alarm.cancel(false))
                .thenApply(answer -> new Answer(answer.statusCode(), answer.body()));
    }

    CompletableFuture<WebSocket> webSocket(Address core, String path, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .buildAsync(URI.create("wss://" + core + path), listener);
    }

    /** Where callbacks run; may be blocked. */
    public Executor threads() {
        return threads;
    }

    /** For what happens later; must not be blocked. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Stops the timer, for good and without complaint to whoever still wants it; open links end when they are closed, and idle threads soon after. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** What came back. */
    public record Answer(int status, byte[] body) {}
}
