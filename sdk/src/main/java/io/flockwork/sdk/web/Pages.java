package io.flockwork.sdk.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dashboard's files, from the class path: its own, and those of the libraries that it uses. They hold nothing of the grid, so anybody
 * may have them. Safe for use by many threads.
 */
public final class Pages {
    /** Nothing is run, shown or asked for that is not from here. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
            + "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String OWN = "/io/flockwork/sdk/web/ui/";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");
    private static final Map<String, String> LIBRARIES =
            Map.of("lit-html", "org.webjars.npm/lit-html", "uplot", "org.webjars.npm/uplot");
    /** No dots but before an extension, so that no path leads up. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(?:[/.][A-Za-z0-9_-]+)*\\.([a-z]{2,4})");

    private static final int LONGEST_PATH = 120;

    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    /** Adds the dashboard to a server's routes. */
    public void mount(Router router) {
        get(router, "/", request -> send(request, OWN, "index.html"));
        get(
                router,
                "/ui/*",
                request -> send(request, OWN, request.normalizedPath().substring("/ui/".length())));
        get(router, "/webjars/:library/*", this::library);
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private void library(RoutingContext request) {
        String name = request.pathParam("library");
        Optional<String> version = version(name);
        if (version.isEmpty()) {
            request.response().setStatusCode(404).end();
            return;
        }
        String folder = "/META-INF/resources/webjars/" + name + "/" + version.get() + "/";
        send(request, folder, request.normalizedPath().substring(("/webjars/" + name + "/").length()));
    }

    private static Optional<String> version(String library) {
        String jar = LIBRARIES.get(library);
        if (jar == null) {
            return Optional.empty();
        }
        Properties build = new Properties();
        try (InputStream in = Pages.class.getResourceAsStream("/META-INF/maven/" + jar + "/pom.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.ofNullable(build.getProperty("version"));
    }

    private void send(RoutingContext request, String folder, String path) {
        HttpServerResponse response = request.response();
        response.putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("cross-origin-resource-policy", "same-origin")
                // It is asked about each time, and sent again only when it has changed.
                .putHeader("cache-control", "no-cache");
        Asset asset = asset(folder, path).orElse(null);
        if (asset == null) {
            response.setStatusCode(404).end("there is no such page");
        } else if (asset.tag().equals(request.request().getHeader("if-none-match"))) {
            response.putHeader("etag", asset.tag()).setStatusCode(304).end();
        } else {
            send(request, asset);
        }
    }

    private static void send(RoutingContext request, Asset asset) {
        String accepted = request.request().getHeader("accept-encoding");
        boolean zipped = accepted != null && accepted.contains("gzip");
        byte[] bytes = zipped ? asset.zipped() : asset.bytes();
        HttpServerResponse response = request.response()
                .putHeader("content-type", asset.mediaType())
                .putHeader("etag", asset.tag())
                .putHeader("vary", "accept-encoding")
                .putHeader("content-length", Integer.toString(bytes.length));
        if (zipped) {
            response.putHeader("content-encoding", "gzip");
        }
        if (request.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(Buffer.buffer(bytes));
        }
    }

    private Optional<Asset> asset(String folder, String path) {
        if (path.length() > LONGEST_PATH) {
            return Optional.empty();
        }
        Asset known = assets.get(folder + path);
        if (known != null) {
            return Optional.of(known);
        }
        Matcher named = PATH.matcher(path);
        if (!named.matches() || !MEDIA_TYPES.containsKey(named.group(1))) {
            return Optional.empty();
        }
        try (InputStream in = Pages.class.getResourceAsStream(folder + path)) {
            if (in == null) {
                return Optional.empty();
            }
            Asset read = Asset.of(MEDIA_TYPES.get(named.group(1)), in.readAllBytes());
            assets.put(folder + path, read);
            return Optional.of(read);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
