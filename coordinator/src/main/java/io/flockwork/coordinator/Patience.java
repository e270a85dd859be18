package io.flockwork.coordinator;

import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.serve.Allowance;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/**
 * How often the coordinator may be asked. Strangers may only ask to join, which costs it a signature and a look at the disk, so
 * that is rationed strictly: for each address, and in all. Goes before bodies are read.
 */
final class Patience {
    private static final int MOST_KNOWN = 10_000;
    private static final String EVERYBODY = "";

    private final Allowance<String> questions = new Allowance<>(500, 5_000, MOST_KNOWN);
    private final Allowance<String> joining = new Allowance<>(20, 60, MOST_KNOWN);
    private final Allowance<String> joiningInAll = new Allowance<>(100, 300, 1);
    private final LongSupplier nanos;

    Patience(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void mount(Router router) {
        router.route().handler(this::question);
        router.post(EnrolmentRequest.PATH).handler(this::join);
    }

    private void question(RoutingContext context) {
        require(questions.take(address(context), nanos.getAsLong()), "you ask too often; wait a moment");
        context.next();
    }

    private void join(RoutingContext context) {
        long now = nanos.getAsLong();
        // Who has had its share takes nothing of the others'.
        boolean may = joining.take(address(context), now) && joiningInAll.take(EVERYBODY, now);
        require(may, "too many ask to join just now; try again in a moment");
        context.next();
    }

    private static void require(boolean may, String sentence) {
        if (!may) {
            throw new Refusal(429, sentence);
        }
    }

    private static String address(RoutingContext context) {
        return context.request().remoteAddress().hostAddress();
    }
}
