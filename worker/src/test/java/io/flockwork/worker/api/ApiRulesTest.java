package io.flockwork.worker.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Strike;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.gateway.TestCore;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what by the HTTP API, and what is tried and refused. */
class ApiRulesTest {
    private static final String API = Api.PATH;
    private static final String JOB = "{\"type\":\"primes\",\"parameters\":{\"to\":\"1000000000000\"}}";

    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private final Credentials ann = TestMembers.credentials(Role.SUBMIT);
    private final Credentials bob = TestMembers.credentials(Role.SUBMIT);
    private final Credentials operator = TestMembers.credentials(Role.OPERATE);
    private TestCore core;
    private Asker anybody;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        core = new TestCore(new FakeMeshNetwork(meshThread), "core", folder.resolve("closed"));
        anybody = Asker.anybody(core.address);
    }

    @AfterEach
    void close() {
        core.close();
        meshThread.shutdownNow();
    }

    private static void assertRefused(int status, String part, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        JsonObject problem = new JsonObject(answer.body());
        assertEquals(status, problem.getInteger("status"));
        assertTrue(problem.getString("detail").contains(part), answer.body());
        assertFalse(problem.getString("detail").contains("\n"), answer.body());
    }

    @Test
    void strangersSeeNothingUnlessTheGridIsOpen() throws Exception {
        for (String path : new String[] {"/grid", "/jobs", "/workers", "/events", "/credit", "/verification"}) {
            assertRefused(401, "sign in", anybody.get(API + path));
        }
        assertRefused(401, "sign in", anybody.post(API + "/jobs", JOB));
        try (TestCore open = TestCore.openToAll(new FakeMeshNetwork(meshThread), "open", folder.resolve("open"))) {
            Asker visitor = Asker.anybody(open.address);
            assertEquals(200, visitor.get(API + "/jobs").statusCode());
            assertRefused(401, "sign in", visitor.post(API + "/jobs", JOB));
            Asker submitter = visitor.as(ann, Scope.READ, Scope.SUBMIT);
            String job = new JsonObject(submitter.post(API + "/jobs", JOB).body()).getString("job");
            assertEquals(200, visitor.get(API + "/jobs/" + job).statusCode());
            assertRefused(401, "submitter", visitor.get(API + "/jobs/" + job + "/result"));
            assertRefused(401, "submitter", visitor.get(API + "/jobs/" + job + "/units"));
            assertEquals(
                    200,
                    Asker.anybody(open.address)
                            .as(bob, Scope.READ)
                            .get(API + "/jobs/" + job)
                            .statusCode(),
                    "who signs in sees no less");
            assertRefused(401, "sign in", visitor.post(API + "/jobs/" + job + "/cancel", ""));
        }
    }

    /** The right answer to a unit that may yet be given to somebody is nobody's business. */
    @Test
    void whoWasCaughtIsNamedWhereverItIsAndNothingOfJobsThatRun() throws Exception {
        Asker submitter = anybody.as(ann, Scope.READ, Scope.SUBMIT);
        JobId job = new JobId(new JsonObject(submitter.post(API + "/jobs", JOB).body()).getString("job"));
        NodeId gone = TestMembers.credentials(Role.EDGE).keys().id();
        BlobId right = new BlobId("ab".repeat(32));
        Strike strike =
                new Strike(job, new Span(0, 7), new BlobId("cd".repeat(32)), right, true, true, 1_790_000_000_000L);
        Reputation banned = Reputation.of(gone, false).struck(true, 0);
        core.judge(gone, new Judgement.Seen(banned, 0, List.of(strike)));

        String running = submitter.get(API + "/verification").body();
        JsonObject caught = new JsonObject(running).getJsonArray("caught").getJsonObject(0);
        assertEquals(gone.value(), caught.getString("worker"));
        assertFalse(caught.getBoolean("present"));
        assertEquals("banned", caught.getString("standing"));
        assertFalse(running.contains(right.hex()), running);

        assertEquals(200, submitter.post(API + "/jobs/" + job + "/cancel", "").statusCode());
        await().until(() -> submitter.get(API + "/verification").body().contains(right.hex()));
    }

    @Test
    void onlyATokenThatIsGoodNowIsOne() throws Exception {
        String good = Asker.token(ann, Instant.now().plusSeconds(60), EnumSet.of(Scope.READ));
        assertEquals(200, anybody.withToken(good).get(API + "/grid").statusCode());
        assertRefused(
                401,
                "not a whole token",
                anybody.withToken(good.substring(0, 200)).get(API + "/grid"));
        assertRefused(401, "begins with", anybody.withToken("secret").get(API + "/grid"));
        assertRefused(401, "Bearer", anybody.with("authorization", "Basic YTpi").get(API + "/grid"));
        String old = Asker.token(ann, Instant.now().minusSeconds(1), EnumSet.of(Scope.READ));
        assertRefused(401, "expired", anybody.withToken(old).get(API + "/grid"));
        Credentials foreign =
                Authority.create(Instant.now()).enrol(NodeKeys.generate(), Role.OPERATE, "eve", Instant.now());
        assertRefused(401, "not of this grid", anybody.as(foreign, Scope.READ).get(API + "/grid"));
        core.revoke(ann.keys().id());
        assertRefused(401, "revoked", anybody.withToken(good).get(API + "/grid"));
    }

    @Test
    void aTokenIsForItsScopeAndAJobIsItsOwners() throws Exception {
        Asker reader = anybody.as(ann, Scope.READ);
        Asker submitter = anybody.as(ann, Scope.READ, Scope.SUBMIT);
        assertRefused(403, "submit", reader.post(API + "/jobs", JOB));
        String job = new JsonObject(submitter.post(API + "/jobs", JOB).body()).getString("job");
        assertEquals(200, reader.get(API + "/jobs/" + job).statusCode());
        Asker other = anybody.as(bob, Scope.READ, Scope.SUBMIT);
        assertRefused(404, "no job", other.get(API + "/jobs/" + job));
        assertRefused(404, "no job", other.post(API + "/jobs/" + job + "/cancel", ""));
        assertRefused(404, "no job", other.get(API + "/jobs/" + job + "/events"));
        assertRefused(404, "no job", other.get(API + "/jobs/" + job + "/units"));
        assertRefused(400, "is empty", submitter.post(API + "/jobs", "{\"type\":null}"));
        assertRefused(400, "wrong kind", submitter.post(API + "/jobs", "{\"type\":\"echo\",\"list\":[null]}"));
        assertEquals(0, new JsonObject(other.get(API + "/jobs").body()).getInteger("total"));
        assertRefused(409, "already", other.ask("PUT", API + "/jobs/" + job, BodyPublishers.ofString(JOB)));
        String worker = core.parts.self().id().value();
        assertRefused(403, "operate", submitter.post(API + "/workers/" + worker + "/pardon", ""));
        Asker chief = anybody.as(operator, Scope.READ, Scope.SUBMIT, Scope.OPERATE);
        assertRefused(400, "nothing to pardon", chief.post(API + "/workers/" + worker + "/pardon", ""));
        core.strike(core.parts.self().id());
        assertEquals(200, chief.post(API + "/workers/" + worker + "/pardon", "").statusCode());
        assertRefused(
                403, "operate", anybody.as(operator, Scope.READ).post(API + "/workers/" + worker + "/pardon", ""));
        assertEquals(200, chief.post(API + "/jobs/" + job + "/cancel", "").statusCode());
    }

    @Test
    void aTokenHasNoPlaceInAnAddress() throws Exception {
        String token = Asker.token(ann, Instant.now().plusSeconds(60), EnumSet.of(Scope.READ));
        assertRefused(400, "no place in an address", anybody.get(API + "/grid?access_token=" + token));
        assertRefused(400, "no place in an address", anybody.get(API + "/grid?x=" + token));
        assertRefused(400, "no place in an address", anybody.get(API + "/grid?token=1"));
    }

    @Test
    void aCookieIsForOurOwnPagesOnly() throws Exception {
        String token = Asker.token(ann, Instant.now().plusSeconds(60), EnumSet.of(Scope.READ, Scope.SUBMIT));
        HttpResponse<String> signedIn = anybody.post(
                API + "/session", new JsonObject().put("token", token).encode());
        assertEquals(204, signedIn.statusCode(), signedIn.body());
        String cookie = signedIn.headers().firstValue("set-cookie").orElseThrow();
        for (String part : new String[] {"__Host-flockwork=", "HTTPOnly", "Secure", "SameSite=Strict", "Path=/"}) {
            assertTrue(cookie.contains(part), cookie);
        }
        Asker browser = anybody.with("cookie", cookie.substring(0, cookie.indexOf(';')));
        assertEquals(200, browser.get(API + "/jobs").statusCode());
        for (Asker elsewhere : new Asker[] {
            browser,
            browser.with("sec-fetch-site", "cross-site"),
            browser.with("sec-fetch-site", "same-site"),
            browser.with("sec-fetch-site", "none"),
            browser.with("origin", "https://evil.example"),
            browser.with("origin", "null")
        }) {
            assertRefused(403, "another site", elsewhere.post(API + "/jobs", JOB));
        }
        assertEquals(
                201,
                browser.with("sec-fetch-site", "same-origin")
                        .post(API + "/jobs", JOB)
                        .statusCode());
        assertEquals(
                201,
                browser.with("origin", "https://" + core.address)
                        .post(API + "/jobs", JOB)
                        .statusCode());
        assertRefused(401, "token", anybody.post(API + "/session", "{\"token\":\"flw_no\"}"));
    }

    @Test
    void hostileNamesStayText() throws Exception {
        Asker submitter = anybody.as(ann, Scope.READ, Scope.SUBMIT);
        String name = "<script>alert(1)</script>\"'&";
        HttpResponse<String> answer = submitter.post(
                API + "/jobs", new JsonObject(JOB).put("name", name).encode());
        assertEquals(name, new JsonObject(answer.body()).getString("name"));
        for (String path :
                new String[] {"/jobs", "/jobs/" + new JsonObject(answer.body()).getString("job"), "/nothing"}) {
            HttpResponse<String> told = submitter.get(API + path);
            assertTrue(told.headers().firstValue("content-type").orElse("").contains("json"), path);
            assertEquals(
                    "nosniff",
                    told.headers().firstValue("x-content-type-options").orElse(""),
                    path);
        }
        HttpResponse<String> missing = submitter.get(API + "/jobs/%3Cscript%3E");
        assertFalse(missing.headers().firstValue("content-type").orElse("").contains("html"));
    }

    @Test
    void pathsLeadNowhereElse() throws Exception {
        for (String path : new String[] {
            "/ui/../../../../etc/passwd",
            "/ui/%2e%2e/%2e%2e/Pages.class",
            "/ui/..%2f..%2fPages.class",
            "/ui/%2e%2e%5cPages.class",
            "/ui/app.js%00.html",
            "/ui/",
            "/ui/pages",
            "/webjars/lit-html/../../../../META-INF/MANIFEST.MF",
            "/webjars/../lit-html/lit-html.js",
            "/webjars/netty/META-INF/MANIFEST.MF",
            "/webjars/lit-html/package.json"
        }) {
            HttpResponse<String> answer = anybody.get(path);
            assertTrue(answer.statusCode() >= 400, path + ": " + answer.statusCode());
            assertFalse(answer.body().contains("root:"), path);
        }
        assertEquals(200, anybody.get("/").statusCode());
        assertEquals(200, anybody.get("/webjars/lit-html/lit-html.js").statusCode());
        String policy =
                anybody.get("/").headers().firstValue("content-security-policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
    }

    @Test
    @Timeout(20)
    void aLongPathIsNoLongThought() throws Exception {
        for (String path : new String[] {"-".repeat(4_000) + "~", "a-".repeat(2_000) + "~", "a.".repeat(2_000) + "~"}) {
            for (int i = 0; i < 20; i++) {
                assertEquals(404, anybody.get("/ui/" + path).statusCode());
            }
        }
    }

    @Test
    void wrongTokensAreLookedAtSoOftenOnly() throws Exception {
        Asker guessing = anybody.withToken("flw_AAAA");
        int status = 401;
        for (int i = 0; i < 1_000 && status == 401; i++) {
            status = guessing.get(API + "/grid").statusCode();
        }
        assertEquals(429, status);
    }

    @Test
    void nobodyIsSignedInByAnotherSitesPage() throws Exception {
        String token = Asker.token(ann, Instant.now().plusSeconds(60), EnumSet.of(Scope.READ));
        String body = new JsonObject().put("token", token).encode();
        assertRefused(
                403,
                "another site",
                anybody.with("sec-fetch-site", "cross-site").post(API + "/session", body));
        assertRefused(
                403,
                "another site",
                anybody.with("origin", "https://evil.example").post(API + "/session", body));
    }

    @Test
    void bodiesAreBoundedBeforeTheyAreParsed() throws Exception {
        Asker submitter = anybody.as(ann, Scope.READ, Scope.SUBMIT);
        assertRefused(413, "too long", submitter.post(API + "/jobs", " ".repeat(9 << 20)));
        assertRefused(413, "too long", submitter.post(API + "/session", " ".repeat(9 << 10)));
        String nest = "[".repeat(2_000_000);
        assertEquals(400, submitter.post(API + "/jobs", nest).statusCode());
        assertEquals(200, submitter.get(API + "/grid").statusCode(), "the core is still there");
        assertRefused(400, "limit", submitter.get(API + "/jobs?limit=100000"));
        assertRefused(400, "offset", submitter.get(API + "/jobs?offset=-1"));
        assertRefused(400, "wrong kind", submitter.post(API + "/jobs", "{\"type\":\"echo\",\"priority\":\"high\"}"));
    }

    @Test
    void anUploadGoesOnWhereItBroke() throws Exception {
        Asker submitter = anybody.as(ann, Scope.READ, Scope.SUBMIT);
        String name = Base64.getEncoder().encodeToString("../../evil name.txt".getBytes());
        HttpResponse<String> begun = submitter
                .with("upload-length", "10")
                .with("upload-metadata", "filename " + name)
                .post(API + "/uploads", "");
        assertEquals(201, begun.statusCode(), begun.body());
        String place = begun.headers().firstValue("location").orElseThrow();
        Asker part = submitter.with("content-type", "application/offset+octet-stream");
        assertEquals(
                204,
                part.with("upload-offset", "0")
                        .ask("PATCH", place, BodyPublishers.ofString("01234"))
                        .statusCode());
        HttpResponse<String> offset = submitter.ask("HEAD", place, BodyPublishers.noBody());
        assertEquals("5", offset.headers().firstValue("upload-offset").orElse(""));
        assertRefused(
                409, "goes on at 5", part.with("upload-offset", "3").ask("PATCH", place, BodyPublishers.ofString("x")));
        assertRefused(
                413,
                "more than the file",
                part.with("upload-offset", "5").ask("PATCH", place, BodyPublishers.ofString("567890")));
        assertRefused(409, "5 of 10", submitter.get(place));
        Asker other = anybody.as(bob, Scope.READ, Scope.SUBMIT);
        assertEquals(404, other.get(place).statusCode());
        assertEquals(
                204,
                part.with("upload-offset", "5")
                        .ask("PATCH", place, BodyPublishers.ofString("56789"))
                        .statusCode());
        JsonObject file = new JsonObject(submitter.get(place).body());
        assertEquals("evil name.txt", file.getString("name"));
        assertEquals(10, file.getInteger("size"));
        JsonObject job = new JsonObject().put("type", "wordcount").put("each", new JsonArray().add(file));
        HttpResponse<String> submitted = submitter.post(API + "/jobs", job.encode());
        assertEquals(201, submitted.statusCode(), submitted.body());
        assertEquals(
                204, submitter.ask("DELETE", place, BodyPublishers.noBody()).statusCode());
        assertEquals(404, submitter.get(place).statusCode());
    }
}
