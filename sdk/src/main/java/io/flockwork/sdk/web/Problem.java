package io.flockwork.sdk.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Why a request is not answered as it wished, in the form of RFC 9457. The message is one sentence for a person. */
public final class Problem extends RuntimeException {
    static final String MEDIA_TYPE = "application/problem+json";

    static final int UNAVAILABLE = 503;

    private final int status;

    /**
     * One of this status.
     *
     * @param sentence for a person
     */
    public Problem(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** As HTTP has it. */
    public int status() {
        return status;
    }

    /** The request itself is wrong. */
    public static Problem badRequest(String sentence) {
        return new Problem(400, sentence);
    }

    /** There is no such thing, or the caller is not to know of it. */
    public static Problem notFound(String what) {
        return new Problem(404, "there is no " + what);
    }

    /** A failure handler: tells the caller what is the caller's fault, and leaves the rest to the next one. */
    public static void tell(RoutingContext request) {
        if (request.failure() instanceof Problem problem) {
            problem.send(request);
        } else if (request.failure() instanceof IllegalArgumentException wrong) {
            badRequest(wrong.getMessage()).send(request);
        } else {
            request.next();
        }
    }

    JsonObject json() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", getMessage());
    }

    /** Answers with this, unless an answer has begun. */
    public void send(RoutingContext request) {
        if (request.response().headWritten() || request.response().closed()) {
            request.response().reset();
            return;
        }
        // What was to be sent may have been announced.
        request.response().headers().remove("content-length").remove("content-disposition");
        request.response().setChunked(false);
        if (status == 401) {
            request.response().putHeader("www-authenticate", "Bearer realm=\"flockwork\"");
        }
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", MEDIA_TYPE)
                .end(json().encode());
    }
}
