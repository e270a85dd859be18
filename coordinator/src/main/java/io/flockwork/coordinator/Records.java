package io.flockwork.coordinator;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cores that were up last, on disk. The file is replaced whole. */
final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final String CORES = "cores";
    private static final long LONGEST_FILE = 1 << 20;

    private final Path dir;

    /** Makes the directory where there is none. */
    Records(Path dir) throws IOException {
        this.dir = Files.createDirectories(dir);
    }

    /** The remembered cores; a damaged line is left out, for they are only hints. */
    List<Core> cores() throws IOException {
        List<Core> cores = new ArrayList<>();
        for (String line : read(CORES)) {
            String[] parts = line.split(" ");
            try {
                cores.add(new Core(new NodeId(parts[0]), Address.parse(parts[1]), Address.parse(parts[2])));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
                LOG.warn("a damaged line in {} is ignored", dir.resolve(CORES));
            }
        }
        return cores;
    }

    void remember(List<Core> cores) throws IOException {
        replace(
                CORES,
                cores.stream()
                        .map(core -> core.id() + " " + core.gateway() + " " + core.mesh() + "\n")
                        .collect(Collectors.joining()));
    }

    private List<String> read(String name) throws IOException {
        Path file = dir.resolve(name);
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IOException(file + " is larger than it can be");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private void replace(String name, String content) throws IOException {
        Path fresh = dir.resolve(name + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
