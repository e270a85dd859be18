package io.flockwork.worker.local;

import io.flockwork.sdk.cli.Console;
import io.flockwork.sdk.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code flockwork run} gave: its exit code, standard output and the lines of standard error. */
record Ran(int code, byte[] out, List<String> err) {
    /** Runs on this machine, in a home where nobody has logged in. Without a sandbox, which takes time to find; the tutorial has it. */
    static Ran locally(Path home, Object... arguments) {
        return command(
                home,
                Stream.concat(Stream.of("run", "--local", "--sandbox", "off"), Stream.of(arguments))
                        .toArray());
    }

    static Ran command(Path home, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        int code = Main.execute(console, Map.of("FLOCKWORK_HOME", home.toString()), texts);
        return new Ran(
                code,
                out.toByteArray(),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    /** A module of the examples. */
    static Path example(String name) {
        return Path.of("..", "jobs", "src", "main", "wasm", name + ".wasm");
    }

    /** The module that misbehaves on demand. */
    static Path deeds() {
        return Path.of("src", "test", "resources", "wasm", "deeds.wasm");
    }
}
