package io.flockwork.worker.api;

import io.flockwork.sdk.web.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Which part of a long list is asked for. */
record Page(int offset, int limit) {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    /** @throws Problem when what is asked for is no part */
    static Page of(RoutingContext request) {
        return new Page(
                number(request, "offset", 0, 0, Integer.MAX_VALUE / 2), number(request, "limit", USUAL, 1, MOST));
    }

    <T> List<T> of(List<T> all) {
        int from = Math.min(offset, all.size());
        return all.subList(from, Math.min(all.size(), from + limit));
    }

    static int number(RoutingContext request, String name, int usual, int least, int most) {
        return (int) longNumber(request, name, usual, least, most);
    }

    static long longNumber(RoutingContext request, String name, long usual, long least, long most) {
        Optional<String> text = text(request, name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // As one that is too large.
        }
        throw Problem.badRequest("'" + name + "' is a number from " + least + " to " + most);
    }

    /** A parameter of the query; an empty one is none. */
    static Optional<String> text(RoutingContext request, String name) {
        return request.queryParam(name).stream()
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
