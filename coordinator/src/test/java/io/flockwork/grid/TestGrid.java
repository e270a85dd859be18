package io.flockwork.grid;

import static org.awaitility.Awaitility.await;

import io.flockwork.sdk.cli.Console;
import io.flockwork.sdk.cli.LinkReader;
import io.flockwork.sdk.cli.Main;
import io.flockwork.sdk.client.Enrolment;
import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A coordinator and core workers as processes on loopback, started once for a test class, with all they keep in one folder.
 * Shows the ends of their logs when a test fails; leaves neither process nor file behind.
 */
final class TestGrid implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback, AutoCloseable {
    /** The machine may be busy with other builds: this only bounds how long a hang lasts. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String HOST = "127.0.0.1";
    /** Commands that end only when they are told to. */
    private static final Set<String> STAY = Set.of("coordinator", "worker", "demo", "dashboard");

    private final Map<String, List<String>> workerOptions = new LinkedHashMap<>();
    private final Map<String, GridProcess> workers = new LinkedHashMap<>();
    private final Set<String> edges = new LinkedHashSet<>();
    private final Thread atExit = new Thread(this::killAll);
    private boolean refereed;
    private Path folder;
    private GridProcess coordinator;
    private Address entrance;
    private Grid grid;
    private int commands;

    /** A grid of {@code count} workers: {@code worker-1} and so on. */
    static TestGrid ofWorkers(int count) {
        TestGrid made = new TestGrid();
        for (int i = 1; i <= count; i++) {
            made.with("worker-" + i);
        }
        return made;
    }

    /** One more worker, with these options beside the usual ones. */
    TestGrid with(String name, String... options) {
        workerOptions.put(name, List.of(options));
        return this;
    }

    /** One more worker at the edge, with these options beside the usual ones. */
    TestGrid withEdge(String name, String... options) {
        edges.add(name);
        return with(name, options);
    }

    /** The first core is the referee. */
    TestGrid withReferee() {
        refereed = true;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        start();
    }

