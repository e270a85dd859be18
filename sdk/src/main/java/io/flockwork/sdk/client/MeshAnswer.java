package io.flockwork.sdk.client;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code GET /mesh/cores} answers: {@code {"grid":"...","revocations":7,"cores":[{"id":"...","gateway":"HOST:PORT"}...]}}. */
record MeshAnswer(String grid, long revocations, List<Address> cores) {
    static final int MAX_BYTES = 1 << 20;

    /**
     * The grid's id, and the cores' addresses in the order given.
     *
     * @throws IOException with one sentence when this is no such answer
     */
    static MeshAnswer read(byte[] json) throws IOException {
        try {
            Map<String, Object> answer = JSON.std.mapFrom(json);
            if (answer == null) {
                throw new IllegalArgumentException("null");
            }
            long revocations = answer.get("revocations") instanceof Number version ? version.longValue() : 0;
            return new MeshAnswer(String.valueOf(answer.get("grid")), revocations, addresses(answer.get("cores")));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IOException("an answer that is no list of cores", malformed);
        }
    }

    private static List<Address> addresses(Object cores) {
        List<Address> addresses = new ArrayList<>();
        if (cores instanceof List<?> list) {
            for (Object core : list) {
                if (core instanceof Map<?, ?> map && map.get("gateway") instanceof String gateway) {
                    addresses.add(Address.parse(gateway));
                }
            }
            return addresses;
        }
        throw new IllegalArgumentException("no cores");
    }
}
