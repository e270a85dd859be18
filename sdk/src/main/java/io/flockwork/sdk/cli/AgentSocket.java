package io.flockwork.sdk.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The way to an agent of this machine: a Unix domain socket, {@code control/socket} in its folder or where
 * {@code control/where} says. One line of JSON is answered by one.
 */
final class AgentSocket {
    private static final int PATIENCE_SECONDS = 10;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LONGEST_PATH = 4 << 10;

    private final Path dir;

    AgentSocket(Path dir) {
        this.dir = dir.toAbsolutePath();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws IOException with one sentence when no agent runs there, or it complains
     */
    Map<String, Object> ask(Map<String, Object> request) throws IOException {
        try (SocketChannel agent = open()) {
            Map<String, Object> answer = JSON.std.mapFrom(exchange(agent, Json.line(request) + "\n"));
            if (answer.containsKey("error")) {
                throw new IOException(String.valueOf(answer.get("error")));
            }
            return answer;
        }
    }

    private SocketChannel open() throws IOException {
        try {
            SocketChannel agent = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                agent.connect(UnixDomainSocketAddress.of(place()));
                return agent;
            } catch (IOException nobody) {
                agent.close();
                throw nobody;
            }
        } catch (IOException nobody) {
            throw new IOException("no worker runs in " + dir + ", or it is another user's", nobody);
        }
    }

    private Path place() throws IOException {
        Path where = dir.resolve("control").resolve("where");
        try {
            if (Files.size(where) > LONGEST_PATH) {
                throw new IOException(where + " is larger than it can be");
            }
            return Path.of(Files.readString(where));
        } catch (NoSuchFileException usual) {
            return dir.resolve("control").resolve("socket");
        }
    }

    /** Such sockets know no time-out, so a second thread reads and this one gives up. */
    private static byte[] exchange(SocketChannel agent, String line) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> sendAndRead(agent, line))
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw new IOException("the worker is there, but it does not answer", failed);
        }
    }

    private static byte[] sendAndRead(SocketChannel agent, String line) {
        try {
            ByteBuffer request = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (request.hasRemaining()) {
                agent.write(request);
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer chunk = ByteBuffer.allocate(16 << 10);
            while (agent.read(chunk.clear()) > 0) {
                answer.write(chunk.array(), 0, chunk.position());
                if (answer.size() > LONGEST_ANSWER) {
                    throw new IOException("an answer has at most " + LONGEST_ANSWER + " bytes");
                }
            }
            return answer.toByteArray();
        } catch (IOException broken) {
            throw new CompletionException(broken);
        }
    }
}
