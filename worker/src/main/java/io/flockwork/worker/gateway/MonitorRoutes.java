package io.flockwork.worker.gateway;

import io.flockwork.sdk.monitor.Answer;
import io.flockwork.sdk.monitor.Monitor;
import io.flockwork.sdk.monitor.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** How this core is, for programs that watch over it; and the count of what the gateway is asked. Whoever has got so far may know. */
public final class MonitorRoutes {
    private static final int BEFORE_ALL = Integer.MIN_VALUE;

    private final Monitor monitor;
    private final RequestListener requests;

    /** @param requests hears of all that is asked here, also of what is refused */
    public MonitorRoutes(Monitor monitor, RequestListener requests) {
        this.monitor = monitor;
        this.requests = requests;
    }

    void mount(Router router) {
        router.route().order(BEFORE_ALL).handler(this::count);
        for (Page page : Page.values()) {
            router.get(page.path()).handler(request -> answer(request, page));
        }
    }

    private void count(RoutingContext request) {
        request.addEndHandler(ended -> requests.answered(request.response().getStatusCode()));
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
