package io.flockwork.worker;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code flockwork rehearse}: a coordinator, a worker, a submitter and a job in this one process, so that its JVM meets the
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
        Address coordinator = startCoordinator();
        try (Worker worker = Worker.start(settings(coordinator));
                Grid grid = Grid.connect(List.of(worker.self().gateway()), dir)) {
            Path text = Files.writeString(dir.resolve("text"), "all the world's a stage\n");
            JobRequest job = JobRequest.type("wordcount", Map.of())
                    .over(new Source.Each(List.of(text)))
                    .withQuorum(1);
            grid.submit(job)
                    .result()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return 0;
    }

    /** By its command, for the coordinator is another module's; the worker waits until it listens. */
    private Address startCoordinator() throws IOException {
        int port = freePort();
        String[] arguments = {
            "coordinator", "--host", HOST, "--port", "" + port, "--dir", "" + dir.resolve("coordinator")
        };
        Thread thread = new Thread(() -> command.root().commandLine().execute(arguments), "coordinator");
        thread.setDaemon(true);
        thread.start();
        return new Address(HOST, port);
    }

    private static int freePort() throws IOException {
        try (Ports.Reserved port = new Ports(HOST).reserve(OptionalInt.empty(), OptionalInt.empty(), FIRST_PORT)) {
            return port.port();
        }
    }

    private WorkerSettings settings(Address coordinator) {
        return new WorkerSettings(
                coordinator,
                dir.resolve("worker"),
                Optional.of(HOST),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1,
                1L << 30,
                "rehearsal",
                "",
                0,
                Optional.empty());
    }
}
