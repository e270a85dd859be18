package io.flockwork.worker;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/** Finds where a worker can listen, and keeps others away from there until it does. */
final class Ports {
    private static final int TRIES = 200;
    private static final int MOST = 65_535;

    private final String host;
    private final int beside;

    Ports(String host) {
        this(host, 0);
    }

    /**
     * @param beside a search passes over ports where the one so far above is taken: it is a worker's that has just let go of its
     *     reserved one to listen there
     */
    Ports(String host, int beside) {
        this.host = host;
        this.beside = beside;
    }

    /** A port that nobody else can take until this is closed. */
    record Reserved(ServerSocket socket) implements AutoCloseable {
        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** The wanted port, else the one used last time if it is still free, else the first free one from {@code first}. */
    Reserved reserve(OptionalInt wanted, OptionalInt lastTime, int first) throws IOException {
        if (wanted.isPresent()) {
            return reserve(wanted.getAsInt());
        }
        if (lastTime.isPresent()) {
            try {
                return reserve(lastTime.getAsInt());
            } catch (IOException takenMeanwhile) {
                return firstFree(first, takenMeanwhile);
            }
        }
        return firstFree(first, null);
    }

    private Reserved firstFree(int first, IOException reason) throws IOException {
        IOException last = reason;
        int start = first + TRIES <= MOST ? first : first - 2 * TRIES;
        for (int port = start; port < start + TRIES; port++) {
            try {
                if (beside > 0) {
                    reserve(port + beside).close();
                }
                return reserve(port);
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    private Reserved reserve(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return new Reserved(socket);
        } catch (IOException | IllegalArgumentException taken) {
            socket.close();
            throw new IOException("cannot listen on " + host + ":" + port + ": " + taken.getMessage(), taken);
        }
    }

    /** The address of this machine from which packets to {@code host} leave. Nothing is sent. */
    static String localAddressTowards(String host) throws IOException {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(InetAddress.getByName(host), 9);
            return probe.getLocalAddress().getHostAddress();
        }
    }
}
