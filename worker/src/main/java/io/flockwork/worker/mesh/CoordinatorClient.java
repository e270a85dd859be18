package io.flockwork.worker.mesh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks to the coordinator for one core. Thread-safe; blocks. */
final class CoordinatorClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final JsonFactory JSON = new JsonFactory();

    private final Address coordinator;
    private final WorkerInfo self;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    CoordinatorClient(Address coordinator, WorkerInfo self) {
        this.coordinator = coordinator;
        this.self = self;
    }

    /** @throws IOException when there is no answer, or none that makes sense */
    Announced announce(boolean up) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + coordinator + "/mesh/announce"))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(announcement(up)))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
            if (response.statusCode() != 200 || bytes.length > LONGEST_ANSWER) {
                throw new IOException("the coordinator answers with status " + response.statusCode());
            }
            return Announced.parse(bytes);
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
