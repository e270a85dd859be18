package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cores of one grid that were last seen, in a small file with one address a line. */
final class CoreMemory {
    private static final Logger LOG = LoggerFactory.getLogger(CoreMemory.class);
    private static final int MAX_BYTES = 64 << 10;

    private final Path file;

    private CoreMemory(Path file) {
        this.file = file;
    }

    /** Each grid has a file of its own. */
    static CoreMemory of(NodeId grid, Path home) {
        return new CoreMemory(home.resolve("cores").resolve(grid.value().substring(0, 16)));
    }

    /** A node's memory is a file in its own folder. */
    static CoreMemory in(Path file) {
        return new CoreMemory(file.toAbsolutePath());
    }

    /** The cores remembered; none when there is nothing, or nothing readable. */
    List<Address> recall() {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            return text.lines().map(Address::parse).toList();
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("the cores remembered in {} cannot be read: {}", file, unreadable.toString());
            return List.of();
        }
    }

    /** Replaces what is remembered. A grid can be used without memory, so trouble is only logged. */
    void keep(List<Address> cores) {
        String text = cores.stream().map(core -> core + "\n").collect(Collectors.joining());
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "cores", "");
            try {
                Files.writeString(fresh, text);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException unwritable) {
            LOG.warn("the grid's cores cannot be remembered in {}: {}", file, unwritable.toString());
        }
    }
}
