package io.flockwork.sdk.serve;

import io.netty.channel.Channel;

/** One connection, from its first byte to its last. Safe for use by many threads. */
final class Guest {
    private static final long NEVER = Long.MAX_VALUE;

    private final String address;
    private final Channel channel;
    private boolean stranger = true;
    private long dueNanos = NEVER;

    Guest(String address, Channel channel) {
        this.address = address;
        this.channel = channel;
    }

    String address() {
        return address;
    }

    synchronized boolean isStranger() {
        return stranger;
    }

    /** True the first time. */
    synchronized boolean settle() {
        boolean was = stranger;
        stranger = false;
        return was;
    }

    /** What is awaited must have come by then. */
    synchronized void expect(long nanos) {
        dueNanos = nanos;
    }

    /** Nothing is awaited, or it may take its time. */
    synchronized void expectNothing() {
        dueNanos = NEVER;
    }

    synchronized boolean isLate(long nowNanos) {
        return dueNanos != NEVER && nowNanos - dueNanos > 0;
    }

    void whenGone(Runnable told) {
        channel.closeFuture().addListener(closed -> told.run());
    }

    /** Not by way of the channel's handlers, which would wait for the other end to agree. */
    void hangUp() {
        if (channel.eventLoop().inEventLoop()) {
            channel.unsafe().close(channel.voidPromise());
        } else {
            channel.eventLoop().execute(this::hangUp);
        }
    }
}