    /** Starts all of it; returns when every worker is there. */
    void start() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("flockwork-it-");
        Files.createDirectory(folder.resolve("tmp"));
        Runtime.getRuntime().addShutdownHook(atExit);
        List<Integer> ports = FreePorts.of(workerOptions.size() + 1);
        entrance = new Address(HOST, ports.get(0));
        coordinator = process("coordinator", "--host", HOST, "--port", "" + ports.get(0));
        coordinator.start();
        await("the coordinator").atMost(PATIENCE).until(() -> coordinator.log().contains("listening"));
        startWorkers(ports);
        await("the grid").atMost(PATIENCE).ignoreException(GridException.class).until(this::connected);
        awaitAllListed();
    }

    private void startWorkers(List<Integer> ports) throws IOException, InterruptedException {
        Login.enter(invite(Role.OPERATE, 1), home());
        JoinLink referee = refereed ? invite(Role.CORE, 1, "--referee") : null;
        JoinLink core = invite(Role.CORE, workerOptions.size());
        JoinLink edge = edges.isEmpty() ? core : invite(Role.EDGE, edges.size());
        workerOptions.forEach((name, options) -> {
            List<String> command = new ArrayList<>(List.of("--slots", "1", "--name", name));
            if (!edges.contains(name)) {
                command.addAll(List.of("--port", "" + ports.get(workers.size() + 1)));
            }
            command.addAll(options);
            JoinLink others = edges.contains(name) ? edge : core;
            JoinLink link = refereed && workers.isEmpty() ? referee : others;
            workers.put(name, process(name, link, command.toArray(String[]::new)));
            workers.get(name).start();
        });
    }

    private Path home() {
        return folder.resolve("home");
    }

    private boolean connected() {
        grid = Grid.connect(home());
        return true;
    }

    /** A link to this grid, as its operator makes one. */
    JoinLink invite(Role role, int uses, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("invite", "--dir", "" + folderOf("coordinator")));
        command.addAll(List.of("--role", role.word(), "--uses", "" + uses));
        command.addAll(List.of(more));
        return JoinLink.parse(run(command.toArray(String[]::new)).text());
    }

    /** A new member of this grid, in this process. */
    GridTls member(Role role) throws IOException, InterruptedException {
        return new GridTls(Enrolment.join(invite(role, 1), newFolder(), "").credentials());
    }

    private GridProcess process(String name, JoinLink join, String... options) {
        GridProcess made = process(name, options);
        made.environment().put(LinkReader.VARIABLE, join.text());
        return made;
    }

    private GridProcess process(String name, String... options) {
        List<String> arguments = new ArrayList<>();
        arguments.add(name.equals("coordinator") ? name : "worker");
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--dir", "" + folder.resolve(name)));
        ProcessBuilder launcher = launcher(arguments);
        if (edges.contains(name)) {
            launcher.environment()
                    .merge(
                            "FLOCKWORK_JAVA_OPTS",
                            "-Xlog:class+load:file=" + classesOf(name),
                            (all, more) -> all + " " + more);
        }
        return new GridProcess(name, launcher, folder.resolve(name + ".log"));
    }

    /** The classes that an edge worker has loaded, one a line, as its JVM says. */
    Path classesOf(String edge) {
        return folder.resolve(edge + ".classes");
    }

    /** Where a worker keeps what it must not forget. */
    Path folderOf(String worker) {
        return folder.resolve(worker);
    }

    private ProcessBuilder launcher(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("flockwork.launcher")));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("FLOCKWORK_"));
        builder.environment()
                .putAll(Map.of(
                        "FLOCKWORK_BUILD", "off",
                        "FLOCKWORK_HOME", "" + home(),
                        "FLOCKWORK_JAVA_OPTS",
                                "-XX:-UsePerfData -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + folder.resolve("tmp")));
        return builder;
    }

    /** The grid, through the SDK in this process. */
    Grid grid() {
        return grid;
    }

    Address entrance() {
        return entrance;
    }

    /** A folder for a test's own files, gone after the class. */
    Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "test-");
    }

    GridProcess coordinator() {
        return coordinator;
    }

    GridProcess worker(String name) {
        return workers.get(name);
    }

    List<GridProcess> workers() {
        return List.copyOf(workers.values());
    }

    /** The worker that leads the job now. */
    GridProcess masterOf(JobHandle job) {
        NodeId master = await("a master")
                .atMost(PATIENCE)
                .until(() -> job.status().record().master(), found -> found.isPresent())
                .orElseThrow();
        return worker(listed().stream()
                .filter(worker -> worker.id().equals(master))
                .findFirst()
                .orElseThrow()
                .name());
    }

    /** The live workers as the grid lists them. */
    List<WorkerInfo> listed() {
        return grid.workers();
    }

    /** Starts what is dead, and waits until the grid is whole again. */
    void heal() {
        Stream.concat(Stream.of(coordinator), workers.values().stream())
                .filter(process -> !process.isAlive())
                .forEach(GridProcess::start);
        awaitAllListed();
    }

    /** Waits until every worker is listed, and serves: a core is a member of the mesh a moment before its gateway listens. */
    void awaitAllListed() {
        await("all workers").atMost(PATIENCE).until(() -> {
            Map<String, WorkerInfo> listed = listed().stream()
                    .collect(Collectors.toMap(WorkerInfo::name, Function.identity(), (one, same) -> one));
            return workers.keySet().stream().allMatch(name -> isThere(name, listed.get(name)));
        });
    }

    private boolean isThere(String name, WorkerInfo listed) {
        return listed != null && (edges.contains(name) || listed.isReachable() && listens(listed.gateway()));
    }

    /** A worker that starts reserves its port before it serves there, so a connection alone says little. */
    private static boolean listens(Address address) {
        try {
            return ServedCertificate.of(address) != null;
        } catch (IOException notYet) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits until a tenth of the job is done; fails when that was missed and four fifths are. */
    JobProgress awaitMiddle(JobHandle job) {
        JobProgress progress = await("a tenth of the job")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> job.status().progress().orElse(null), now -> now != null && share(now) >= 0.1);
        if (progress.state().ended() || share(progress) > 0.8) {
            throw new AssertionError("the job was too quick to be caught in its middle: " + progress);
        }
        return progress;
    }

    private static double share(JobProgress progress) {
        return progress.indicesTotal() == 0 ? 0 : (double) progress.indicesDone() / progress.indicesTotal();
    }

    /**
     * Runs a command against this grid, to its end: within this process, for a JVM takes longer to start than most commands do; what
     * stays has a process of its own, as everything {@linkplain #start started} has.
     */
    Ran run(String... arguments) throws IOException, InterruptedException {
        return runAs(home(), arguments);
    }

    /** Starts a command against this grid. */
    RunningCommand start(String... arguments) throws IOException {
        return start(builder -> {}, arguments);
    }

    /** The same as somebody else, or with something to read. */
    synchronized RunningCommand start(Consumer<ProcessBuilder> change, String... arguments) throws IOException {
        ProcessBuilder builder = launcher(Arrays.asList(arguments))
                .redirectInput(Path.of("/dev/null").toFile());
        change.accept(builder);
        return RunningCommand.start(builder, List.of(arguments), folder.resolve("command-" + commands++));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println("logs of the grid of " + context.getDisplayName());
            System.err.println(coordinator.lastLines());
            workers.values().forEach(worker -> System.err.println(worker.lastLines()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    private void killAll() {
        Stream.concat(Stream.ofNullable(coordinator), workers.values().stream()).forEach(GridProcess::killWithChildren);
    }

    @Override
    public void close() throws IOException {
        if (grid != null) {
            grid.close();
        }
        killAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    /** Runs a command as the user who has this home, to its end. */
    Ran runAs(Path home, String... arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && STAY.contains(arguments[0])) {
            return start(builder -> builder.environment().put("FLOCKWORK_HOME", "" + home), arguments)
                    .end();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(utf8(out), utf8(err), false);
        FutureTask<Integer> command =
                new FutureTask<>(() -> Main.execute(console, Map.of("FLOCKWORK_HOME", "" + home), arguments));
        new Thread(command, "flockwork " + String.join(" ", arguments)).start();
        try {
            int code = command.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Ran(List.of(arguments), code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
        } catch (TimeoutException | ExecutionException hangsOrBreaks) {
            throw new AssertionError("flockwork " + String.join(" ", arguments) + ": " + err, hangsOrBreaks);
        }
    }

    private static PrintStream utf8(OutputStream to) {
        return new PrintStream(to, false, StandardCharsets.UTF_8);
    }

    /** A command under way. */
    record RunningCommand(List<String> arguments, Process process, Path out, Path err) {
        static RunningCommand start(ProcessBuilder builder, List<String> arguments, Path files) throws IOException {
            Path out = Path.of(files + ".out");
            Path err = Path.of(files + ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new RunningCommand(arguments, process, out, err);
        }

        /** Waits for its end. */
        Ran end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("hangs: " + ran());
            }
            return ran();
        }

        private Ran ran() throws IOException {
            return new Ran(arguments, process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        }
    }
}
