package io.flockwork.worker.api;

import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes on their way to a caller: read a part at a time by threads that may block, no faster than they are taken. */
final class Download {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int PART_BYTES = 256 << 10;

    private final RoutingContext request;
    private final WorkerExecutor threads;
    private final InputStream bytes;

    private Download(RoutingContext request, WorkerExecutor threads, InputStream bytes) {
        this.request = request;
        this.threads = threads;
        this.bytes = bytes;
    }

    /** As a file to keep. */
    static void asFile(
            RoutingContext request, WorkerExecutor threads, InputStream bytes, OptionalLong size, String name) {
        HttpServerResponse response = request.response();
        response.putHeader("content-type", "application/octet-stream");
        response.putHeader("content-disposition", "attachment; filename=\"" + safe(name) + "\"");
        size.ifPresentOrElse(
                length -> response.putHeader("content-length", Long.toString(length)), () -> response.setChunked(true));
        new Download(request, threads, bytes).next();
    }

    /** The beginning, to be shown; what it is shown as is told by its first bytes, never by a name. */
    static void asPreview(RoutingContext request, WorkerExecutor threads, InputStream bytes) {
        threads.executeBlocking(
                        () -> {
                            try (bytes) {
                                return bytes.readNBytes(Preview.MOST_BYTES);
                            }
                        },
                        false)
                .onSuccess(start -> request.response()
                        .putHeader("content-type", Preview.mediaType(start))
                        .putHeader("content-disposition", "inline")
                        // Should it be opened by itself, it is nothing but a picture or a text.
                        .putHeader("content-security-policy", "default-src 'none'; sandbox")
                        .end(Buffer.buffer(start)))
                .onFailure(failure -> request.fail(ResultRoutes.unreadable(failure)));
    }

    /** Names come from submitters. */
    private static String safe(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String bounded = plain.substring(0, Math.min(plain.length(), 100));
        return bounded.startsWith(".") ? "_" + bounded.substring(1) : bounded;
    }

    private void next() {
        threads.executeBlocking(() -> bytes.readNBytes(PART_BYTES), false)
                .onSuccess(this::send)
                .onFailure(this::stop);
    }

    private void send(byte[] part) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            close();
        } else if (part.length == 0) {
            close();
            response.end();
        } else {
            response.write(Buffer.buffer(part)).onSuccess(sent -> next()).onFailure(this::stop);
        }
    }

    /** Who has half a file must not take it for the whole. */
    private void stop(Throwable failure) {
        LOG.debug("a download ended early: {}", failure.toString());
        close();
        if (request.response().headWritten()) {
            request.request().connection().close();
        } else {
            request.fail(ResultRoutes.unreadable(failure));
        }
    }

    /** That may read, so not on this thread. */
    private void close() {
        threads.executeBlocking(
                        () -> {
                            bytes.close();
                            return bytes;
                        },
                        false)
                .onFailure(none -> LOG.debug("a blob could not be closed: {}", none.toString()));
    }
}
