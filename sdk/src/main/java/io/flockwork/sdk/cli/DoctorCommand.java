package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork doctor}: what this machine has, and whether a grid answers. */
@picocli.CommandLine.Command(name = "doctor", description = "Look at this machine, and whether the grid answers.")
public final class DoctorCommand implements Command {
    @Mixin
    private GridOption grid;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> findings = new LinkedHashMap<>();
        findings.put("java", Runtime.version() + " in " + System.getProperty("java.home"));
        findings.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        findings.put("cores", Runtime.getRuntime().availableProcessors());
        if (json) {
            findings.put("memoryBytes", memoryBytes());
        } else {
            findings.put("memory", (memoryBytes() >> 20) + "m");
        }
        findings.put("home", home());
        lookForSandbox(findings);
        boolean answers = askGrid(findings);
        print(findings);
        grid.console().flushOut();
        return answers ? 0 : Troubles.FAILED;
    }

    private static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : -1;
    }

    private String home() {
        Path home = grid.home();
        if (!Files.exists(home)) {
            return home + " (not made yet)";
        }
        return home + (Files.isWritable(home) ? "" : " (cannot be written)");
    }

    private void lookForSandbox(Map<String, Object> findings) throws IOException {
        SandboxCheck sandbox = SandboxCheck.of(System.getProperty("os.name"), "bwrap", Path.of("/proc/sys"));
        findings.put("sandbox", sandbox.says());
        if (json) {
            findings.put("sandboxWorks", sandbox.works());
        }
    }

    private boolean askGrid(Map<String, Object> findings) {
        findings.put("grid", entrances().stream().map(Object::toString).toList());
        try (Grid connected = grid.connect()) {
            findings.put("workers", connected.workers().size());
            return true;
        } catch (GridException silent) {
            findings.put("trouble", silent.getMessage());
            return false;
        }
    }

    /** As named, else the coordinator of the login; none without a login, which the trouble then tells. */
    private List<Address> entrances() {
        if (!grid.entrances().isEmpty()) {
            return grid.entrances();
        }
        try {
            return List.of(Login.of(grid.home()).coordinator());
        } catch (GridException nobody) {
            return List.of();
        }
    }

    private void print(Map<String, Object> findings) throws IOException {
        if (json) {
            grid.console().out().println(Json.line(findings));
            return;
        }
        PrintStream out = grid.console().out();
        line(out, "flockwork", new Main.Version().getVersion()[0].replace("flockwork ", ""));
        findings.forEach((what, found) -> {
            if (!List.of().equals(found)) {
                line(out, what, found);
            }
        });
    }

    /** Uncut: trouble is told in full. */
    private static void line(PrintStream out, String what, Object found) {
        String text = found instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(", "))
                : found.toString();
        out.printf("%-13s%s%n", what, Troubles.oneLine(text));
    }
}
