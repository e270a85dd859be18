package io.flockwork.worker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/WRITE-A-JOB.md does what the page says, as far as its tools are on this machine; those of Java are. */
class TutorialTest {
    private static final Path PAGE = Path.of("..", "docs", "WRITE-A-JOB.md");
    private static final String RUSTC = "rustc --target wasm32-wasip1 ";
    /** What the page says of Debian 12's Rust, whose library shows that it is here. */
    private static final String DEBIANS_RUSTC = "rustc --target wasm32-wasi -C linker=wasm-ld ";

    private static final Path DEBIANS_LIBRARY = Path.of("/usr/lib/rustlib/wasm32-wasi");

    /** What shows that a compiler can make WebAssembly here. */
    private static final Map<String, String> PROBES = Map.of(
            "clang",
            "echo 'int main(void){return 0;}' | clang --target=wasm32-wasi -x c -o probe.wasm -",
            "rustc",
            "test -d \"$(rustc --print target-libdir --target wasm32-wasip1)\" -o -d " + DEBIANS_LIBRARY);

    private final Set<String> skipped = new HashSet<>();

    @TempDir
    Path folder;

    private Path tools;

    @BeforeEach
    void makeTools() throws IOException {
        tools = Files.createDirectories(folder.resolve("tools"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path flockwork = Files.writeString(
                tools.resolve("flockwork"),
                "#!/bin/sh\nexec '" + java + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' io.flockwork.sdk.cli.Main \"$@\"\n");
        assertTrue(flockwork.toFile().setExecutable(true));
        Files.createDirectories(folder.resolve("lib"));
        jar(Path.of("..", "sdk", "target", "classes"), folder.resolve("lib").resolve("sdk.jar"));
    }

    @TestFactory
    @Timeout(300)
    List<DynamicTest> everyStep() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        return Tutorial.of(PAGE).steps().stream().map(step -> test(work, step)).toList();
    }

    @Test
    void debiansRustIsCalledAsThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        assertTrue(page.contains("`" + DEBIANS_RUSTC + after(RUSTC, page) + "`"));
    }

    private static String after(String start, String page) {
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf('\n', from));
    }

    private DynamicTest test(Path work, Tutorial.Step step) {
        if (step instanceof Tutorial.Source source) {
            return DynamicTest.dynamicTest(
                    source.name(), () -> Files.writeString(work.resolve(source.name()), source.text()));
        }
        Tutorial.Commands commands = forThisMachine((Tutorial.Commands) step);
        String title =
                commands.shell().lines().reduce((earlier, later) -> later).orElseThrow();
        return DynamicTest.dynamicTest(title, () -> run(work, commands));
    }

    /** Also where another Rust comes first on the path. */
    private static Tutorial.Commands forThisMachine(Tutorial.Commands commands) {
        if (!Files.isDirectory(DEBIANS_LIBRARY)) {
            return commands;
        }
        String shell = commands.shell().replace(RUSTC, "/usr/bin/" + DEBIANS_RUSTC);
        return new Tutorial.Commands(commands.section(), shell, commands.output());
    }

    private void run(Path work, Tutorial.Commands commands) throws IOException, InterruptedException {
        assumeFalse(skipped.contains(commands.section()), "its compiler is not here");
        for (Map.Entry<String, String> probe : PROBES.entrySet()) {
            if (commands.shell().contains(probe.getKey() + " ")
                    && shell(work, probe.getValue()).code() != 0) {
                assertNull(System.getenv("CI"), "continuous integration needs " + probe.getKey() + " for WebAssembly");
                skipped.add(commands.section());
                assumeTrue(false, "no " + probe.getKey() + " for WebAssembly here");
            }
        }
        Done done = shell(work, commands.shell());
        assertEquals(0, done.code(), done.err());
        assertEquals(commands.output(), done.out(), done.err());
    }

    private record Done(int code, String out, String err) {}

    private Done shell(Path work, String commands) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = shell.environment();
        Path javaTools = Path.of(System.getProperty("java.home"), "bin");
        environment.put("PATH", tools + ":" + javaTools + ":" + environment.get("PATH"));
        environment.put("FLOCKWORK_HOME", folder.resolve("home").toString());
        environment.put("FLOCKWORK_LIB", folder.resolve("lib").toString());
        Process process = shell.start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), commands);
        } finally {
            process.destroyForcibly();
        }
        return new Done(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
    }
}
