package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.monitor.Answer;
import io.flockwork.sdk.monitor.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Set;

/** How the coordinator is: whether it lives and is ready anybody may know, its numbers operators and cores. */
final class MonitorRoutes {
    private static final Set<Role> TRUSTED = EnumSet.of(Role.OPERATE, Role.CORE);

    private final CoordinatorMeters meters;
    private final Revocations revocations;

    MonitorRoutes(CoordinatorMeters meters, Revocations revocations) {
        this.meters = meters;
        this.revocations = revocations;
    }

    /** Before every other route: what those refuse is counted too. */
    void mount(Router router) {
        router.route().handler(this::count);
        router.get(Page.HEALTH.path()).handler(context -> answer(context, Page.HEALTH));
        router.get(Page.READY.path()).handler(context -> answer(context, Page.READY));
        router.get(Page.METRICS.path())
                .handler(Visitor.only(TRUSTED, revocations))
                .handler(context -> answer(context, Page.METRICS));
    }

    private void count(RoutingContext context) {
        context.addHeadersEndHandler(
                beginning -> meters.answered(context.response().getStatusCode()));
        context.next();
    }

    private void answer(RoutingContext context, Page page) {
        Future.fromCompletionStage(meters.answer(page), Vertx.currentContext())
                .onSuccess(answer -> send(context, answer))
                .onFailure(context::fail);
    }

    private static void send(RoutingContext context, Answer answer) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", answer.type())
                    .end(answer.body());
        }
    }
}
