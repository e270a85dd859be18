package io.flockwork.worker.control;

import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers this machine's user, one line for one line, on a Unix domain socket in the agent's folder: never on a network.
 * A few are served at a time, and whoever is slow is dropped.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_CLIENTS = 4;
    private static final int BACKLOG = 16;
    private static final int CHUNK = 1024;

    private final SocketPlace place;
    private final ServerSocketChannel server;
    private final Answers answers;
    private final Duration patience;
    private final ThreadPoolExecutor clients = new ThreadPoolExecutor(
            0, MOST_CLIENTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task, "control-client"));
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "control-clock"));

    private ControlServer(SocketPlace place, ServerSocketChannel server, Answers answers, Duration patience) {
        this.place = place;
        this.server = server;
        this.answers = answers;
        this.patience = patience;
    }

    /**
     * Pauses the agent where it was paused when it last ended, and answers from now on.
     *
     * @param dir the agent's folder, which no other agent uses
     * @param grid the grid's id
     * @throws IOException with one sentence when there can be no socket
     */
    public static ControlServer start(Path dir, WorkerInfo self, String grid, Role role, Agent agent)
            throws IOException {
        return start(dir, temporary(), new StatusReport(self, grid, role, agent), Clock.systemUTC(), PATIENCE);
    }

    static ControlServer start(Path dir, List<Path> temporary, StatusReport report, Clock clock, Duration patience)
            throws IOException {
        Pause pause = new Pause(dir.resolve("paused"), report.agent(), clock);
        SocketPlace place = new SocketPlace(dir);
        ServerSocketChannel server = listen(place.claim(temporary));
        ControlServer made = new ControlServer(place, server, new Answers(report.agent(), pause, report), patience);
        made.clock.scheduleWithFixedDelay(pause::endWhenOver, 1, 1, TimeUnit.SECONDS);
        daemon(made::accept, "control").start();
        return made;
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            OwnerOnly.file(socket);
            return server;
        } catch (IOException cannot) {
            server.close();
            throw cannot;
        }
    }

    private static List<Path> temporary() {
        List<Path> folders = new ArrayList<>();
        Map<String, String> environment = System.getenv();
        Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .filter(dir -> !dir.isBlank())
                .ifPresent(dir -> folders.add(Path.of(dir)));
        folders.add(Path.of(System.getProperty("java.io.tmpdir")));
        return folders;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                admit(server.accept());
            } catch (ClosedChannelException closing) {
                LOG.debug("the agent's user is listened to no longer");
            } catch (IOException trouble) {
                LOG.warn("the agent's user could not be heard: {}", trouble.getMessage());
            }
        }
    }

    private void admit(SocketChannel client) throws IOException {
        try {
            clients.execute(() -> serve(client));
        } catch (RejectedExecutionException tooMany) {
            LOG.debug("one client too many is turned away", tooMany);
            client.close();
        }
    }

    private void serve(SocketChannel client) {
        ScheduledFuture<?> deadline = clock.schedule(() -> drop(client), patience.toMillis(), TimeUnit.MILLISECONDS);
        try (client) {
            ByteBuffer answer = ByteBuffer.wrap(answers.to(line(client)));
            while (answer.hasRemaining()) {
                client.write(answer);
            }
        } catch (IOException gone) {
            LOG.debug("a client left: {}", gone.toString());
        } catch (RuntimeException bug) {
            LOG.error("a client's request failed", bug);
        } finally {
            deadline.cancel(false);
        }
    }

    /** Closing it wakes the thread that reads or writes. */
    private static void drop(SocketChannel client) {
        try {
            client.close();
        } catch (IOException gone) {
            LOG.debug("a slow client was gone already", gone);
        }
    }

    /** Up to the line's end, or a little more than a request may have. */
    private static byte[] line(SocketChannel client) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (line.size() <= Request.LONGEST && client.read(chunk.clear()) > 0) {
            for (int i = 0; i < chunk.position(); i++) {
                if (chunk.get(i) == '\n') {
                    return line.toByteArray();
                }
                line.write(chunk.get(i));
            }
        }
        return line.toByteArray();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    @Override
    public void close() throws IOException {
        server.close();
        clients.shutdownNow();
        clock.shutdownNow();
        place.clear();
    }
}
