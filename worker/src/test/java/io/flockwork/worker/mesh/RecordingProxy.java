package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on between two members, and keeps them all. */
final class RecordingProxy implements AutoCloseable {
    private final Address target;
    private final ServerSocket listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    RecordingProxy(Address target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    Address address() {
        return new Address("127.0.0.1", listening.getLocalPort());
    }

    byte[] recorded() {
        synchronized (seen) {
            return seen.toByteArray();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket caller = listening.accept();
            Socket called = new Socket(target.host(), target.port());
            sockets.addAll(List.of(caller, called));
            start(() -> pass(caller, called));
            start(() -> pass(called, caller));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[16 << 10];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            synchronized (seen) {
                seen.write(buffer, 0, count);
            }
            out.write(buffer, 0, count);
        }
        to.shutdownOutput();
    }

    private interface Passing {
        void run() throws IOException;
    }

    private static void start(Passing passing) {
        Thread thread = new Thread(
                () -> {
                    try {
                        passing.run();
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
