package io.flockwork.coordinator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /install.sh} and the archive that it fetches. Runs on one event loop, hence without locks. Anybody may
 * ask, so it answers a bounded number of times a second and sends a bounded number of archives at a time.
 */
final class InstallDesk {
    private static final Logger LOG = LoggerFactory.getLogger(InstallDesk.class);
    private static final int MOST_DOWNLOADS = 16;
    private static final int BURST = 50;
    private static final long NANOS_A_REQUEST = Duration.ofMillis(100).toNanos();
    /** Less than the server lets a connection idle. */
    private static final int PATIENCE_SECONDS = 45;

    private final Distribution distribution;
    private final String pin;
    private final LongSupplier nanoTime;
    private int downloads;
    /** When all that was asked so far is paid for, at the steady rate. */
    private long paidAt;

    /**
     * @param pin of the coordinator's public key, as {@link InstallScript} takes it
     */
    InstallDesk(Distribution distribution, String pin, LongSupplier nanoTime) {
        this.distribution = distribution;
        this.pin = pin;
        this.nanoTime = nanoTime;
        this.paidAt = nanoTime.getAsLong();
    }

    void mount(Router router) {
        router.route("/install.sh")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::script);
        router.route("/dist/:name")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::archive);
    }

    private void script(RoutingContext context) {
        if (tooMany()) {
            refuse(context, 429, "too many ask at once; try again in a minute");
            return;
        }
        InstallScript script = new InstallScript(askedAt(context.request()), pin);
        packed().map(packed -> filled(script, packed))
                .onSuccess(text -> send(context, text))
                .onFailure(trouble -> refuse(context, 503, why(trouble)));
    }

    /** A generic cell rate: one request in so long, or a burst after a quiet time. */
    private boolean tooMany() {
        long now = nanoTime.getAsLong();
        long next = Math.max(paidAt - now, 0) + NANOS_A_REQUEST;
        if (next > BURST * NANOS_A_REQUEST) {
            return true;
        }
        paidAt = now + next;
        return false;
    }

    /** Completes on the caller's event loop. */
    private Future<Packed> packed() {
        return Future.fromCompletionStage(
                distribution.packed().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS), Vertx.currentContext());
    }

    /** The coordinator by the name that led the asker here, which may not be the one it gives itself. */
    private static String askedAt(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            throw new IllegalArgumentException("a request names the host that it is for");
        }
        int usual = request.isSSL() ? 443 : 80;
        return (request.isSSL() ? "https://" : "http://") + authority.host() + ":"
                + (authority.port() > 0 ? authority.port() : usual);
    }

    private static String filled(InstallScript script, Packed packed) {
        try {
            return script.of(packed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void send(RoutingContext context, String text) {
        HttpServerResponse response = context.response().putHeader("content-type", "text/x-shellscript; charset=utf-8");
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(text);
        }
    }

    private void archive(RoutingContext context) {
        if (tooMany() || downloads >= MOST_DOWNLOADS) {
            refuse(context, 429, "too many download at once; try again in a minute");
            return;
        }
        packed().onSuccess(packed -> archive(context, packed)).onFailure(trouble -> refuse(context, 503, why(trouble)));
    }

    private void archive(RoutingContext context, Packed packed) {
        if (!packed.name().equals(context.pathParam("name"))) {
            context.fail(404);
            return;
        }
        HttpServerResponse response = context.response().putHeader("content-type", "application/gzip");
        if (context.request().method() == HttpMethod.HEAD) {
            response.putHeader("content-length", "" + packed.archive().toFile().length())
                    .end();
            return;
        }
        downloads++;
        response.sendFile(packed.archive().toString()).onComplete(sent -> {
            downloads--;
            if (sent.failed()) {
                LOG.debug("a download ended early: {}", sent.cause().toString());
            }
        });
    }

    private static String why(Throwable trouble) {
        if (trouble instanceof TimeoutException) {
            return "the distribution is being made; try again in a minute";
        }
        Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
        return "there is no distribution to install from: " + cause.getMessage();
    }

    private static void refuse(RoutingContext context, int status, String sentence) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "text/plain; charset=utf-8")
                    .end(sentence + "\n");
        }
    }
}
