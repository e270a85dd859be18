package io.flockwork.worker.master;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Strike;
import io.flockwork.worker.mesh.Mesh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one job shows of its workers, told to the mesh a few times a second: reputations are the grid's. Confined to the
 * master's loop.
 */
final class Deeds {
    private static final Logger LOG = LoggerFactory.getLogger(Deeds.class);

    /** What has not been told of one worker. */
    private static final class Untold {
        private Reputation now;
        private int confirmed;
        private final List<Strike> strikes = new ArrayList<>();
    }

    private final Mesh mesh;
    private final Loop loop;
    private Map<NodeId, Untold> untold = new LinkedHashMap<>();
    private int underWay;

    Deeds(Mesh mesh, Loop loop) {
        this.mesh = mesh;
        this.loop = loop;
    }

    /** What the grid knows of the worker, if anything. */
    Optional<Reputation> reputation(NodeId worker) {
        return mesh.conduct(worker).map(Conduct::reputation);
    }

    void passed(Reputation now) {
        Untold of = of(now.worker());
        of.now = now;
        of.confirmed++;
    }

    void struck(Reputation now, Strike strike) {
        LOG.warn(
                "worker {} gave a wrong answer to unit {} of job {}{}",
                now.worker().brief(),
                strike.unit(),
                strike.job(),
                strike.banned() ? " and is banned" : "");
        Untold of = of(now.worker());
        of.now = now;
        of.strikes.add(strike);
    }

    private Untold of(NodeId worker) {
        return untold.computeIfAbsent(worker, id -> new Untold());
    }

    /** Tells what there is, unless the last word is still under way. */
    void tell() {
        if (underWay > 0 || untold.isEmpty()) {
            return;
        }
        Map<NodeId, Untold> now = untold;
        untold = new LinkedHashMap<>();
        underWay = now.size();
        now.forEach((worker, deeds) -> mesh.judge(worker, new Judgement.Seen(deeds.now, deeds.confirmed, deeds.strikes))
                .whenComplete((known, failure) -> loop.execute(() -> told(worker, deeds, failure))));
    }

    private void told(NodeId worker, Untold deeds, Throwable failure) {
        underWay--;
        if (failure != null) {
            LOG.warn("what worker {} did could not be told: {}", worker.brief(), failure.toString());
            Untold again = of(worker);
            again.now = again.now == null ? deeds.now : deeds.now.merged(again.now);
            again.confirmed += deeds.confirmed;
            again.strikes.addAll(0, deeds.strikes);
        }
    }
}
