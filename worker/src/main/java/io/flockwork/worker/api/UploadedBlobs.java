package io.flockwork.worker.api;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.wasm.Metering;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The blobs of forms, in this core's swarm. Blocks; safe for use by many threads. */
final class UploadedBlobs implements JobForm.Uploaded {
    private final Swarm swarm;

    UploadedBlobs(Swarm swarm) {
        this.swarm = swarm;
    }

    @Override
    public long size(BlobId blob) throws IOException {
        return swarm.manifest(blob).size();
    }

    /** The module is only read and written anew here; it is compiled and run where it can harm nobody. */
    @Override
    public BlobId metered(BlobId module) throws IOException {
        byte[] bytes = swarm.bytes(module, Metering.MOST_BYTES);
        try {
            return new BlobHasher().idOf(Metering.rewrite(bytes));
        } catch (StackOverflowError tooDeep) {
            throw new IllegalArgumentException("the module is nested too deeply", tooDeep);
        }
    }

    @Override
    public Recipe listed(List<byte[]> units) throws IOException {
        ByteBuffer lengths = ByteBuffer.allocate(units.size() * Integer.BYTES);
        List<InputStream> streams = new ArrayList<>();
        for (byte[] unit : units) {
            lengths.putInt(unit.length);
            streams.add(new ByteArrayInputStream(unit));
        }
        NamedBlob data = swarm.publish("units", new SequenceInputStream(Collections.enumeration(streams)));
        return new Recipe.Listed(data, swarm.publish("units", new ByteArrayInputStream(lengths.array())));
    }
}
