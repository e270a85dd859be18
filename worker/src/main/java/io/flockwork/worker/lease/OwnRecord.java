package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the grid holds against this worker, told to its owner once for each refused answer. Confined to the agent's thread. */
final class OwnRecord {
    private static final Logger LOG = LoggerFactory.getLogger(OwnRecord.class);

    private final NodeId self;
    private Optional<Conduct> known = Optional.empty();

    OwnRecord(NodeId self) {
        this.self = self;
    }

    void heard(Conduct conduct) {
        if (!conduct.worker().equals(self)) {
            return;
        }
        for (Strike strike : conduct.strikes()) {
            if (known.isEmpty() || !known.get().strikes().contains(strike)) {
                LOG.warn(
                        "the grid refused this worker's answer to unit {} of job {}: it gave {}, accepted was {}",
                        strike.unit(),
                        strike.job(),
                        strike.given().hex(),
                        strike.accepted().hex());
            }
        }
        if (isBanned(Optional.of(conduct)) && !isBanned(known)) {
            LOG.warn(
                    "the grid has banned this worker for wrong answers; an operator can lift that: flockwork pardon {}",
                    self);
        }
        known = Optional.of(conduct);
    }

    private static boolean isBanned(Optional<Conduct> conduct) {
        return conduct.map(of -> of.reputation().standing()).equals(Optional.of(Standing.BANNED));
    }

    /** What the grid said last, if it has held anything against this worker. */
    Optional<Conduct> known() {
        return known;
    }
}
