package io.flockwork.coordinator;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.cli.MonitorOptions;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flockwork coordinator}: runs until it is told to stop. */
@CommandLine.Command(
        name = "coordinator",
        description = "Start a grid: let machines in, and core workers find each other.")
public final class CoordinatorCommand implements Command {
    @Mixin
    private FolderOption folder;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "7700", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description =
                    "A name or address of this machine to listen on, by which others reach it; 0.0.0.0 for all of them"
                            + " (default: ${DEFAULT-VALUE}).")
    private String host;

    @Mixin
    private MonitorOptions monitoring;

    @Spec
    private CommandSpec spec;

    /** For the command line. */
    public CoordinatorCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<InetSocketAddress> metrics = monitoring.metrics();
        monitoring.applyToLog();
        Address listen = new Address(host, port == 0 ? freePort() : port);
        Address address = new Address(reachable(host), listen.port());
        CoordinatorSettings settings =
                new CoordinatorSettings(folder.path(), listen, address, Clock.systemUTC(), metrics);
        try (Coordinator coordinator = Coordinator.start(settings)) {
            spec.commandLine()
                    .getOut()
                    .println("coordinator of grid " + coordinator.grid().brief() + " listening on "
                            + coordinator.address());
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** For the wildcard, the address that leads out of this machine: a datagram socket finds it without sending anything. */
    private static String reachable(String host) throws IOException {
        try {
            if (!InetAddress.getByName(host).isAnyLocalAddress()) {
                return host;
            }
        } catch (UnknownHostException nowhere) {
            throw new IOException("there is no host " + host, nowhere);
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 9));
            return socket.getLocalAddress().getHostAddress();
        }
    }
}
