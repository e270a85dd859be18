package io.flockwork.worker.api;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A caller that listens to server-sent events (HTML Living Standard, section 9.2). One that is slower than the news misses some of it,
 * and is told so. May be used by many threads.
 */
final class EventStream {
    private final HttpServerResponse response;
    /** The last piece that was not sent, because the caller had not taken what was sent before. */
    private String missed = "";

    private boolean over;

    private EventStream(HttpServerResponse response) {
        this.response = response;
    }

    static EventStream open(RoutingContext request) {
        HttpServerResponse response = request.response();
        response.setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                // Proxies are not to wait for more.
                .putHeader("x-accel-buffering", "no")
                .write("retry: 2000\n\n");
        return new EventStream(response);
    }

    /** An event as it is sent; {@code json} is one line. */
    static String event(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }

    /** Sends one or more events in one piece: each piece costs both ends a record of TLS and a call of the system. */
    synchronized void send(String events) {
        if (over || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            missed = events;
            return;
        }
        response.write(missed.isEmpty() ? events : event("reload", "{}") + events);
        missed = "";
    }

    /** So that neither end takes the other for dead. */
    synchronized void keepAlive() {
        if (!over && !response.closed() && !response.writeQueueFull()) {
            response.write(":\n\n");
        }
    }

    /** Nothing more comes; the last piece does, however slow the caller is. */
    synchronized void end() {
        if (!over && !response.closed()) {
            over = true;
            response.end(missed);
        }
    }

    /** Has {@code told} run when the caller has gone. */
    void whenGone(Runnable told) {
        response.closeHandler(gone -> told.run());
    }
}
