package io.flockwork.worker.mesh;

import static com.hazelcast.internal.networking.HandlerStatus.BLOCKED;
import static com.hazelcast.internal.networking.HandlerStatus.CLEAN;
import static com.hazelcast.internal.networking.HandlerStatus.DIRTY;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * First of a channel's inbound handlers. Records are decrypted straight into the next handler's buffer where one fits there;
 * only the first few bytes of a connection, which Hazelcast reads three at a time, go through a buffer in between.
 */
final class TlsDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
    static final int BUFFER_BYTES = 64 << 10;

    private final TlsLink link;
    private ByteBuffer decrypted = ByteBuffer.allocate(0);

    TlsDecoder(TlsLink link) {
        this.link = link;
        src = ByteBuffer.allocate(BUFFER_BYTES);
    }

    @Override
    public HandlerStatus onRead() {
        src.flip();
        try {
            return link.isEnding() ? awaitLastWord() : decode();
        } catch (SSLException refused) {
            link.fail(refused);
            return ignore();
        } finally {
            src.compact();
        }
    }

    private HandlerStatus decode() throws SSLException {
        while (true) {
            if (handOn()) {
                return DIRTY;
            }
            switch (link.status()) {
                case NEED_TASK -> {
                    link.compute();
                    return BLOCKED;
                }
                case NEED_WRAP -> {
                    link.wakeWriter();
                    return BLOCKED;
                }
                default -> {
                    if (!src.hasRemaining()) {
                        return CLEAN;
                    }
                }
            }
            if (link.isEnding()) {
                return awaitLastWord();
            }
            if (isDirect() && dst.remaining() < link.applicationSize()) {
                return DIRTY;
            }
            SSLEngineResult result = link.unwrap(src, isDirect() ? dst : between());
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    return CLEAN;
                }
                case CLOSED -> {
                    link.end("the other side has said goodbye");
                    return hearLastWord();
                }
                default -> {
                    // there may be more
                }
            }
        }
    }

    /** True when the next handler has to make room first. */
    private boolean handOn() {
        if (decrypted.position() == 0) {
            return false;
        }
        decrypted.flip();
        int count = Math.min(decrypted.remaining(), dst.remaining());
        dst.put(decrypted.slice(decrypted.position(), count));
        decrypted.position(decrypted.position() + count);
        decrypted.compact();
        return decrypted.position() > 0;
    }

    private boolean isDirect() {
        return dst.capacity() >= 2 * link.applicationSize();
    }

    private ByteBuffer between() {
        if (decrypted.capacity() < link.applicationSize()) {
            decrypted = ByteBuffer.allocate(link.applicationSize());
        }
        return decrypted;
    }

    /** Nothing that still comes matters, but its end does. */
    private HandlerStatus awaitLastWord() {
        if (link.isDeaf()) {
            return ignore();
        }
        ByteBuffer ignored = ByteBuffer.allocate(src.hasRemaining() ? link.applicationSize() : 0);
        try {
            while (src.hasRemaining()) {
                SSLEngineResult result = link.unwrap(src, ignored.clear());
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    return CLEAN;
                }
                if (result.getStatus() == SSLEngineResult.Status.CLOSED || result.bytesConsumed() == 0) {
                    return hearLastWord();
                }
            }
            return CLEAN;
        } catch (SSLException meaningless) {
            return ignore();
        }
    }

    private HandlerStatus hearLastWord() {
        link.hearLastWord();
        return ignore();
    }

    private HandlerStatus ignore() {
        src.position(src.limit());
        return CLEAN;
    }
}
