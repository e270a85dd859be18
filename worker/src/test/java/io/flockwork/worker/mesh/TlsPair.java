package io.flockwork.worker.mesh;

import com.hazelcast.internal.networking.HandlerStatus;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Two ends of a connection, handlers only; the bytes between them come in pieces of any size. */
final class TlsPair {
    private static final int MOST_ROUNDS = 2_000_000;

    final End dialling;
    final End accepting;

    /** @param room of the buffers that receive what has been decrypted, bytes */
    TlsPair(GridTls one, GridTls other, int room) throws SSLException {
        dialling = new End(one, true, room);
        accepting = new End(other, false, room);
    }

    /** @param piece how many of the bytes on their way arrive at once, at most all, at least one */
    void run(IntUnaryOperator piece) {
        int quiet = 0;
        for (int round = 0; round < MOST_ROUNDS && quiet < 3; round++) {
            boolean moved = dialling.write() | accepting.write();
            moved |= dialling.carryTo(accepting, piece) | accepting.carryTo(dialling, piece);
            quiet = moved ? 0 : quiet + 1;
        }
        if (quiet < 3) {
            throw new IllegalStateException("the ends are not done after " + MOST_ROUNDS + " rounds");
        }
    }

    static final class End implements TlsLink.Wire {
        final TlsLink link;
        private final TlsDecoder decoder;
        private final TlsEncoder encoder;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private ByteBuffer onItsWay = ByteBuffer.allocate(0);
        String ending = "";
        boolean ended;

        private End(GridTls tls, boolean dials, int room) throws SSLException {
            SSLEngine engine = tls.context(EnumSet.of(Role.CORE)).createSSLEngine();
            engine.setEnabledProtocols(new String[] {GridTls.PROTOCOL});
            engine.setUseClientMode(dials);
            engine.setNeedClientAuth(!dials);
            link = new TlsLink(engine, Runnable::run, this);
            link.begin();
            decoder = new TlsDecoder(link);
            decoder.dst(ByteBuffer.allocate(room));
            encoder = new TlsEncoder(link);
            encoder.src(ByteBuffer.allocate(0));
        }

        void say(byte[] bytes) {
            encoder.src(ByteBuffer.wrap(bytes));
        }

        byte[] heard() {
            return received.toByteArray();
        }

        /** All that has left this end, as the network sees it. */
        byte[] wire() {
            return sent.toByteArray();
        }

        boolean write() {
            if (onItsWay.hasRemaining()) {
                return false;
            }
            encoder.onWrite();
            ByteBuffer out = encoder.dst();
            onItsWay = ByteBuffer.allocate(out.remaining()).put(out).flip();
            sent.writeBytes(onItsWay.array());
            return onItsWay.hasRemaining();
        }

        /** Loses what is on its way. */
        void forget() {
            onItsWay = ByteBuffer.allocate(0);
        }

        private boolean carryTo(End other, IntUnaryOperator piece) {
            int there = onItsWay.remaining();
            int count = there == 0 ? 0 : Math.max(1, Math.min(there, piece.applyAsInt(there)));
            byte[] bytes = new byte[count];
            onItsWay.get(bytes);
            other.read(bytes);
            return count > 0;
        }

        /** As Hazelcast's pipeline does: the handlers again and again while one of them is not done. */
        void read(byte[] bytes) {
            decoder.src().put(bytes);
            HandlerStatus status;
            do {
                status = decoder.onRead();
                ByteBuffer plain = decoder.dst().flip();
                received.write(plain.array(), 0, plain.limit());
                plain.clear();
            } while (status == HandlerStatus.DIRTY);
        }

        @Override
        public void wakeReader() {
            // run() comes by
        }

        @Override
        public void wakeWriter() {
            // run() comes by
        }

        @Override
        public void opened(TlsLink opened) {
            // the link says so
        }

        @Override
        public void ending(TlsLink same, String reason) {
            ending = reason;
        }

        @Override
        public void silent(TlsLink same) {
            // the pair has no sockets
        }

        @Override
        public void ended(TlsLink same) {
            ended = true;
        }
    }
}
