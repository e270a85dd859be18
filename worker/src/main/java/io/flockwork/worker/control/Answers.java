package io.flockwork.worker.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.worker.lease.AgentStatus;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a request says; every answer but a complaint is the status after it. Safe for use by many threads. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int PATIENCE_SECONDS = 3;

    private final Agent agent;
    private final Pause pause;
    private final StatusReport report;

    Answers(Agent agent, Pause pause, StatusReport report) {
        this.agent = agent;
        this.pause = pause;
        this.report = report;
    }

    /** One line, for one line. Blocks until the agent has looked. */
    byte[] to(byte[] line) throws IOException {
        Map<String, Object> answer;
        try {
            answer = obey(Request.parse(line));
        } catch (IllegalArgumentException | IOException refused) {
            answer = Map.of("error", String.valueOf(refused.getMessage()));
        } catch (CompletionException busy) {
            LOG.warn("the agent did not answer its user", busy);
            answer = Map.of("error", "the agent is there, but it does not answer");
        }
        return (JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(answer) + "\n").getBytes(UTF_8);
    }

    private Map<String, Object> obey(Request request) throws IOException {
        if (request instanceof Request.Begin begin) {
            pause.begin(begin.millis());
        } else if (request instanceof Request.Resume) {
            pause.end();
        }
        AgentStatus now = agent.status()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return report.of(now, pause.lasting());
    }
}
