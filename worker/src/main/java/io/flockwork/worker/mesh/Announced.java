package io.flockwork.worker.mesh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the coordinator tells a core.
 *
 * @param grid the grid's id
 * @param revocations the version of its list of revoked nodes
 * @param founder this core is to found the mesh
 * @param later somebody else is about to: ask again
 * @param cores where the other cores listen for the mesh, or did
 */
record Announced(NodeId grid, long revocations, boolean founder, boolean later, List<Address> cores) {
    private static final JsonFactory JSON = new JsonFactory();

    Announced {
        cores = List.copyOf(cores);
    }

    /** @throws IOException with one sentence, when {@code body} is not such an answer */
    static Announced parse(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            return parse(json);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the coordinator's answer is malformed: " + malformed.getMessage(), malformed);
        }
    }

    private static Announced parse(JsonParser json) throws IOException {
        String grid = "";
        long revocations = 0;
        boolean founder = false;
        boolean later = false;
        List<Address> cores = List.of();
        expect(json.nextToken(), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "grid" -> grid = json.getText();
                case "revocations" -> revocations = json.getLongValue();
                case "found" -> founder = json.getBooleanValue();
                case "wait" -> later = json.getBooleanValue();
                case "cores" -> cores = cores(json);
                default -> json.skipChildren();
            }
        }
        return new Announced(new NodeId(grid), revocations, founder, later, cores);
    }

    private static List<Address> cores(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        List<Address> cores = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("mesh")) {
                    cores.add(Address.parse(json.getText()));
                } else {
                    json.skipChildren();
                }
            }
        }
        return cores;
    }

    private static void expect(JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("the coordinator's answer is malformed: " + expected + " is missing");
        }
    }
}
