package io.flockwork.worker;

import io.flockwork.sdk.identity.PublisherSignature;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars of job types in a volunteer's folder that somebody has signed whom the volunteer trusts; no class of any other is loaded. */
final class TrustedJars {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedJars.class);

    private TrustedJars() {}

    /** @param publishers hashes of the keys that the volunteer trusts */
    static List<Path> in(Path folder, Set<NodeId> publishers) throws IOException {
        List<Path> trusted = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                        .sorted()
                        .filter(jar -> isTrusted(jar, publishers))
                        .forEach(trusted::add);
            }
        }
        return trusted;
    }

    private static boolean isTrusted(Path jar, Set<NodeId> publishers) {
        try {
            NodeId publisher = PublisherSignature.check(jar);
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
