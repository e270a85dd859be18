package io.flockwork.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The running program on disk, from which a distribution is made.
 *
 * @param launcher the script that starts it
 * @param license its licence
 * @param jars its whole class path
 */
record Installation(Path launcher, Path license, List<Path> jars) {
    private static final String BUILD = "/META-INF/maven/io.flockwork/flockwork-coordinator/pom.properties";
    private static final int HASH_CHARACTERS = 12;

    /**
     * @throws IOException with one sentence when it does not run from jars, by its launcher
     */
    static Installation running() throws IOException {
        String launcher = System.getProperty("flockwork.launcher");
        Path own = ownJar();
        if (launcher == null || !own.getFileName().toString().endsWith(".jar")) {
            throw new IOException("this coordinator was not started by the flockwork script");
        }
        Path script = Path.of(launcher);
        try (Stream<Path> files = Files.list(own.getParent())) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            return new Installation(script, script.resolveSibling("LICENSE"), jars);
        }
    }

    private static Path ownJar() throws IOException {
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException odd) {
            throw new IOException("this coordinator does not know where it runs from", odd);
        }
    }

    /** Its version, and a hash of all that is in it and of the Java that goes with it: two builds never share a name. */
    String version() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Installation.class.getResourceAsStream(BUILD)) {
            if (in != null) {
                build.load(in);
            }
        }
        return build.getProperty("version", "0") + "-" + hash().substring(0, HASH_CHARACTERS);
    }

    private String hash() throws IOException {
        MessageDigest digest = sha256();
        digest.update((Runtime.version() + " " + RuntimeImage.MODULES).getBytes(StandardCharsets.UTF_8));
        for (Path file :
                Stream.concat(Stream.of(launcher, license), jars.stream()).toList()) {
            digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            update(digest, file);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A file's SHA-256, in hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        update(digest, file);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
