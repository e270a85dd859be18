package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.report.ConductReport;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who computes, how well, and who was caught. */
final class WorkerRoutes {
    private static final int MOST_CAUGHT = 200;
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRoutes.class);

    private static final Map<String, Comparator<WorkerView>> ORDERS = Map.ofEntries(
            order("name", Comparator.comparing(view -> view.worker().name())),
            order("operator", Comparator.comparing(view -> view.worker().operator())),
            order("site", Comparator.comparing(view -> view.worker().site())),
            order("team", Comparator.comparing(view -> view.worker().team())),
            order("role", Comparator.comparing(view -> !view.worker().isReachable())),
            order("standing", Comparator.comparing(WorkerView::standing)),
            order("activity", Comparator.comparing(WorkerView::activity)),
            order("slots", Comparator.comparingInt(view -> view.worker().slots())),
            order("memoryBytes", Comparator.comparingLong(view -> view.worker().memoryBytes())),
            order("unitsPerSecond", Comparator.comparingDouble(WorkerView::votesPerSecond)),
            order("agreement", Comparator.comparingDouble(WorkerView::agreement)),
            order("strikes", Comparator.comparingInt(WorkerView::strikes)),
            order("started", Comparator.comparingLong(view -> view.worker().startedMillis())));

    private static Map.Entry<String, Comparator<WorkerView>> order(String name, Comparator<WorkerView> order) {
        return Map.entry(name, order);
    }

    private final JobBoard board;
    private final Survey survey;
    private final Clock clock;

    WorkerRoutes(JobBoard board, Survey survey, Clock clock) {
        this.board = board;
        this.survey = survey;
        this.clock = clock;
    }

    void mount(Router api) {
        api.get("/workers").handler(Guard.only(Scope.READ)).handler(this::list);
        api.get("/workers/:worker")
                .handler(Guard.only(Scope.READ))
                .handler(request -> request.json(view(request).json()));
        api.post("/workers/:worker/pardon").handler(Guard.only(Scope.OPERATE)).handler(this::pardon);
        api.get("/verification").handler(Guard.only(Scope.READ)).handler(request -> request.json(verification()));
    }

    private void list(RoutingContext request) {
        Page page = Page.of(request);
        List<WorkerView> wanted =
                views().stream().filter(filter(request)).sorted(order(request)).toList();
        request.json(new JsonObject().put("workers", array(page.of(wanted))).put("total", wanted.size()));
    }

    private static JsonArray array(List<WorkerView> views) {
        return new JsonArray(views.stream().map(WorkerView::json).collect(Collectors.toList()));
    }

    /** All live workers, as they are now. */
    List<WorkerView> views() {
        Map<NodeId, Conduct> conducts = survey.conducts();
        WorkerView.Now now = now();
        return survey.workersById().values().stream()
                .map(worker ->
                        WorkerView.of(worker, Optional.ofNullable(conducts.get(worker.id())), survey.pulse(), now))
                .toList();
    }

    private WorkerView.Now now() {
        JsonObject jobs = survey.summary().getJsonObject("jobs", new JsonObject());
        return new WorkerView.Now(clock.millis(), jobs.getInteger("running", 0));
    }

    private static Predicate<WorkerView> filter(RoutingContext request) {
        Optional<String> role = Page.text(request, "role");
        Optional<String> site = Page.text(request, "site");
        Optional<String> standing = Page.text(request, "standing");
        Optional<String> text = Page.text(request, "q").map(words -> words.toLowerCase(Locale.ROOT));
        return view -> role.map(wanted -> wanted.equals("core") == view.worker().isReachable())
                        .orElse(true)
                && site.map(view.worker().site()::equals).orElse(true)
                && standing.map(view.standing()::equals).orElse(true)
                && text.map(words -> isAbout(view.worker(), words)).orElse(true);
    }

    private static boolean isAbout(WorkerInfo worker, String words) {
        return worker.name().toLowerCase(Locale.ROOT).contains(words)
                || worker.operator().toLowerCase(Locale.ROOT).contains(words)
                || worker.team().toLowerCase(Locale.ROOT).contains(words)
                || worker.id().value().startsWith(words);
    }

    private static Comparator<WorkerView> order(RoutingContext request) {
        String by = Page.text(request, "sort").orElse("name");
        boolean isDown = by.startsWith("-");
        Comparator<WorkerView> order = ORDERS.get(isDown ? by.substring(1) : by);
        if (order == null) {
            throw Problem.badRequest("workers are sorted by one of "
                    + String.join(", ", ORDERS.keySet().stream().sorted().toList())
                    + ", with a minus before it for the other way round");
        }
        Comparator<WorkerView> alike =
                Comparator.comparing(view -> view.worker().id());
        return (isDown ? order.reversed() : order).thenComparing(alike);
    }

    private WorkerView view(RoutingContext request) {
        NodeId id = id(request);
        WorkerInfo worker = Optional.ofNullable(survey.workersById().get(id))
                .orElseThrow(() -> Problem.notFound("worker " + id + " at work now"));
        return WorkerView.of(worker, board.conduct(id), survey.pulse(), now());
    }

    private static NodeId id(RoutingContext request) {
        try {
            return new NodeId(request.pathParam("worker"));
        } catch (IllegalArgumentException malformed) {
            throw Problem.notFound("such worker");
        }
    }

    private void pardon(RoutingContext request) {
        NodeId worker = id(request);
        LOG.info(
                "operator {} pardons worker {}",
                Guard.caller(request).member().orElseThrow().operator(),
                worker.brief());
        Future.fromCompletionStage(board.pardon(worker), request.vertx().getOrCreateContext())
                .onSuccess(done ->
                        request.json(Optional.ofNullable(survey.workersById().get(worker))
                                .map(known -> WorkerView.of(known, Optional.of(done), survey.pulse(), now())
                                        .json())
                                .orElseGet(() -> new JsonObject().put("worker", worker.value()))))
                .onFailure(request::fail);
    }

    private JsonObject verification() {
        long votes = survey.summary().getLong("votes", 0L);
        long units = survey.summary().getLong("unitsAccepted", 0L);
        long confirmed = 0;
        long refuted = 0;
        int banned = 0;
        Map<NodeId, Conduct> conducts = survey.conducts();
        for (Conduct conduct : conducts.values()) {
            confirmed += conduct.agreed();
            refuted += conduct.outvoted();
            banned += conduct.reputation().standing() == Standing.BANNED ? 1 : 0;
        }
        return new JsonObject()
                .put("votes", votes)
                .put("units", units)
                .put("overhead", units == 0 ? null : (double) votes / units)
                .put("confirmed", confirmed)
                .put("refuted", refuted)
                .put("lieRate", confirmed + refuted == 0 ? null : (double) refuted / (confirmed + refuted))
                .put("banned", banned)
                .put("caught", caught(conducts.values()));
    }

    /** Those who were caught last first; of one that has left nobody knows more than its id. */
    private JsonArray caught(Collection<Conduct> conducts) {
        Map<NodeId, WorkerInfo> present = survey.workersById();
        return new JsonArray(conducts.stream()
                .filter(WorkerRoutes::isCaught)
                .sorted(Comparator.comparingLong(WorkerRoutes::lastStrikeMillis)
                        .reversed()
                        .thenComparing(Conduct::worker))
                .limit(MOST_CAUGHT)
                .map(known -> caught(known, Optional.ofNullable(present.get(known.worker()))))
                .collect(Collectors.toList()));
    }

    private static boolean isCaught(Conduct known) {
        return known.reputation().strikes() > 0 || known.reputation().standing() == Standing.BANNED;
    }

    private static long lastStrikeMillis(Conduct known) {
        return known.strikes().stream().mapToLong(Strike::millis).max().orElse(0);
    }

    private static JsonObject caught(Conduct known, Optional<WorkerInfo> present) {
        return new JsonObject(ConductReport.of(Optional.of(known)))
                .put("worker", known.worker().value())
                .put("name", present.map(WorkerInfo::name).orElse(""))
                .put("operator", present.map(WorkerInfo::operator).orElse(""))
                .put("present", present.isPresent());
    }
}
