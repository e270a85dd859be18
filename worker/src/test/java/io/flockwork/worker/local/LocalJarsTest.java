package io.flockwork.worker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.PublisherSignature;
import io.flockwork.sdk.job.JobType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar of job types is loaded as a worker would, when its publisher is trusted, or when its author names it. */
class LocalJarsTest {
    private static final String HELLO =
            """
            import io.flockwork.sdk.job.*;
            import io.flockwork.sdk.model.Recipe;
            import java.util.*;

            public final class Hello implements JobType {
                public String name() { return "hello"; }
                public String description() { return "greets"; }
                public List<Parameter> parameters() { return List.of(); }
                public Recipe recipe(Parameters parameters, Optional<Recipe> given) { return new Recipe.Range(0, 1); }
                public byte[] compute(UnitContext unit) { return "hello\\n".getBytes(); }
            }
            """;

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        Path source = Files.writeString(folder.resolve("Hello.java"), HELLO);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertEquals(0, compiled);
        jar = Files.createDirectories(folder.resolve("jobs")).resolve("hello.jar");
        Map<String, byte[]> entries = Map.of(
                "Hello.class",
                Files.readAllBytes(folder.resolve("Hello.class")),
                "META-INF/services/" + JobType.class.getName(),
                "Hello\n".getBytes(StandardCharsets.UTF_8));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    @Test
    void whoIsTrustedIsLoaded() throws IOException {
        NodeKeys publisher = NodeKeys.generate();
        PublisherSignature.sign(publisher, jar);
        assertEquals(
                "hello\n",
                Ran.locally(folder, "hello", "--trust", publisher.id()).text());
        Ran untrusted =
                Ran.locally(folder, "hello", "--trust", NodeKeys.generate().id());
        assertEquals(2, untrusted.code());
        assertTrue(
                untrusted.err().stream().anyMatch(line -> line.startsWith("there is no job type 'hello'")),
                untrusted.err()::toString);
    }

    @Test
    void anAuthorsOwnNeedsNoSignature() {
        assertEquals(2, Ran.locally(folder, "hello").code());
        assertEquals("hello\n", Ran.locally(folder, "hello", "--jar", jar).text());
    }
}
