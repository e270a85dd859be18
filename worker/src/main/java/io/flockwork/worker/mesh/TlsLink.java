package io.flockwork.worker.mesh;

import io.flockwork.sdk.identity.Peer;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One connection's TLS (RFC 8446), which its two handlers share: {@link TlsDecoder} on Hazelcast's reading thread and
 * {@link TlsEncoder} on whichever thread writes. The engine locks itself; what is slow in a handshake runs elsewhere.
 */
final class TlsLink {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Where the connection lives. Called on any thread; must not block. */
    interface Wire {
        void wakeReader();

        void wakeWriter();

        /** The other end has shown who it is. */
        void opened(TlsLink link);

        /** The connection is to end, and may do so when it has passed on its last word. */
        void ending(TlsLink link, String reason);

        /** The last word is on its way. */
        void silent(TlsLink link);

        /** The last word is on its way, and the other end has said its own. */
        void ended(TlsLink link);
    }

    private enum Phase {
        HANDSHAKE,
        OPEN,
        /** Says nothing but a last word; hears nothing but the other end's. */
        ENDING
    }

    private final SSLEngine engine;
    private final Executor crypto;
    private final Wire wire;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.HANDSHAKE);
    private volatile Peer peer;
    private volatile boolean heardLastWord;
    private volatile boolean saidLastWord;
    private volatile boolean failed;

    /** @param crypto runs the handshake's computations, one at a time for each link */
    TlsLink(SSLEngine engine, Executor crypto, Wire wire) {
        this.engine = engine;
        this.crypto = crypto;
        this.wire = wire;
    }

    /** To be called once, before any handler. */
    void begin() throws SSLException {
        engine.beginHandshake();
    }

    /** Who is at the other end; empty before the handshake is over. */
    Optional<Peer> peer() {
        return Optional.ofNullable(peer);
    }

    boolean isOpen() {
        return phase.get() == Phase.OPEN;
    }

    boolean isEnding() {
        return phase.get() == Phase.ENDING;
    }

    int packetSize() {
        return engine.getSession().getPacketBufferSize();
    }

    int applicationSize() {
        return engine.getSession().getApplicationBufferSize();
    }

    HandshakeStatus status() {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NOT_HANDSHAKING && phase.get() == Phase.HANDSHAKE) {
            open();
        }
        return status;
    }

    private void open() {
        try {
            peer = Peer.of(engine.getSession());
        } catch (CertificateException nobody) {
            end(nobody.getMessage());
            return;
        }
        if (phase.compareAndSet(Phase.HANDSHAKE, Phase.OPEN)) {
            wire.opened(this);
            wakeBoth();
        }
    }

    SSLEngineResult unwrap(ByteBuffer from, ByteBuffer to) throws SSLException {
        return engine.unwrap(from, to);
    }

    /** Encrypts {@code from} when the link is open, and otherwise only what TLS itself has to say. */
    SSLEngineResult wrap(ByteBuffer from, ByteBuffer to) throws SSLException {
        return engine.wrap(isOpen() ? from : NOTHING.duplicate(), to);
    }

    /** Has the engine's next computation done elsewhere; both handlers are woken afterwards. */
    void compute() {
        Runnable task = engine.getDelegatedTask();
        if (task == null) {
            return;
        }
        try {
            crypto.execute(() -> {
                task.run();
                wakeBoth();
            });
        } catch (RejectedExecutionException leaving) {
            end("this core is leaving");
        }
    }

    private void wakeBoth() {
        wire.wakeReader();
        wire.wakeWriter();
    }

    void wakeReader() {
        wire.wakeReader();
    }

    void wakeWriter() {
        wire.wakeWriter();
    }

    /** Ends the connection because of what the other end did, or was. */
    void fail(SSLException failure) {
        failed = true;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                end(String.valueOf(cause.getMessage()));
                return;
            }
        }
        String what = String.valueOf(failure.getMessage());
        end(
                what.startsWith("Received fatal alert")
                        ? "it refuses us (" + what + ")"
                        : "it does not speak our TLS (" + what + ")");
    }

    /** Ends the connection in good order: our last word, an alert or {@code close_notify}, goes out, and nothing after it. */
    void end(String reason) {
        if (phase.getAndSet(Phase.ENDING) == Phase.ENDING) {
            return;
        }
        engine.closeOutbound();
        wire.ending(this, reason);
        wakeBoth();
    }

    /** The other end, or we, did not like what was said; there will be no answer to our last word. */
    boolean hasFailed() {
        return failed;
    }

    /** The other end says {@code close_notify}. */
    void hearLastWord() {
        heardLastWord = true;
        endedWhenSilent();
    }

    /** Ours has been handed to the network. */
    void sayLastWord() {
        saidLastWord = true;
        wire.silent(this);
        endedWhenSilent();
    }

    boolean hasSaidLastWord() {
        return saidLastWord;
    }

    boolean isEngineSilent() {
        return engine.isOutboundDone();
    }

    /** Nothing more can be understood. */
    boolean isDeaf() {
        return engine.isInboundDone();
    }

    private void endedWhenSilent() {
        if (heardLastWord && saidLastWord) {
            wire.ended(this);
        }
    }
}
