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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
    private static final int PORTS_BETWEEN = 43;

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

    @Option(
            names = "--public",
            description = "Let anybody look at the grid in a browser; acts and results still need a login.")
    private boolean isOpen;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "A certificate that browsers trust, with its chain (PEM): the dashboard then has a port of its own.")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM, PKCS #8).")
    private Path key;

    @Option(
            names = "--web-port",
            paramLabel = "P",
            description = "The port of the dashboard with --tls-cert (43 above --port).")
    private Integer webPort;

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
        CoordinatorSettings settings = new CoordinatorSettings(
                folder.path(), listen, address, people(listen.port()), isOpen, Clock.systemUTC(), metrics);
        try (Coordinator coordinator = Coordinator.start(settings)) {
            spec.commandLine()
                    .getOut()
                    .println("coordinator of grid " + coordinator.grid().brief() + " listening on "
                            + coordinator.address());
            settings.people()
                    .ifPresent(people ->
                            spec.commandLine().getOut().println("dashboard for browsers on port " + people.port()));
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Optional<CoordinatorSettings.People> people(int membersPort) throws IOException {
        if (certificate == null && key == null && webPort == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new IllegalArgumentException("--tls-cert and --tls-key go together, and --web-port needs both");
        }
        for (Path file : List.of(certificate, key)) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("cannot read " + file);
            }
        }
        CertificatePair.check(certificate, key);
        int port = webPort == null ? membersPort + PORTS_BETWEEN : webPort;
        return Optional.of(new CoordinatorSettings.People(port, certificate, key));
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
