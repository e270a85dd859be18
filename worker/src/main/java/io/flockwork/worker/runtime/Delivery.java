package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.JobId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what came of their tickets: units that follow each other in one call where they are of one job. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final List<OutcomeListener.Ended> batch = new ArrayList<>();
    private JobId job;
    private OutcomeListener listener;

    private Delivery() {}

    static void deliver(List<Ticket.Answered> answered) {
        Delivery delivery = new Delivery();
        for (Ticket.Answered one : answered) {
            if (one.ticket() instanceof Ticket.Unit unit) {
                delivery.add(unit, one);
            } else if (one.ticket() instanceof Ticket.Inspection inspection) {
                guarded(() -> inspection.listener().accept(one.outcome()));
            }
        }
        delivery.flush();
    }

    private void add(Ticket.Unit unit, Ticket.Answered answered) {
        if (unit.listener() != listener || !unit.job().code.job().equals(job)) {
            flush();
            listener = unit.listener();
            job = unit.job().code.job();
        }
        batch.add(new OutcomeListener.Ended(unit.task().span(), answered.outcome()));
    }

    private void flush() {
        if (!batch.isEmpty()) {
            List<OutcomeListener.Ended> units = List.copyOf(batch);
            batch.clear();
            guarded(() -> listener.ended(job, units));
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException broken) {
            LOG.error("A listener of unit outcomes failed", broken);
        }
    }
}
