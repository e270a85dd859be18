package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file by which a core finds its mesh without the coordinator: the grid's id, then a line for each address where another
 * core was met, the latest first.
 */
final class RememberedCores {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedCores.class);
    private static final int MOST = 32;
    private static final long LONGEST_FILE = 64 << 10;

    private final Path file;
    private List<Address> written = List.of();

    RememberedCores(Path file) {
        this.file = file;
    }

    /** The grid and where its cores were. */
    record Memory(NodeId grid, List<Address> cores) {}

    /** What is remembered, or empty when nothing useful is. */
    Optional<Memory> load() {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IOException("it is larger than it can be");
            }
            List<String> lines = Files.readAllLines(file);
            NodeId grid = new NodeId(lines.isEmpty() ? "" : lines.get(0));
            List<Address> cores = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                cores.add(Address.parse(line));
            }
            written = List.copyOf(cores);
            return Optional.of(new Memory(grid, written));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException damaged) {
            LOG.warn("{} is of no use: {}", file, damaged.getMessage());
            return Optional.empty();
        }
    }

    /** Puts these first; the file is replaced whole, and only when something changed. */
    void remember(NodeId grid, Collection<Address> met) throws IOException {
        Set<Address> latestFirst = new LinkedHashSet<>(met);
        latestFirst.addAll(written);
        List<Address> cores = latestFirst.stream().limit(MOST).toList();
        if (cores.equals(written) && Files.exists(file)) {
            return;
        }
        StringBuilder text = new StringBuilder(grid.value()).append('\n');
        cores.forEach(core -> text.append(core).append('\n'));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = cores;
    }
}
