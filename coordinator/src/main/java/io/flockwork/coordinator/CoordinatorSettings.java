package io.flockwork.coordinator;

import io.flockwork.sdk.model.Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * @param dir what the coordinator keeps: the grid's authority, its members and invitations, and where its cores were last
 * @param listen where to listen: a name or address of this machine
 * @param address what others call it, as join links say it
 * @param metrics where programs of this machine are answered that watch over it
 */
public record CoordinatorSettings(
        Path dir, Address listen, Address address, Clock clock, Optional<InetSocketAddress> metrics) {
    /** A coordinator that is called by the name of what it listens on. */
    public CoordinatorSettings(Path dir, Address listen, Clock clock) {
        this(dir, listen, listen, clock, Optional.empty());
    }
}
