package io.flockwork.coordinator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Java runtime of only what Flockwork uses, made by {@code jlink} from the JDK that runs the coordinator. */
final class RuntimeImage {
    /**
     * What jdeps finds in our classes and our libraries' without what they never reach here (java.desktop, java.scripting),
     * and jdk.crypto.ec, which TLS finds at run time. A worker starts and runs its jobs with these; without java.sql, say,
     * Hazelcast does not start, because it names an exception of javax.transaction.
     */
    static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported");

    private RuntimeImage() {}

    /**
     * Makes it; takes some ten seconds.
     *
     * @throws IOException with one sentence when this Java cannot
     */
    static void make(Path target) throws IOException, InterruptedException {
        Path jdk = Path.of(System.getProperty("java.home"));
        Path jlink = jdk.resolve("bin").resolve("jlink");
        if (!Files.isExecutable(jlink) || !Files.isDirectory(jdk.resolve("jmods"))) {
            throw new IOException("the Java that runs the coordinator has no jlink with jmods;"
                    + " on Debian: apt-get install openjdk-17-jdk-headless");
        }
        // Uncompressed, for the archive is compressed as a whole, which makes it smaller and lets Java start sooner.
        Tool.run(List.of(
                jlink.toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-man-pages",
                "--no-header-files",
                "--compress=0",
                "--output",
                target.toString()));
    }
}
