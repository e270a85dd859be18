package io.flockwork.worker.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flockwork.sdk.client.RevokedNews;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Dialer;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Speaks to the coordinator for one core. Thread-safe; blocks. */
final class CoordinatorClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final JsonFactory JSON = new JsonFactory();

    private final Address coordinator;
    private final WorkerInfo self;
    private final Dialer dialer;
    private final Revocations revocations;

    CoordinatorClient(JoinSettings settings) {
        this.coordinator = settings.coordinator();
        this.self = settings.self();
        this.dialer = settings.dialer();
        this.revocations = settings.tls().revocations();
    }

    /** @throws IOException when there is no answer, or none that makes sense */
    Announced announce(boolean up) throws IOException, InterruptedException {
        byte[] body = announcement(up).getBytes(UTF_8);
        try {
            Dialer.Answer answer = dialer.post(coordinator, "/mesh/announce", body, LONGEST_ANSWER, PATIENCE)
                    .get();
            if (answer.status() == 403) {
                RevokedNews.ask(dialer, coordinator, revocations);
                throw new IOException("it does not let this worker in any more: has it been revoked?");
            }
            if (answer.status() != 200) {
                throw new IOException("the coordinator answers with status " + answer.status());
            }
            Announced told = Announced.parse(answer.body());
            RevokedNews.take(dialer, coordinator, told.revocations(), revocations);
            return told;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException noAnswer ? noAnswer : new IOException(failed.getCause());
        }
    }

    private String announcement(boolean up) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", self.id().value());
            json.writeStringField("gateway", self.gateway().toString());
            json.writeStringField("mesh", self.mesh().toString());
            json.writeStringField("state", up ? "up" : "joining");
            json.writeEndObject();
        }
        return text.toString();
    }
}
