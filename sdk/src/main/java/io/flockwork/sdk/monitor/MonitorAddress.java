package io.flockwork.sdk.monitor;

import io.flockwork.sdk.model.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where a node answers programs of its own machine. What is said there is said in the clear, so it stays on the machine. */
public final class MonitorAddress {
    private static final String LOOPBACK = "127.0.0.1";

    private MonitorAddress() {}

    /**
     * Reads {@code PORT} or {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException with one sentence when it is neither, or the host is not this machine's loopback
     */
    public static InetSocketAddress parse(String text) {
        Address address = Address.parse(text.matches("[0-9]{1,5}") ? LOOPBACK + ":" + text : text);
        try {
            InetAddress host = InetAddress.getByName(address.host());
            if (host.isLoopbackAddress()) {
                return new InetSocketAddress(host, address.port());
            }
        } catch (UnknownHostException nowhere) {
            throw new IllegalArgumentException("there is no host " + address.host(), nowhere);
        }
        throw new IllegalArgumentException(
                "metrics are served in the clear, so only on this machine (127.0.0.1:PORT or PORT), not on "
                        + address.host());
    }
}
