package io.flockwork.sdk.wire;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;

/** Opens one WebSocket (RFC 6455, section 4.2.2), and from then on neither reads nor says anything. */
final class DeafCore implements AutoCloseable {
    private static final String KEY = "sec-websocket-key:";

    private final ServerSocket server;
    private volatile Socket socket;

    DeafCore() throws IOException {
        server = TestMembers.of(Role.CORE)
                .context(EnumSet.allOf(Role.class))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread greeter = new Thread(this::greet, "deaf-core");
        greeter.setDaemon(true);
        greeter.start();
    }

    Address address() {
        return new Address("127.0.0.1", server.getLocalPort());
    }

    private void greet() {
        try {
            socket = server.accept();
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String key = "";
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                key = line.toLowerCase().startsWith(KEY)
                        ? line.substring(KEY.length()).strip()
                        : key;
            }
            String greeting = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String accept(String key) throws NoSuchAlgorithmException {
        byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (socket != null) {
            socket.close();
        }
    }
}
