package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Node, for what its engine makes of a module. */
final class V8 implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final Process node;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private V8(Process node) {
        this.node = node;
        this.questions = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Skips the test where there is no node; continuous integration has to have one. */
    static V8 start() throws URISyntaxException {
        Path script = Path.of(V8.class.getResource("/wasm/v8.mjs").toURI());
        try {
            return new V8(new ProcessBuilder(List.of("node", script.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException noNode) {
            assertNull(System.getenv("CI"), "continuous integration needs node");
            assumeTrue(false, "no node here: " + noNode.getMessage());
            throw new IllegalStateException(noNode);
        }
    }

    String conduct(byte[] module, long fuel, List<Conduct.Call> calls) throws IOException {
        questions.write(Conduct.question(module, fuel, calls));
        questions.newLine();
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new EOFException("node has ended");
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        questions.close();
        node.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> {
            if (late != null) {
                node.destroyForcibly();
            }
        });
    }
}
