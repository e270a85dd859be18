package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Runs the units of a WebAssembly module. */
final class WasmRuntime implements UnitRuntime {
    private static final String PROGRAM_NAME = "unit";

    private final WasmEngine engine;
    private final JobId job;
    private final Limits limits;
    private final boolean range;
    private final List<String> arguments;
    private final BlobId metered;
    private byte[] module;
    private WasmEngine.Program program;
    private IllegalArgumentException refusal;

    WasmRuntime(WasmEngine engine, Message.Define define, Code.Wasm code) {
        this.engine = engine;
        this.job = define.job();
        this.limits = define.limits();
        this.range = define.range();
        this.metered = code.metered();
        this.module = define.module();
        this.arguments = new ArrayList<>(List.of(PROGRAM_NAME));
        arguments.addAll(code.arguments());
    }

    @Override
    public synchronized void prepare() {
        if (module != null) {
            try {
                program = engine.load(MeteredModule.of(module, metered));
            } catch (IllegalArgumentException unfit) {
                refusal = unfit;
            }
            module = null;
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public Product run(UnitTask task, BoundedOutput stderr) {
        BoundedOutput stdout = BoundedOutput.endingAt(limits.outputBytes());
        WasmEngine.End end = program()
                .run(new WasmEngine.Call(
                        argumentsOf(task.span()),
                        task.input(),
                        task.inputName(),
                        seed(task.span()),
                        limits.memoryBytes(),
                        limits.fuel(),
                        stdout,
                        stderr));
        if (end.exitCode() != 0) {
            throw new UnitFailure("exit code " + end.exitCode());
        }
        return new Product(stdout.bytes(), end.fuel());
    }

    private synchronized WasmEngine.Program program() {
        return program;
    }

    private List<String> argumentsOf(Span span) {
        if (!range) {
            return arguments;
        }
        List<String> all = new ArrayList<>(arguments);
        all.add(Long.toString(span.from()));
        all.add(Long.toString(span.to()));
        return all;
    }

    /** The same for every copy of the unit, whoever runs it. */
    private long seed(Span span) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((job + " " + span).getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(sha256.digest()).getLong();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
