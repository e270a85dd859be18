package io.flockwork.coordinator;

import io.flockwork.sdk.identity.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the archive that a worker is installed from, and keeps it. */
final class Packing {
    private static final Logger LOG = LoggerFactory.getLogger(Packing.class);

    private final Path folder;
    private final Platform platform = Platform.ofThisMachine();

    /**
     * @param folder for this alone; made, for its owner only, when it is missing
     */
    Packing(Path folder) {
        this.folder = folder;
    }

    /** The archive of the running program, made now unless it has been made before. Blocks, for a minute perhaps. */
    Packed make() throws IOException, InterruptedException {
        Installation program = Installation.running();
        String version = program.version();
        OwnerOnly.folder(folder);
        Path archive = folder.resolve("flockwork-" + version + "-" + platform + ".tar.gz");
        clear(archive);
        if (!Files.exists(archive)) {
            long begun = System.nanoTime();
            pack(program, version, archive);
            LOG.info(
                    "made {}: {} MB in {} s",
                    archive.getFileName(),
                    Files.size(archive) >> 20,
                    (System.nanoTime() - begun) / 1_000_000_000);
        }
        return new Packed(archive, version, Installation.sha256(archive), platform);
    }

    private void pack(Installation program, String version, Path archive) throws IOException, InterruptedException {
        Path staging = Files.createTempDirectory(folder, ".new-");
        try {
            Path root = staging.resolve("flockwork-" + version);
            Path lib = Files.createDirectories(root.resolve("lib"));
            for (Path jar : program.jars()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
            Files.copy(program.launcher(), root.resolve("flockwork"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(program.license(), root.resolve("LICENSE"));
            try (InputStream script = Packing.class.getResourceAsStream("uninstall.sh")) {
                Files.copy(Objects.requireNonNull(script), root.resolve("uninstall.sh"));
            }
            RuntimeImage.make(root.resolve("runtime"));
            Path fresh = staging.resolve("archive");
            Tool.run(List.of("tar", "-czf", "" + fresh, "-C", "" + staging, "" + root.getFileName()));
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(staging);
        }
    }

    /** Removes earlier archives, and what a killed coordinator left half made. */
    private void clear(Path archive) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.equals(archive)).toList()) {
                delete(file);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
