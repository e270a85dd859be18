package io.flockwork.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program, run to its end. */
final class Tool {
    private static final int MOST_TEXT = 4 << 10;
    private static final int PATIENCE_MINUTES = 5;

    private Tool() {}

    /**
     * Blocks until it has ended.
     *
     * @throws IOException with one sentence when it is not there or fails
     */
    static void run(List<String> command) throws IOException, InterruptedException {
        String name = Path.of(command.get(0)).getFileName().toString();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = said(process);
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(name + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(name + " failed: " + said);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** What it says first, in one line. */
    private static String said(Process process) throws IOException {
        try (InputStream in = process.getInputStream()) {
            byte[] first = in.readNBytes(MOST_TEXT);
            in.transferTo(OutputStream.nullOutputStream());
            return new String(first, StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cc}+", " ")
                    .strip();
        }
    }
}
