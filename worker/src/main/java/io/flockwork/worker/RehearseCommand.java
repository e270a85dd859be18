package io.flockwork.worker;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.cli.OwnInvitation;
import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import io.flockwork.worker.lease.Dishonesty;
import io.flockwork.worker.runtime.SandboxChoice;
import io.flockwork.worker.runtime.TrustedJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code flockwork rehearse}: a coordinator, a core worker, an edge worker, a submitter and a job in this one process, so that its JVM meets the
 * classes that each of them needs and can keep them ready for their next starts.
 */
@CommandLine.Command(name = "rehearse", hidden = true, description = "Plays a small grid in one process, once.")
public final class RehearseCommand implements Command {
    private static final String HOST = "127.0.0.1";
    private static final int FIRST_PORT = 17_700;
    private static final int PATIENCE_SECONDS = 60;

    @Spec
    private CommandSpec command;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "A folder for this alone.")
    private Path dir;

    @Override
    public Integer call() throws IOException, InterruptedException {
        startCoordinator();
        Login.enter(invited(Role.SUBMIT), dir);
        try (Worker core = Worker.start(settings(Role.CORE));
                Worker edge = Worker.start(settings(Role.EDGE));
                Grid grid = Grid.connect(List.of(core.self().gateway()), dir)) {
            if (!edge.grid().equals(core.grid())) {
                throw new IllegalStateException("the edge worker is in another grid");
            }
            Path text = Files.writeString(dir.resolve("text"), "all the world's a stage\n");
            JobRequest job = JobRequest.type("wordcount", Map.of())
                    .over(new Source.Each(List.of(text)))
                    .withQuorum(2);
            grid.submit(job)
                    .result()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return 0;
    }

    /** By its command, for the coordinator is another module's. */
    private void startCoordinator() throws IOException {
        String[] arguments = {"coordinator", "--host", HOST, "--port", "" + freePort(), "--dir", "" + coordinator()};
        Thread thread = new Thread(() -> command.root().commandLine().execute(arguments), "coordinator");
        thread.setDaemon(true);
        thread.start();
    }

    private Path coordinator() {
        return dir.resolve("coordinator");
    }

    private JoinLink invited(Role role) throws InterruptedException {
        for (int tried = 0; tried < PATIENCE_SECONDS * 10; tried++) {
            Optional<JoinLink> link =
                    OwnInvitation.ask(command.root().commandLine(), coordinator(), role, "rehearsal-" + role.word(), 1);
            if (link.isPresent()) {
                return link.get();
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the coordinator does not start");
    }

    private static int freePort() throws IOException {
        try (Ports.Reserved port = new Ports(HOST).reserve(OptionalInt.empty(), OptionalInt.empty(), FIRST_PORT)) {
            return port.port();
        }
    }

    private WorkerSettings settings(Role role) throws InterruptedException {
        return new WorkerSettings(
                Optional.of(invited(role)),
                Optional.empty(),
                dir.resolve(role.word()),
                Optional.of(HOST),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1,
                1L << 30,
                OptionalLong.empty(),
                Labels.NONE,
                TrustedJars.none(),
                SandboxChoice.AUTO,
                Optional.empty(),
                false,
                Dishonesty.NONE,
                Optional.empty());
    }
}
