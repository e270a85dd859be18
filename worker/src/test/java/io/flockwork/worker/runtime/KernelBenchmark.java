package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.wasm.Metering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ByteBufferMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/**
 * Prints how long kernels in C take: natively, where gcc is there, and as WebAssembly on each linear memory, at last
 * with their work counted. Each pair
 * has a JVM of its own, so that none spoils the other's call sites; the best of some rounds counts.
 */
final class KernelBenchmark {
    private static final List<String> KERNELS = List.of("nbody", "matmul", "sha256");
    private static final int ROUNDS = 5;

    private static final String METERED = "4 FlatMemory, work counted";

    private static final Map<String, Function<MemoryLimits, Memory>> MEMORIES = new TreeMap<>(Map.of(
            "1 default (ByteBufferMemory)",
            ByteBufferMemory::new,
            "2 ByteArrayMemory",
            ByteArrayMemory::new,
            "3 FlatMemory",
            KernelBenchmark::flat,
            METERED,
            KernelBenchmark::flat));

    private KernelBenchmark() {}

    private static Memory flat(MemoryLimits limits) {
        return new FlatMemory(limits.initialPages(), limits.maximumPages());
    }

    /** A result and the seconds it took. */
    record Run(String output, double seconds) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            Run best = best(args[0], MEMORIES.get(args[1]), args[1].equals(METERED));
            System.out.println(best.output + " " + best.seconds);
            return;
        }
        System.out.println("| kernel | runs as | seconds | times native |");
        System.out.println("|---|---|---:|---:|");
        for (String kernel : KERNELS) {
            Run natively = natively(kernel);
            print(kernel, "native (gcc -O2)", natively, natively);
            for (String memory : MEMORIES.keySet()) {
                print(kernel, memory.substring(2), fork(kernel, memory), natively);
            }
        }
    }

    private static void print(String kernel, String how, Run run, Run natively) {
        if (!run.output.equals(natively.output) && !natively.output.isEmpty()) {
            throw new IllegalStateException(
                    kernel + " as " + how + " gives " + run.output + ", not " + natively.output);
        }
        System.out.printf("| %s | %s | %.2f | %.1f |%n", kernel, how, run.seconds, run.seconds / natively.seconds);
    }

    private static Run natively(String kernel) throws IOException, InterruptedException {
        Path binary = Files.createTempFile("kernel", "");
        Path source = Files.createTempFile("kernel", ".c");
        try {
            Files.write(source, resource(kernel + ".c"));
            new ProcessBuilder("gcc", "-O2", "-ffp-contract=off", "-o", binary.toString(), source.toString(), "-lm")
                    .inheritIO()
                    .start()
                    .waitFor();
            Run best = new Run("", Double.MAX_VALUE);
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                String output = output(new ProcessBuilder(binary.toString()));
                best = better(best, new Run(output, (System.nanoTime() - start) / 1e9));
            }
            return best;
        } catch (IOException noCompiler) {
            System.err.println("no gcc: " + noCompiler.getMessage());
            return new Run("", Double.NaN);
        } finally {
            Files.deleteIfExists(binary);
            Files.deleteIfExists(source);
        }
    }

    private static Run fork(String kernel, String memory) throws IOException, InterruptedException {
        String[] words = output(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KernelBenchmark.class.getName(),
                        kernel,
                        memory))
                .split(" ");
        return new Run(words[0], Double.parseDouble(words[1]));
    }

    private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static Run best(String kernel, Function<MemoryLimits, Memory> memory, boolean metered) throws IOException {
        byte[] original = resource(kernel + ".wasm");
        WasmModule module = Parser.parse(metered ? Metering.rewrite(original) : original);
        Function<Instance, Machine> machines = MachineFactoryCompiler.compile(module);
        Run best = new Run("", Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            best = better(best, once(module, machines, memory, metered));
        }
        return best;
    }

    private static Run once(
            WasmModule module,
            Function<Instance, Machine> machines,
            Function<MemoryLimits, Memory> memory,
            boolean metered) {
        FuelTank tank = new FuelTank();
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        WasmEngine.Call call = new WasmEngine.Call(
                new ArrayList<>(List.of("kernel")), new byte[0], "", 1, 0, 0, stdout, OutputStream.nullOutputStream());
        long start = System.nanoTime();
        try (UnitWorld world = new UnitWorld(call, false, tank)) {
            Instance instance = Instance.builder(module)
                    .withMachineFactory(machines)
                    .withMemoryFactory(memory)
                    .withImportValues(world.imports(module))
                    .withStart(false)
                    .build();
            if (metered) {
                tank.fill(instance, Limits.MOST_FUEL);
            }
            instance.export("_start").apply();
        }
        return new Run(stdout.toString(StandardCharsets.UTF_8).strip(), (System.nanoTime() - start) / 1e9);
    }

    private static Run better(Run one, Run other) {
        return one.seconds <= other.seconds ? one : other;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = KernelBenchmark.class.getResourceAsStream("/kernels/" + name)) {
            return in.readAllBytes();
        }
    }
}
