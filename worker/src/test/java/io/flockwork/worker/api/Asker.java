package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.model.Address;
import io.flockwork.worker.TestMembers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A program in any language: it has no certificate, and asks with a token or without. */
final class Asker {
    private final Address core;
    private final HttpClient http;
    private final List<String> headers = new ArrayList<>();

    private Asker(Address core, HttpClient http, List<String> headers) {
        this.core = core;
        this.http = http;
        this.headers.addAll(headers);
    }

    static Asker anybody(Address core) throws Exception {
        // The JDK's client would send what browsers send, too.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
        GridTls member = new GridTls(TestMembers.credentials(Role.SUBMIT));
        SSLContext tls = SSLContext.getInstance(GridTls.PROTOCOL);
        tls.init(null, new TrustManager[] {member.trust(GridTls.SERVERS)}, null);
        return new Asker(core, HttpClient.newBuilder().sslContext(tls).build(), List.of());
    }

    Asker with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Asker(core, http, more);
    }

    Asker withToken(String text) {
        return with("authorization", "Bearer " + text);
    }

    Asker as(Credentials member, Scope first, Scope... more) {
        return withToken(token(member, Instant.now().plusSeconds(600), EnumSet.of(first, more)));
    }

    static String token(Credentials member, Instant expires, EnumSet<Scope> scopes) {
        return Token.mint(member, scopes, expires).text();
    }

    HttpResponse<String> ask(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://" + core + path)).method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return ask("POST", path, BodyPublishers.ofString(body));
    }
}
