package io.flockwork.worker.runtime;

import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.identity.PublisherSignature;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of job types in a volunteer's folder that somebody has signed whom the volunteer trusts; no class of any other is loaded.
 *
 * @param publishers hashes of the keys that the volunteer trusts
 */
public record TrustedJars(Path folder, Set<NodeId> publishers) {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedJars.class);

    /** Loads none. */
    public static TrustedJars none() {
        return new TrustedJars(Path.of("jobs"), Set.of());
    }

    /**
     * Copies of the trusted ones in a folder that is the worker's alone. They are checked there, so that what is loaded is what was
     * checked, whatever becomes of the originals meanwhile.
     */
    public List<Path> copiedTo(Path own) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        clear(OwnerOnly.folder(own));
        List<Path> trusted = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            for (Path jar : jars) {
                Path copy = own.resolve(jar.getFileName());
                if (isTrusted(jar, copy)) {
                    trusted.add(copy);
                } else {
                    Files.deleteIfExists(copy);
                }
            }
        }
        return trusted;
    }

    private static void clear(Path own) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(own)) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
    }

    private boolean isTrusted(Path jar, Path copy) {
        try {
            Files.copy(jar, copy);
            if (Files.exists(PublisherSignature.fileOf(jar))) {
                Files.copy(PublisherSignature.fileOf(jar), PublisherSignature.fileOf(copy));
            }
            NodeId publisher = PublisherSignature.check(copy);
            if (publishers.contains(publisher)) {
                return true;
            }
            LOG.warn("{} is not loaded: its publisher is not trusted here (--trust {})", jar, publisher);
        } catch (IOException unsigned) {
            LOG.warn("{} is not loaded: {}", jar, unsigned.getMessage());
        }
        return false;
    }
}
