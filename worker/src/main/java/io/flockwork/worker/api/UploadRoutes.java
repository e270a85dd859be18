package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.serve.Doorway;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Files for jobs. In one request ({@code POST /blobs}), or by the tus protocol, version 1.0.0, which goes on after a break where it
 * was: core and the extensions creation and termination (https://tus.io/protocols/resumable-upload).
 */
final class UploadRoutes {
    private static final String TUS = "1.0.0";
    private static final String OFFSET = "upload-offset";
    private static final String LENGTH = "upload-length";
    private static final int LONGEST_NAME = 200;

    private final Uploads uploads;
    private final WorkerExecutor threads;
    private final Doorway doorway;

    UploadRoutes(Uploads uploads, WorkerExecutor threads, Doorway doorway) {
        this.uploads = uploads;
        this.threads = threads;
        this.doorway = doorway;
    }

    void mount(Router api) {
        api.post("/blobs").handler(Guard.only(Scope.SUBMIT)).handler(this::whole);
        api.options("/uploads").handler(UploadRoutes::options);
        api.post("/uploads").handler(Guard.only(Scope.SUBMIT)).handler(this::create);
        api.route(HttpMethod.HEAD, "/uploads/:upload")
                .handler(Guard.only(Scope.SUBMIT))
                .handler(this::offset);
        api.get("/uploads/:upload").handler(Guard.only(Scope.SUBMIT)).handler(this::finished);
        api.patch("/uploads/:upload").handler(Guard.only(Scope.SUBMIT)).handler(this::append);
        api.delete("/uploads/:upload").handler(Guard.only(Scope.SUBMIT)).handler(this::delete);
    }

    private static void options(RoutingContext request) {
        request.response()
                .putHeader("tus-resumable", TUS)
                .putHeader("tus-version", TUS)
                .putHeader("tus-extension", "creation,termination")
                .setStatusCode(204)
                .end();
    }

    /** All bytes in one request. */
    private void whole(RoutingContext request) {
        long length = header(request, "content-length")
                .orElseThrow(() -> new Problem(411, "say how long the file is: Content-Length"));
        String name = name(Page.text(request, "name").orElse("file"));
        request.request().pause();
        threads.executeBlocking(() -> uploads.create(owner(request), name, length), false)
                .compose(upload -> take(request, upload, 0)
                        .map(upload)
                        .onFailure(broken -> threads.executeBlocking(() -> forgotten(upload), false)))
                .compose(upload -> threads.executeBlocking(
                        () -> {
                            NamedBlob blob = uploads.finish(upload);
                            uploads.forget(upload);
                            return blob;
                        },
                        false))
                .onSuccess(blob -> {
                    request.response().setStatusCode(201);
                    request.json(json(blob));
                })
                .onFailure(request::fail);
    }

    private void create(RoutingContext request) {
        long length = header(request, LENGTH)
                .orElseThrow(() -> Problem.badRequest("say how long the file is: Upload-Length"));
        String name = name(metadata(request).getOrDefault("filename", "file"));
        Peer owner = owner(request);
        threads.executeBlocking(() -> created(uploads.create(owner, name, length)), false)
                .onSuccess(upload -> request.response()
                        .setStatusCode(201)
                        .putHeader("tus-resumable", TUS)
                        .putHeader("location", Api.PATH + "/uploads/" + upload.id)
                        .end())
                .onFailure(request::fail);
    }

    private Upload forgotten(Upload upload) throws IOException {
        uploads.forget(upload);
        return upload;
    }

    /** An empty file has come with its announcement. */
    private Upload created(Upload upload) throws IOException {
        if (upload.length == 0) {
            uploads.finish(upload);
        }
        return upload;
    }

    private void offset(RoutingContext request) {
        Upload upload = upload(request);
        request.response()
                .putHeader("tus-resumable", TUS)
                .putHeader(OFFSET, Long.toString(upload.offset()))
                .putHeader(LENGTH, Long.toString(upload.length))
                .end();
    }

    private void append(RoutingContext request) {
        Upload upload = upload(request);
        if (!"application/offset+octet-stream".equals(request.request().getHeader("content-type"))) {
            throw new Problem(415, "a part of an upload is application/offset+octet-stream");
        }
        long offset = header(request, OFFSET)
                .orElseThrow(() -> Problem.badRequest("say where the part begins: Upload-Offset"));
        if (offset != upload.offset()) {
            throw new Problem(409, "the upload goes on at " + upload.offset());
        }
        request.request().pause();
        take(request, upload, offset)
                .compose(taken -> upload.offset() < upload.length
                        ? Future.succeededFuture()
                        : threads.executeBlocking(() -> uploads.finish(upload), false))
                .onSuccess(done -> request.response()
                        .setStatusCode(204)
                        .putHeader("tus-resumable", TUS)
                        .putHeader(OFFSET, Long.toString(upload.offset()))
                        .end())
                .onFailure(request::fail);
    }

    /** Writes what comes to the file; what has come before a break stays. */
    private Future<Void> take(RoutingContext request, Upload upload, long offset) {
        HttpServerRequest from = request.request();
        long coming = header(request, "content-length").orElse(Long.MAX_VALUE);
        if (coming > upload.length - offset) {
            throw new Problem(413, "that is more than the file was to have");
        }
        if (!upload.begin(uploads.now())) {
            throw new Problem(409, "another request adds to this upload now, or it is whole");
        }
        doorway.arrivesSlowly(from);
        return request.vertx()
                .fileSystem()
                .open(upload.file.toString(), new OpenOptions().setAppend(true).setRead(false))
                .compose(from::pipeTo)
                .onComplete(done -> upload.pause(uploads.now()));
    }

    private void finished(RoutingContext request) {
        Upload upload = upload(request);
        request.json(json(upload.blob()
                .orElseThrow(() ->
                        new Problem(409, "the upload has " + upload.offset() + " of " + upload.length + " bytes"))));
    }

    private void delete(RoutingContext request) {
        Upload upload = upload(request);
        threads.executeBlocking(() -> forgotten(upload), false)
                .onSuccess(gone -> request.response()
                        .setStatusCode(204)
                        .putHeader("tus-resumable", TUS)
                        .end())
                .onFailure(request::fail);
    }

    private Upload upload(RoutingContext request) {
        return uploads.find(owner(request), request.pathParam("upload"));
    }

    private static Peer owner(RoutingContext request) {
        return Guard.caller(request).member().orElseThrow();
    }

    private static JsonObject json(NamedBlob blob) {
        return new JsonObject()
                .put("blob", blob.blob().hex())
                .put("size", blob.size())
                .put("name", blob.name());
    }

    private static OptionalLong header(RoutingContext request, String name) {
        String text = request.request().getHeader(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException none) {
            // As a negative one.
        }
        throw Problem.badRequest(name + " is to be a number of bytes");
    }

    /** Pairs of a key and a value in base64. */
    private static Map<String, String> metadata(RoutingContext request) {
        String header = request.request().getHeader("upload-metadata");
        Map<String, String> pairs = new HashMap<>();
        for (String pair : header == null ? new String[0] : header.split(",")) {
            String[] parts = pair.strip().split(" ", 2);
            try {
                String value = parts.length < 2 ? "" : parts[1].strip();
                pairs.put(parts[0], new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                throw Problem.badRequest("Upload-Metadata is to be in base64");
            }
        }
        return pairs;
    }

    /** The last part of a path, printable: names become files at their submitters'. */
    private static String name(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("\\p{Cntrl}", "_");
        boolean isName = !plain.isBlank() && !plain.equals(".") && !plain.equals("..");
        return isName ? plain.substring(0, Math.min(LONGEST_NAME, plain.length())) : "file";
    }
}
