package io.flockwork.coordinator;

import java.nio.file.Path;
import java.time.Clock;

/**
 * @param dir what the coordinator keeps: the grid's id, and where its cores were last
 * @param host where to listen: a name or address of this machine
 * @param port 1 to 65535, or 0 for any free one
 */
public record CoordinatorSettings(Path dir, String host, int port, Clock clock) {
    public CoordinatorSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host to listen on is empty");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
        }
    }
}
