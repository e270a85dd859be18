package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.client.JobRequest.Program;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.wasm.Metering;
import io.flockwork.sdk.wire.Outgoing;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job request made ready to hand in: local files checked first, then read for their ids. Used by one thread. */
public final class Draft {
    private static final int MAX_NAME = 200;

    private final Map<BlobId, Outgoing> blobs = new LinkedHashMap<>();
    private final JobSpec spec;

    private Draft(JobRequest request) {
        request.source().ifPresent(Draft::check);
        if (request.program() instanceof Program.Wasm wasm) {
            LocalFile.require(wasm.module(), Metering.MOST_BYTES);
        }
        Code code = code(request.program());
        Recipe recipe = request.source().map(this::recipe).orElseGet(() -> withoutSource(request.program()));
        spec = new JobSpec(
                request.name().isBlank() ? name(request.program()) : request.name(),
                code,
                recipe,
                request.combine(),
                request.assurance(),
                request.limits(),
                request.priority(),
                request.hold().toMillis());
    }

    /** @throws GridException BAD_REQUEST with one sentence when the request cannot be a job */
    public static Draft of(JobRequest request) {
        try {
            return new Draft(request);
        } catch (IllegalArgumentException wrong) {
            throw new GridException(GridException.Kind.BAD_REQUEST, wrong.getMessage());
        }
    }

    /** All that is said of the job. */
    public JobSpec spec() {
        return spec;
    }

    /** What is to be uploaded before the job is handed in; each blob once. */
    public Collection<Outgoing> blobs() {
        return blobs.values();
    }

    private static void check(Source source) {
        if (source instanceof Source.Lines lines) {
            LocalFile.require(lines.file(), Manifest.MAX_BYTES);
        } else if (source instanceof Source.Chunks chunks) {
            LocalFile.require(chunks.file(), Manifest.MAX_BYTES);
        } else if (source instanceof Source.Each each) {
            requireSome(each.files(), "files");
            each.files().forEach(file -> LocalFile.require(file, Recipe.MAX_UNIT_INPUT));
        } else if (source instanceof Source.Listed listed) {
            requireSome(listed.units(), "units");
            listed.units().forEach(Draft::checkUnit);
        }
    }

    private static void requireSome(List<?> units, String what) {
        if (units.isEmpty()) {
            throw new IllegalArgumentException("a job over no " + what + " has nothing to do");
        }
    }

    private static void checkUnit(byte[] unit) {
        if (unit.length > Recipe.MAX_UNIT_INPUT) {
            throw new IllegalArgumentException(
                    "a unit of " + unit.length + " bytes is larger than it may be (" + Recipe.MAX_UNIT_INPUT + ")");
        }
    }

    private Code code(Program program) {
        if (program instanceof Program.Wasm wasm) {
            return wasm(wasm);
        }
        Program.Type type = (Program.Type) program;
        if (type.name().isBlank()) {
            throw new IllegalArgumentException("a job needs a program");
        }
        return new Code.Java(type.name(), type.parameters());
    }

    /** The module goes as it is; how its work will be counted is worked out here, so that a job says what will run. */
    private Code wasm(Program.Wasm program) {
        byte[] metered = Metering.rewrite(LocalFile.bytes(program.module()));
        return new Code.Wasm(file(program.module()).blob(), new BlobHasher().idOf(metered), program.arguments());
    }

    private Recipe recipe(Source source) {
        if (source instanceof Source.Range range) {
            return new Recipe.Range(range.from(), range.to(), range.step());
        }
        if (source instanceof Source.Lines lines) {
            return new Recipe.Lines(file(lines.file()));
        }
        if (source instanceof Source.Chunks chunks) {
            return new Recipe.Chunks(file(chunks.file()), chunks.size());
        }
        if (source instanceof Source.Each each) {
            return new Recipe.Each(each.files().stream().map(this::file).toList());
        }
        return listed(((Source.Listed) source).units());
    }

    private Recipe listed(List<byte[]> units) {
        ListedBytes data = new ListedBytes(units);
        ListedBytes lengths = new ListedBytes(List.of(data.lengths()));
        return new Recipe.Listed(send(data.blob(), data.outgoing()), send(lengths.blob(), lengths.outgoing()));
    }

    private static Recipe withoutSource(Program program) {
        if (program instanceof Program.Wasm) {
            throw new IllegalArgumentException(
                    "a module needs something to split: a range, lines, chunks, files or units");
        }
        return new Recipe.Own();
    }

    private NamedBlob file(Path path) {
        LocalFile file = LocalFile.of(path);
        return send(file.blob(), file.outgoing());
    }

    private NamedBlob send(NamedBlob blob, Outgoing outgoing) {
        blobs.putIfAbsent(blob.blob(), outgoing);
        return blob;
    }

    private static String name(Program program) {
        String name = program instanceof Program.Wasm wasm
                ? wasm.module().getFileName().toString()
                : ((Program.Type) program).name();
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }
}
