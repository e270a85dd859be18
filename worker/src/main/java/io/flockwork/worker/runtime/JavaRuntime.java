package io.flockwork.worker.runtime;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Span;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;

/** Runs the units of a job type that the class path has. */
final class JavaRuntime implements UnitRuntime {
    private final JobType type;
    private final Parameters parameters;
    private final boolean range;
    private final int outputLimit;

    /** @throws IllegalArgumentException when there is no such type, or its parameters do not fit */
    JavaRuntime(Message.Define define, Code.Java code) {
        this.type = ServiceLoader.load(JobType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(code.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this worker knows no job type '" + code.type() + "'"));
        this.parameters = Parameters.of(type, code.parameters());
        this.range = define.range();
        this.outputLimit = define.limits().outputBytes();
    }

    @Override
    public Product run(UnitTask task, BoundedOutput stderr) throws Exception {
        byte[] result = type.compute(new Context(task, stderr));
        byte[] output = result == null ? null : type.normalForm(result);
        if (output == null) {
            throw new UnitFailure("job type '" + type.name() + "' gave no result");
        }
        if (output.length > outputLimit) {
            throw BoundedOutput.tooLong(outputLimit);
        }
        return new Product(output, 0);
    }

    private final class Context implements UnitContext {
        private final UnitTask task;
        private final BoundedOutput stderr;
        private PrintStream printer;

        Context(UnitTask task, BoundedOutput stderr) {
            this.task = task;
            this.stderr = stderr;
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }

        @Override
        public Span span() {
            return task.span();
        }

        @Override
        public byte[] input() {
            return range
                    ? (task.span().from() + " " + task.span().to() + "\n").getBytes(StandardCharsets.US_ASCII)
                    : task.input();
        }

        @Override
        public String inputName() {
            return task.inputName();
        }

        /** Made when first asked for: its buffers cost more than a tiny unit. */
        @Override
        public PrintStream stderr() {
            if (printer == null) {
                printer = new PrintStream(stderr, true, StandardCharsets.UTF_8);
            }
            return printer;
        }
    }
}
