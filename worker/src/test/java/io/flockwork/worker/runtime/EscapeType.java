package io.flockwork.worker.runtime;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries to get out of its runner. The first word of its input is the way, the rest where to; the answer is what came of
 * it, "no: " and the reason where that was nothing.
 */
public final class EscapeType implements JobType {
    private static final int CONNECT_MILLIS = 2000;
    private static final int CHUNK = 1 << 20;
    private static final long ENOUGH = 4L << 30;
    private static final int MANY = 100_000;

    @Override
    public String name() {
        return "escape";
    }

    @Override
    public String description() {
        return "tries to get out";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        return given.orElseThrow();
    }

    @Override
    public byte[] compute(UnitContext unit) {
        String[] words = new String(unit.input(), StandardCharsets.UTF_8).split(" ", 2);
        String answer;
        try {
            answer = attempt(words[0], words.length > 1 ? words[1] : "");
        } catch (Exception | OutOfMemoryError refused) {
            answer = "no: " + refused;
        }
        return answer.getBytes(StandardCharsets.UTF_8);
    }

    private static String attempt(String way, String where) throws Exception {
        return switch (way) {
            case "read" -> "read " + Files.readAllBytes(Path.of(where)).length + " bytes";
            case "list" -> list(Path.of(where)).toString();
            case "environment" -> environments();
            case "connect" -> connect(Integer.parseInt(where));
            case "start" -> start(where);
            case "write" -> "wrote " + Files.write(Path.of(where), new byte[1]);
            case "append" -> append(Files.newOutputStream(Path.of(where), StandardOpenOption.APPEND));
            case "shout" -> append(new FileOutputStream(FileDescriptor.err));
            case "fill" -> fill(Path.of(where));
            case "threads" -> threads();
            case "memory" -> memory();
            default -> where;
        };
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    /** What every process in sight was given. */
    private static String environments() throws IOException {
        StringBuilder found = new StringBuilder(System.getenv().keySet().toString());
        for (String process : list(Path.of("/proc"))) {
            if (process.matches("[0-9]+")) {
                found.append(' ').append(process).append(':');
                found.append(Files.readString(Path.of("/proc", process, "environ")));
            }
        }
        return found.toString();
    }

    private static String connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
            return "connected";
        }
    }

    /** Starts itself again, which is a program that it can see, in the way that is named. */
    private static String start(String mechanism) throws Exception {
        System.setProperty("jdk.lang.Process.launchMechanism", mechanism);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        IOException last = null;
        for (int i = 0; i < 100; i++) {
            try {
                return "started " + new ProcessBuilder(java, "-version").start().waitFor();
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }

    private static String append(OutputStream file) {
        long written = 0;
        try (file) {
            for (; written < ENOUGH; written += CHUNK) {
                file.write(new byte[CHUNK]);
            }
        } catch (IOException full) {
            return "no: " + full.getMessage() + " after " + (written >> 20) + " MiB";
        }
        return "wrote " + written;
    }

    private static String fill(Path folder) {
        long written = 0;
        try {
            for (; written < ENOUGH; written += CHUNK) {
                Files.write(folder.resolve("fill-" + written), new byte[CHUNK]);
            }
        } catch (IOException full) {
            return "no: " + full.getMessage() + " after " + (written >> 20) + " MiB";
        }
        return "wrote " + written;
    }

    private static String threads() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < MANY; i++) {
            Thread thread = new Thread(() -> {
                try {
                    never.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        return "started " + MANY;
    }

    /** Memory that the JVM does not count, by a door that is open to every Java program. */
    private static String memory() throws Exception {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        var field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        var allocate = type.getMethod("allocateMemory", long.class);
        var set = type.getMethod("setMemory", long.class, long.class, byte.class);
        List<Object> kept = new ArrayList<>();
        for (long taken = 0; taken < ENOUGH; taken += CHUNK) {
            Object address = allocate.invoke(unsafe, (long) CHUNK);
            set.invoke(unsafe, address, (long) CHUNK, (byte) 1);
            kept.add(address);
        }
        return "took " + kept.size() + " MiB";
    }
}
