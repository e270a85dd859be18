package io.flockwork.worker.api;

import io.flockwork.sdk.cli.DurationConverter;
import io.flockwork.sdk.cli.SizeConverter;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.web.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/** A job as a program or a page describes it in JSON: the words are the command line's. Used by one thread, which may be blocked. */
final class JobForm {
    private static final Set<String> FIELDS = Set.of(
            "name",
            "wasm",
            "type",
            "parameters",
            "range",
            "lines",
            "chunks",
            "each",
            "list",
            "combine",
            "epsilon",
            "q1min",
            "strict",
            "quorum",
            "unitTime",
            "unitMemory",
            "unitFuel",
            "unitOutput",
            "tries",
            "priority",
            "hold");
    private static final List<String> SOURCES = List.of("range", "lines", "chunks", "each", "list");
    private static final int USUAL_PRIORITY = 10;

    private final JsonObject json;
    private final Uploaded uploaded;

    /** What this core knows of the blobs that a form names. Blocks. */
    interface Uploaded {
        /** The blob's size in bytes. */
        long size(BlobId blob) throws IOException;

        /** What becomes of the module when its work is to be counted. */
        BlobId metered(BlobId module) throws IOException;

        /** The recipe of units that the form itself lists. */
        Recipe listed(List<byte[]> units) throws IOException;
    }

    private JobForm(JsonObject json, Uploaded uploaded) {
        this.json = json;
        this.uploaded = uploaded;
    }

    /** @throws Problem with one sentence when this is no job */
    static JobSpec read(JsonObject json, Uploaded uploaded) {
        try {
            return new JobForm(json, uploaded).spec();
        } catch (ClassCastException | NullPointerException | ArithmeticException wrongType) {
            throw Problem.badRequest("a field of the job is of the wrong kind, a text in place of a number, say");
        } catch (IllegalArgumentException | TypeConversionException wrong) {
            throw Problem.badRequest(wrong.getMessage());
        } catch (IOException missing) {
            throw Problem.badRequest("a file of the job has not been uploaded: " + missing.getMessage());
        }
    }

    private JobSpec spec() throws IOException {
        for (String field : json.fieldNames()) {
            if (!FIELDS.contains(field)) {
                throw Problem.badRequest("a job has no field '" + field + "'");
            }
            if (json.getValue(field) == null) {
                throw Problem.badRequest("field '" + field + "' is empty; leave it out");
            }
        }
        if (json.containsKey("wasm") == json.containsKey("type")) {
            throw Problem.badRequest("a job is either 'wasm', a module, or 'type', a job type of the grid");
        }
        String program = json.containsKey("type") ? json.getString("type") : "wasm";
        String name = json.getString("name", "");
        return new JobSpec(
                name == null || name.isBlank() ? program : name,
                code(),
                recipe(),
                json.getString("combine", ""),
                assurance(),
                limits(),
                json.getInteger("priority", USUAL_PRIORITY),
                hold());
    }

    private long hold() {
        if (!json.containsKey("hold")) {
            return 0;
        }
        Duration hold = new DurationConverter().convert(json.getString("hold"));
        if (hold.isZero()) {
            throw Problem.badRequest("'hold' is from 1ms to 30d; leave it out for results at the job's end");
        }
        return hold.toMillis();
    }

    private Code code() throws IOException {
        if (json.containsKey("type")) {
            Map<String, String> parameters = new LinkedHashMap<>();
            json.getJsonObject("parameters", new JsonObject())
                    .forEach(entry -> parameters.put(entry.getKey(), String.valueOf(entry.getValue())));
            return new Code.Java(json.getString("type"), parameters);
        }
        JsonObject wasm = json.getJsonObject("wasm");
        BlobId module = blob(wasm, "module");
        return new Code.Wasm(module, uploaded.metered(module), texts(wasm.getJsonArray("arguments", new JsonArray())));
    }

    private static List<String> texts(JsonArray array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(array.getString(i));
        }
        return texts;
    }

    private Recipe recipe() throws IOException {
        List<String> given = SOURCES.stream().filter(json::containsKey).toList();
        if (given.size() > 1) {
            throw Problem.badRequest("a job splits one thing: " + String.join(" or ", given));
        }
        if (given.isEmpty()) {
            return new Recipe.Own();
        }
        return switch (given.get(0)) {
            case "range" -> range(json.getJsonObject("range"));
            case "lines" -> new Recipe.Lines(file(json.getJsonObject("lines")));
            case "chunks" -> chunks(json.getJsonObject("chunks"));
            case "each" -> each(json.getJsonArray("each"));
            default -> listed(json.getJsonArray("list"));
        };
    }

    private static Recipe range(JsonObject range) {
        Long from = range.getLong("from");
        Long to = range.getLong("to");
        if (from == null || to == null) {
            throw Problem.badRequest("a range has a 'from' and a 'to'");
        }
        return new Recipe.Range(from, to, range.getLong("step", 0L));
    }

    private Recipe chunks(JsonObject chunks) throws IOException {
        return new Recipe.Chunks(file(chunks.getJsonObject("file")), chunks.getInteger("size", 1 << 20));
    }

    private Recipe each(JsonArray files) throws IOException {
        if (files.isEmpty()) {
            throw Problem.badRequest("a job over no files has nothing to do");
        }
        List<NamedBlob> blobs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            blobs.add(file(files.getJsonObject(i)));
        }
        return new Recipe.Each(blobs);
    }

    private Recipe listed(JsonArray units) throws IOException {
        if (units.isEmpty()) {
            throw Problem.badRequest("a job over no units has nothing to do");
        }
        List<byte[]> bytes = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            bytes.add(units.getBinary(i));
        }
        return uploaded.listed(bytes);
    }

    private NamedBlob file(JsonObject file) throws IOException {
        if (file == null) {
            throw Problem.badRequest("a file is named by its 'blob', and has a 'name'");
        }
        BlobId blob = blob(file, "blob");
        return new NamedBlob(file.getString("name", "file"), blob, uploaded.size(blob));
    }

    private static BlobId blob(JsonObject of, String field) {
        if (of == null || of.getString(field) == null) {
            throw Problem.badRequest("'" + field + "' is missing: the blob that an upload gave");
        }
        return new BlobId(of.getString(field));
    }

    private Assurance assurance() {
        if (json.containsKey("quorum")) {
            if (json.containsKey("epsilon") || json.containsKey("q1min") || json.getBoolean("strict", false)) {
                throw Problem.badRequest("either 'quorum', or 'epsilon', 'q1min' and 'strict', not both");
            }
            return new Assurance.Quorum(json.getInteger("quorum"));
        }
        Assurance.Lottery usual = json.getBoolean("strict", false) ? Assurance.STRICT : Assurance.DEFAULT;
        return new Assurance.Lottery(
                json.getDouble("epsilon", usual.epsilon()), json.getDouble("q1min", usual.q1min()));
    }

    private Limits limits() {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                json.containsKey("unitTime")
                        ? new DurationConverter()
                                .convert(json.getString("unitTime"))
                                .toMillis()
                        : usual.timeMillis(),
                json.containsKey("unitMemory")
                        ? new SizeConverter().convert(json.getString("unitMemory"))
                        : usual.memoryBytes(),
                json.containsKey("unitOutput")
                        ? Math.toIntExact(new SizeConverter().convert(json.getString("unitOutput")))
                        : usual.outputBytes(),
                json.getInteger("tries", usual.tries()),
                json.getLong("unitFuel", usual.fuel()));
    }
}
