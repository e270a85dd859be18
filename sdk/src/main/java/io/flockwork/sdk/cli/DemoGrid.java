package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A coordinator and its workers as processes on loopback, with all they write in one folder; closing removes both. */
final class DemoGrid implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int CORES = 2;
    private static final double PATIENCE_SECONDS = 90;

    private final Path launcher;
    private final Path folder;
    private final List<DemoProcess> processes = new CopyOnWriteArrayList<>();
    private long startedNanos;
    private boolean closed;

    DemoGrid(Path launcher) throws IOException {
        this.launcher = launcher;
        this.folder = Files.createTempDirectory("flockwork-demo-");
        Files.createDirectory(folder.resolve("tmp"));
    }

    /** Starts the processes, the workers all at once: two cores, the first of which is the referee, then edge workers; the saboteurs are the last ones. */
    void start(CommandLine program, int workers, int saboteurs) throws IOException, InterruptedException {
        List<Integer> ports = freePorts(CORES + 1);
        startedNanos = System.nanoTime();
        launch(
                "coordinator",
                Map.of(),
                "coordinator",
                "--host",
                HOST,
                "--port",
                ports.get(0).toString());
        Login.enter(invited(program, Role.OPERATE, "you"), folder);
        for (int i = 1; i <= workers; i++) {
            boolean honest = i <= workers - saboteurs;
            String name = honest ? "worker-" + i : "saboteur-" + (i - workers + saboteurs);
            boolean core = i <= CORES;
            // On one machine the workers that give way would leave all work to the others.
            List<String> command = new ArrayList<>(
                    List.of("worker", "--join", "env", "--slots", "1", "--name", name, "--give-way", "no"));
            if (core) {
                command.addAll(List.of("--port", ports.get(i).toString()));
            }
            if (!honest) {
                command.addAll(List.of("--saboteur", "0.1"));
            }
            // Votes are counted by operator, so everybody has one of their own.
            JoinLink link = i == 1
                    ? invited(program, Role.CORE, "operator-1", "--referee")
                    : invited(program, core ? Role.CORE : Role.EDGE, "operator-" + i);
            launch(name, Map.of(LinkReader.VARIABLE, link.text()), command.toArray(String[]::new));
        }
    }

    private JoinLink invited(CommandLine program, Role role, String operator, String... more)
            throws IOException, InterruptedException {
        List<JoinLink> links = new ArrayList<>();
        until(
                () -> OwnInvitation.ask(program, folder.resolve("coordinator"), role, operator, 1, more)
                        .map(links::add)
                        .orElse(false),
                "the coordinator to listen");
        return links.get(0);
    }

    /** The grid, once it lists this many workers. */
    Grid connect(BiFunction<List<Address>, Path, Grid> connector, int workers) throws InterruptedException {
        List<Grid> found = new ArrayList<>();
        until(() -> found.isEmpty() ? found.add(connector.apply(List.of(), folder)) : true, "the grid");
        Grid grid = found.get(0);
        until(() -> grid.workers().size() >= workers, "all workers to be listed");
        return grid;
    }

    Path folder() {
        return folder;
    }

    /** Since the first process was started. */
    double seconds() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** The end of each process's log, for trouble; begins with a line break. */
    String lastLines() {
        StringBuilder text = new StringBuilder();
        processes.forEach(process -> text.append(System.lineSeparator()).append(process.lastLines()));
        return text.toString();
    }

    private synchronized void launch(String name, Map<String, String> environment, String... arguments)
            throws IOException {
        if (!closed) {
            processes.add(DemoProcess.start(launcher, folder, name, environment, arguments));
        }
    }

    private void until(Condition reached, String what) throws InterruptedException {
        while (!holds(reached)) {
            for (DemoProcess process : processes) {
                if (!process.isAlive()) {
                    throw new DemoTrouble(process.name() + " ended unexpectedly", process.lastLines());
                }
            }
            if (seconds() > PATIENCE_SECONDS) {
                throw new DemoTrouble("waited " + Math.round(PATIENCE_SECONDS) + " s for " + what, lastLines());
            }
            Thread.sleep(50);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (GridException | IOException notYet) {
            return false;
        }
    }

    /** Holds all of them open at once, so that no two are the same. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Kills the processes and theirs, and deletes the folder. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        processes.parallelStream().forEach(DemoProcess::kill);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException stays) {
            LoggerFactory.getLogger(DemoGrid.class).warn("could not delete {}: {}", folder, stays.toString());
        }
    }

    /** Something that comes true in the end; until then it may fail as what is not up yet does. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
