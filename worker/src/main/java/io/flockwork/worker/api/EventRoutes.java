package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.web.Guard;
import io.flockwork.worker.master.JobBoard;
import io.vertx.ext.web.Router;

/** News as it happens: of the grid, and of one job. */
final class EventRoutes {
    private final JobBoard board;
    private final Feed feed;

    EventRoutes(JobBoard board, Feed feed) {
        this.board = board;
        this.feed = feed;
    }

    void mount(Router api) {
        api.get("/events").handler(Guard.only(Scope.READ)).handler(feed::followGrid);
        api.get("/jobs/:job/events")
                .handler(Guard.only(Scope.READ))
                .handler(request -> feed.followJob(request, JobRoutes.seen(board, request)));
    }
}
