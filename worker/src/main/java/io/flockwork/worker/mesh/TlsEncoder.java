package io.flockwork.worker.mesh;

import static com.hazelcast.internal.networking.HandlerStatus.BLOCKED;
import static com.hazelcast.internal.networking.HandlerStatus.CLEAN;
import static com.hazelcast.internal.networking.HandlerStatus.DIRTY;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Last of a channel's outbound handlers: encrypts the buffer of the handler before it straight into the one for the socket. */
final class TlsEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
    private static final int MOST_LAST_RECORDS = 8;

    private final TlsLink link;

    TlsEncoder(TlsLink link) {
        this.link = link;
        dst = ByteBuffer.allocate(TlsDecoder.BUFFER_BYTES).flip();
    }

    @Override
    public HandlerStatus onWrite() {
        dst.compact();
        try {
            return link.isEnding() ? end() : encode();
        } catch (SSLException refused) {
            link.fail(refused);
            return end();
        } finally {
            dst.flip();
        }
    }

    private HandlerStatus encode() throws SSLException {
        while (true) {
            HandshakeStatus status = link.status();
            switch (status) {
                case NEED_TASK -> {
                    link.compute();
                    return BLOCKED;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    link.wakeReader();
                    return BLOCKED;
                }
                case NEED_WRAP -> {
                    // TLS has something to say
                }
                default -> {
                    if (!link.isOpen()) {
                        return BLOCKED;
                    }
                    if (!src.hasRemaining()) {
                        return CLEAN;
                    }
                }
            }
            if (dst.remaining() < link.packetSize()) {
                return DIRTY;
            }
            if (link.wrap(src, dst).getStatus() == SSLEngineResult.Status.CLOSED) {
                link.end("the connection has ended");
                return end();
            }
            if (status == HandshakeStatus.NEED_WRAP) {
                link.wakeReader();
            }
        }
    }

    /** Drops what there was to say, and says the last word; what is written already goes first. */
    private HandlerStatus end() {
        src.position(src.limit());
        if (link.hasSaidLastWord()) {
            return CLEAN;
        }
        if (!link.isEngineSilent()) {
            lastWord();
        }
        if (dst.position() > 0) {
            return DIRTY;
        }
        link.sayLastWord();
        return CLEAN;
    }

    /** After a failed handshake the engine repeats the failure before it gives out the alert. */
    private void lastWord() {
        for (int record = 0; record < MOST_LAST_RECORDS && !link.isEngineSilent(); record++) {
            try {
                if (dst.remaining() < link.packetSize()) {
                    return;
                }
                link.wrap(src, dst);
            } catch (SSLException again) {
                continue;
            }
        }
    }
}
