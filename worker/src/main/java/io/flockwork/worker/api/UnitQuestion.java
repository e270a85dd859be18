package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.web.Problem;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.master.UnitPhase;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What is asked of a job's units. */
sealed interface UnitQuestion {
    /** Answers of a job that this core leads, to be put into words by another thread than the master's; empty where it does not, or not yet. */
    CompletionStage<Optional<Function<UnitJson, JsonObject>>> ofRunning(Masters masters, JobId job);

    /**
     * Answers of a job that has ended.
     *
     * @param space the job's indices; absent where nobody has said how many there were
     */
    JsonObject ofEnded(EndedUnits units, Optional<Span> space, UnitJson json);

    /** How they stand at a glance; in a power of four of cells, so that those who ask for about as many share an answer. */
    record Map(int cells) implements UnitQuestion {
        private static final int MOST = 10_000;
        private static final int USUAL = 1_024;
        private static final int POWERS_OF_FOUR = 0x55555555;

        static UnitQuestion of(RoutingContext request) {
            int cells = Page.number(request, "cells", USUAL, 1, MOST);
            int power = Integer.highestOneBit(cells);
            return new Map((power & POWERS_OF_FOUR) != 0 ? power : power / 2);
        }

        @Override
        public CompletionStage<Optional<Function<UnitJson, JsonObject>>> ofRunning(Masters masters, JobId job) {
            return masters.map(job, cells).thenApply(found -> found.map(map -> json -> json.of(map)));
        }

        @Override
        public JsonObject ofEnded(EndedUnits units, Optional<Span> space, UnitJson json) {
            return json.of(units.map(space, cells));
        }
    }

    /** A part of those in this phase, or of all. */
    record Units(Optional<UnitPhase> phase, Page page) implements UnitQuestion {
        static UnitQuestion of(RoutingContext request) {
            return new Units(Page.text(request, "state").map(Units::phase), Page.of(request));
        }

        private static UnitPhase phase(String word) {
            try {
                return UnitPhase.valueOf(word.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException none) {
                throw Problem.badRequest("a unit's state is running, accepted, final, unverified, contested or failed");
            }
        }

        @Override
        public CompletionStage<Optional<Function<UnitJson, JsonObject>>> ofRunning(Masters masters, JobId job) {
            return masters.units(job, phase, page.offset(), page.limit())
                    .thenApply(found -> found.map(part -> json -> json.of(part)));
        }

        @Override
        public JsonObject ofEnded(EndedUnits units, Optional<Span> space, UnitJson json) {
            return json.of(units.page(page, phase));
        }
    }
}
