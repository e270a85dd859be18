package io.flockwork.sdk.serve;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.util.List;

/** Vert.x's usual transport, with a say in who comes in: its servers tell of connections only when those have shaken hands. */
final class DoorTransport extends NioTransport implements Transport {
    private final Doorway doorway;

    DoorTransport(Doorway doorway) {
        this.doorway = doorway;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return () -> new Listening(doorway);
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    /** A port. Whoever finds no room is hung up on before anything is allotted to it. */
    private static final class Listening extends NioServerSocketChannel {
        private final Doorway doorway;

        Listening(Doorway doorway) {
            this.doorway = doorway;
        }

        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int read = super.doReadMessages(accepted);
            // One at a time, the last.
            if (read == 1
                    && accepted.get(accepted.size() - 1) instanceof Channel channel
                    && !doorway.arrives(channel)) {
                accepted.remove(accepted.size() - 1);
                channel.unsafe().closeForcibly();
            }
            return read;
        }
    }
}
