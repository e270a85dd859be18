package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork workers}: who computes. */
@picocli.CommandLine.Command(name = "workers", description = "List the live workers.")
public final class WorkersCommand implements Command {
    @Mixin
    private GridOption grid;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<WorkerInfo> workers;
        try (Grid connected = grid.connect()) {
            workers = connected.workers();
        }
        if (json) {
            for (Map<String, Object> worker : JobReport.ofWorkers(workers)) {
                grid.console().out().println(Json.line(worker));
            }
        } else {
            table(workers).print(grid.console().out());
        }
        grid.console().flushOut();
        return 0;
    }

    private static Table table(List<WorkerInfo> workers) {
        Table table = new Table("NAME", "WORKER", "ROLE", "OPERATOR", "SITE", "SLOTS", "MEMORY", "ADDRESS", "SINCE");
        for (WorkerInfo worker : workers) {
            table.row(
                    worker.name(),
                    worker.id().brief(),
                    worker.isReachable() ? "core" : "edge",
                    worker.operator(),
                    worker.site().isEmpty() ? "-" : worker.site(),
                    worker.slots(),
                    (worker.memoryBytes() >> 20) + "m",
                    worker.isReachable() ? worker.gateway() : "-",
                    Moments.local(worker.startedMillis()));
        }
        return table;
    }
}
