package io.flockwork.jobs.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;

/** The committed modules do what their sources say, and are what their sources compile to. */
class WasmExamplesTest {
    private static final Path SOURCES = Path.of("src/main/wasm");

    @ParameterizedTest
    @CsvSource({"0 100000, 9592", "0 0, 0", "3 4, 1", "1000000 1010000, 753"})
    void primesCountsItsRange(String range, String count) throws IOException {
        assertEquals(count + "\n", run("primes", range.split(" "), ""));
    }

    @Test
    void primesTakesItsRangeFromTheLastTwoArguments() throws IOException {
        assertEquals("4\n", run("primes", new String[] {"--verbose", "0", "10"}, ""));
    }

    @Test
    void squarePrintsALineForEachInteger() throws IOException {
        assertEquals("-2 4\n-1 1\n0 0\n1 1\n", run("square", new String[] {"-2", "2"}, ""));
    }

    @Test
    void upperCopiesItsInput() throws IOException {
        assertEquals("ABC äß\nZ", run("upper", new String[0], "aBc äß\nz"));
        assertEquals("", run("upper", new String[0], ""));
    }

    @Test
    void theSourcesCompileToTheCommittedModules(@TempDir Path folder) throws Exception {
        String compiler = Files.readString(SOURCES.resolve("COMPILER")).strip();
        String here = compilerHere();
        assumeTrue(here.equals(compiler), "the modules were built by " + compiler + "; here is " + here);
        assumeTrue(compiles(folder), "clang is here but lacks the C library for WASI");
        Process build = new ProcessBuilder(SOURCES.resolve("build.sh").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(build.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, build.waitFor(), said);
        List<Path> modules = committed();
        assertEquals(3, modules.size());
        for (Path module : modules) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve(module.getFileName())), Files.readAllBytes(module), said);
        }
    }

    private static boolean compiles(Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("empty.c"), "#include <stdio.h>\nint main(void) { return 0; }");
        Path module = folder.resolve("empty.module");
        return new ProcessBuilder("clang", "--target=wasm32-wasi", "-o", module.toString(), source.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<Path> committed() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".wasm")).toList();
        }
    }

    private static String compilerHere() throws InterruptedException {
        try {
            Process clang = new ProcessBuilder("clang", "--version").start();
            String version = new String(clang.getInputStream().readAllBytes(), UTF_8);
            clang.waitFor();
            return version.lines().findFirst().orElse("a clang without a version");
        } catch (IOException noClang) {
            return "no clang";
        }
    }

    private static String run(String name, String[] arguments, String input) throws IOException {
        List<String> argv = new ArrayList<>(List.of(name));
        argv.addAll(List.of(arguments));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        WasiOptions options = WasiOptions.builder()
                .withArguments(argv)
                .withStdin(new ByteArrayInputStream(input.getBytes(UTF_8)))
                .withStdout(output)
                .build();
        try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options).build()) {
            Instance instance = Instance.builder(Parser.parse(module(name)))
                    .withImportValues(ImportValues.builder()
                            .addFunction(wasi.toHostFunctions())
                            .build())
                    .withStart(false)
                    .build();
            instance.export("_start").apply();
        } catch (WasiExitException exit) {
            assertEquals(0, exit.exitCode());
        }
        return output.toString(UTF_8);
    }

    /** The module as others find it: on the class path. */
    private static byte[] module(String name) throws IOException {
        try (InputStream in = WasmExamplesTest.class.getResourceAsStream("/io/flockwork/jobs/wasm/" + name + ".wasm")) {
            assertTrue(in != null, name);
            return in.readAllBytes();
        }
    }
}
