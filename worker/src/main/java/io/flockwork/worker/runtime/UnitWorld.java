package io.flockwork.worker.runtime;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;

/**
 * All that one unit can see: its arguments, its input, a root directory in memory, a clock and random numbers of its own.
 * Nothing of the host, and the same for every copy of the unit.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/v0.2.1/legacy/preview1/docs.md">WASI preview 1</a>
 */
final class UnitWorld implements AutoCloseable {
    static final String MODULE = "wasi_snapshot_preview1";

    /** The functions that a module may import, with their types. */
    static final Map<String, FunctionType> FUNCTIONS = Arrays.stream(
                    WasiPreview1.builder().build().toHostFunctions())
            .filter(function -> !function.name().startsWith("adapter_"))
            .collect(Collectors.toUnmodifiableMap(ImportFunction::name, ImportFunction::functionType));

    private static final String ROOT = "/";

    /** The root directory may hold its input and, beside that, this part of the unit's memory limit. */
    private static final int FILES_SHARE = 4;

    private final StepClock clock = new StepClock();
    private final WasiOverrides overrides = new WasiOverrides(clock);
    private final WasiFuel fuel;
    private final FileSystem files;
    private final WasiPreview1 wasi;

    /** @param tank pays for what the unit asks of this world */
    UnitWorld(WasmEngine.Call call, boolean usesFiles, FuelTank tank) {
        this.fuel = new WasiFuel(tank);
        this.files = usesFiles ? directory(call) : null;
        WasiOptions.Builder options = WasiOptions.builder()
                .withArguments(call.arguments())
                .withStdin(new ByteArrayInputStream(call.input()), false)
                .withStdout(call.stdout(), false)
                .withStderr(call.stderr(), false)
                .withRandom(new Random(call.seed()))
                .withClock(clock);
        if (usesFiles) {
            options.withDirectory(ROOT, files.getPath(ROOT));
        }
        this.wasi = WasiPreview1.builder().withOptions(options.build()).build();
    }

    /** True when the module can reach a file at all. */
    static boolean usesFiles(WasmModule module) {
        return module.importSection().stream().anyMatch(wanted -> wanted.name().startsWith("path_"));
    }

    /** The functions that this module imports. */
    ImportValues imports(WasmModule module) {
        Map<String, HostFunction> all = new HashMap<>();
        for (HostFunction function : wasi.toHostFunctions()) {
            all.put(function.name(), function);
        }
        List<ImportFunction> wanted = module.importSection().stream()
                .<ImportFunction>map(imported -> fuel.count(overrides.replace(all.get(imported.name()))))
                .toList();
        return ImportValues.builder().withFunctions(wanted).build();
    }

    private FileSystem directory(WasmEngine.Call call) {
        FileSystem created = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setWorkingDirectory(ROOT)
                .setAttributeViews("unix")
                .setMaxSize(call.memoryBytes() / FILES_SHARE + 2L * call.input().length)
                .setMaxCacheSize(0)
                .setFileTimeSource(() -> FileTime.from(clock.instant()))
                .build());
        if (!call.inputName().isEmpty()) {
            write(created.getPath(ROOT).resolve(fileName(call.inputName())), call.input());
        }
        return created;
    }

    private static String fileName(String name) {
        return name.equals(".") || name.equals("..")
                ? "_"
                : name.replace('/', '_').replace('\0', '_');
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException cannotBe) {
            throw new UncheckedIOException(cannotBe);
        }
    }

    @Override
    public void close() {
        wasi.close();
        if (files != null) {
            try {
                files.close();
            } catch (IOException cannotBe) {
                throw new UncheckedIOException(cannotBe);
            }
        }
    }
}
