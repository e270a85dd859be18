package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.monitor.Answer;
import io.flockwork.sdk.monitor.Monitor;
import io.flockwork.sdk.monitor.Page;
import io.flockwork.sdk.web.Caller;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** How this core is, for programs that watch over it; and the count of what the gateway is asked. */
public final class MonitorRoutes {
    private static final int BEFORE_ALL = Integer.MIN_VALUE;

    private final Monitor monitor;
    private final RequestListener requests;

    /** @param requests hears of all that is asked here, also of what is refused */
    public MonitorRoutes(Monitor monitor, RequestListener requests) {
        this.monitor = monitor;
        this.requests = requests;
    }

    /** Anybody may know that the core is alive; it goes before the door for members. */
    void mount(Router router, Guard guard) {
        router.route().order(BEFORE_ALL).handler(this::count);
        router.get(Page.METRICS.path()).handler(guard.admission()).handler(MonitorRoutes::requireTrust);
        for (Page page : Page.values()) {
            router.get(page.path()).handler(request -> answer(request, page));
        }
    }

    private void count(RoutingContext request) {
        request.addHeadersEndHandler(
                beginning -> requests.answered(request.response().getStatusCode()));
        request.next();
    }

    /** The ids of jobs are among the numbers, and who hands jobs in is not to hear of others'. */
    private static void requireTrust(RoutingContext request) {
        Caller caller = Guard.caller(request);
        if (!caller.scopes().contains(Scope.READ)
                || caller.member().filter(Rights::mayMonitor).isEmpty()) {
            throw new Problem(403, "only operators and cores may see a core's numbers");
        }
        request.next();
    }

    private void answer(RoutingContext request, Page page) {
        Future.fromCompletionStage(monitor.answer(page), Vertx.currentContext())
                .onSuccess(answer -> send(request, answer))
                .onFailure(request::fail);
    }

    private static void send(RoutingContext request, Answer answer) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", answer.type())
                    .end(answer.body());
        }
    }
}
