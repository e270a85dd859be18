package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Bodies of requests to the coordinator. */
class RequestFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void announcements(byte[] bytes) {
        try {
            assertNotNull(Announcement.parse(Buffer.buffer(bytes)));
        } catch (IllegalArgumentException refused) {
            assertEquals(1, refused.getMessage().lines().count());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void terms(byte[] bytes) {
        try {
            if (Json.decodeValue(Buffer.buffer(bytes)) instanceof JsonObject object) {
                assertNotNull(Terms.of(object).from(0));
            }
        } catch (DecodeException | IllegalArgumentException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
