package io.flockwork.sdk.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers programs of this machine over plain HTTP, for nodes that others cannot reach. */
public final class MonitorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorServer.class);
    /** So many may be slow to ask, for as long as a request may take to arrive; without questions there is none. */
    private static final int THREADS = 32;

    private static final int IDLE_SECONDS = 10;
    /** A name that leads here from a page in a browser is some site's (DNS rebinding); whoever means this machine says so. */
    private static final Pattern OURSELVES =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private final HttpServer server;
    private final ExecutorService threads;

    private MonitorServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens from now on.
     *
     * @param where on the loopback interface
     * @throws IOException with one sentence when it cannot listen there
     */
    public static MonitorServer open(InetSocketAddress where, Monitor monitor) throws IOException {
        boundRequests();
        HttpServer server;
        try {
            server = HttpServer.create(where, 0);
        } catch (IOException taken) {
            throw new IOException(
                    "metrics cannot be served on " + where.getHostString() + ":" + where.getPort() + ": "
                            + taken.getMessage(),
                    taken);
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), MonitorServer::daemon);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, monitor));
        server.start();
        return new MonitorServer(server, threads);
    }

    /** The JDK's server reads its bounds once, from the system's properties (module jdk.httpserver); what a user has set stays. */
    private static void boundRequests() {
        List.of("maxReqTime=10", "maxRspTime=30", "maxReqHeaders=50", "maxIdleConnections=16")
                .forEach(bound -> {
                    String[] parts = bound.split("=");
                    System.getProperties().putIfAbsent("sun.net.httpserver." + parts[0], parts[1]);
                });
        System.getProperties().putIfAbsent("jdk.httpserver.maxConnections", "64");
    }

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "monitor-server");
        made.setDaemon(true);
        return made;
    }

    private static void handle(HttpExchange exchange, Monitor monitor) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange, monitor));
        } catch (RuntimeException fault) {
            LOG.warn("a question about this node was not answered", fault);
        }
    }

    private static Answer answer(HttpExchange exchange, Monitor monitor) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !OURSELVES.matcher(hosts.get(0)).matches()) {
            return Answer.refusal(403, "this is for programs of this machine, which call it localhost");
        }
        Optional<Page> page = Page.at(exchange.getRequestURI().getPath());
        if (page.isEmpty()) {
            return Answer.refusal(404, "there is only /metrics, /health and /ready here");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.refusal(405, "this can only be read");
        }
        return monitor.answer(page.get()).toCompletableFuture().join();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
