package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.Enrolment;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining, inviting and revoking over HTTPS: who may, and what is said to who may not. */
class MemberRoutesTest {
    @TempDir
    private Path dir;

    private Coordinator coordinator;
    private Registry registry;
    private HttpClient operator;

    @BeforeEach
    void start() throws IOException {
        coordinator = start("grid");
        registry = Registry.existing(dir.resolve("grid"), Clock.systemUTC());
        operator = member(Role.OPERATE);
    }

    private Coordinator start(String name) throws IOException {
        return Coordinator.start(new CoordinatorSettings(dir.resolve(name), freeAddress(), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private static Address freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Address("127.0.0.1", socket.getLocalPort());
        }
    }

    private JoinLink invite(Role role, int uses) throws IOException {
        return registry.invite(
                new Terms(role, false, "tester", uses, Duration.ofHours(1)).from(System.currentTimeMillis()));
    }

    private HttpClient member(Role role) throws IOException {
        return http(new GridTls(registry.authority()
                        .enrol(
                                NodeKeys.generate(),
                                role,
                                "tester",
                                Clock.systemUTC().instant()))
                .context(GridTls.SERVERS));
    }

    private static HttpClient http(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private HttpResponse<String> post(HttpClient as, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + coordinator.address() + path))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body))
                .build();
        return as.sendAsync(request, BodyHandlers.ofString()).join();
    }

    private HttpResponse<String> get(HttpClient as, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + coordinator.address() + path))
                .build();
        return as.sendAsync(request, BodyHandlers.ofString()).join();
    }

    private static String error(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        String error = new JsonObject(response.body()).getString("error");
        assertTrue(error.length() > 10 && !error.contains("\n") && !error.contains("Exception"), error);
        return error;
    }

    @Test
    void aNewcomerJoinsOnceAndStaysWhoItIs() throws IOException {
        JoinLink link = invite(Role.EDGE, 1);
        Membership joined = Enrolment.join(link, dir.resolve("one"), "");
        assertEquals(Role.EDGE, joined.credentials().self().role());
        assertEquals("tester", joined.credentials().self().operator());
        assertEquals(
                joined.credentials().keys().id(),
                Enrolment.join(link, dir.resolve("one"), "")
                        .credentials()
                        .keys()
                        .id());
        GridException usedUp = assertThrows(GridException.class, () -> Enrolment.join(link, dir.resolve("two"), ""));
        assertEquals("this join link has been used up: it was for one node, ask for another", usedUp.getMessage());
    }

    @Test
    void aLinkOfOneGridAtTheAddressOfAnotherIsToldSo() throws IOException {
        try (Coordinator other = start("other")) {
            JoinLink link = invite(Role.EDGE, 1);
            JoinLink astray = new JoinLink(other.address(), link.role(), link.token(), link.grid());
            GridException refused =
                    assertThrows(GridException.class, () -> Enrolment.join(astray, dir.resolve("one"), ""));
            assertEquals(
                    "another grid answers at " + other.address() + " than the one this join link is for",
                    refused.getMessage());
            Enrolment.join(link, dir.resolve("one"), "");
        }
    }

    @Test
    void aFolderOfAnotherGridsMemberIsLeftAlone() throws IOException {
        try (Coordinator other = start("other")) {
            Membership mine = Enrolment.join(invite(Role.EDGE, 1), dir.resolve("one"), "");
            JoinLink there = Registry.existing(dir.resolve("other"), Clock.systemUTC())
                    .invite(new Terms(Role.EDGE, false, "", 1, Duration.ofHours(1)).from(System.currentTimeMillis()));
            assertEquals(other.grid(), there.grid());
            IOException refused = assertThrows(IOException.class, () -> Enrolment.join(there, dir.resolve("one"), ""));
            assertTrue(refused.getMessage().contains("belongs to a member of another grid"));
            assertEquals(
                    mine.credentials().grid(),
                    Membership.load(dir.resolve("one"))
                            .orElseThrow()
                            .credentials()
                            .grid());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "7",
                "[]",
                "{}",
                "\"x\"",
                "{\"token\":null}",
                "{\"token\":[]}",
                "{\"token\":\"a\",\"role\":\"edge\",\"key\":\"!\",\"tlsKey\":\"\",\"host\":\"\",\"proof\":\"\",\"tlsProof\":\"\"}"
            })
    void aMalformedRequestToJoinIsOneSentence(String body) {
        error(400, post(http(GridTls.joining(coordinator.grid())), EnrolmentRequest.PATH, body));
    }

    @Test
    void anOversizedOrDeepRequestToJoinIsRefused() {
        HttpClient newcomer = http(GridTls.joining(coordinator.grid()));
        error(413, post(newcomer, EnrolmentRequest.PATH, "x".repeat((64 << 10) + 1)));
        error(400, post(newcomer, EnrolmentRequest.PATH, "{\"a\":".repeat(10_000)));
        error(400, post(newcomer, EnrolmentRequest.PATH, "[".repeat(60_000)));
        assertEquals(404, get(operator, "/revocations").statusCode());
    }

    @ParameterizedTest
    @EnumSource(names = {"CORE", "EDGE", "SUBMIT"})
    void onlyOperatorsInviteAndRevoke(Role role) throws IOException {
        HttpClient other = member(role);
        String why = "only a member of role operate may do this, and this one's is " + role.word();
        assertEquals(why, error(403, post(other, "/invitations", "{\"role\":\"operate\",\"seconds\":60}")));
        assertEquals(why, error(403, post(other, "/revocations", "{\"what\":\"abc\"}")));
        // Before the body is read.
        assertEquals(why, error(403, post(other, "/invitations", "x".repeat(100))));
    }

    @Test
    void strangersAreToldSo() {
        HttpClient newcomer = http(GridTls.joining(coordinator.grid()));
        for (String path : new String[] {"/invitations", "/revocations", "/mesh/announce"}) {
            assertEquals("this is for members of the grid only", error(401, post(newcomer, path, "{}")));
        }
        assertEquals(401, get(newcomer, "/revocations").statusCode());
        assertEquals(401, get(newcomer, "/mesh/cores").statusCode());
    }

    @Test
    void anOperatorInvitesFromAfar() throws IOException {
        JsonObject answer = new JsonObject(
                post(operator, "/invitations", "{\"role\":\"edge\",\"operator\":\"lab\",\"uses\":2,\"seconds\":60}")
                        .body());
        JoinLink link = JoinLink.parse(answer.getString("link"));
        assertEquals(coordinator.address(), link.coordinator());
        assertTrue(answer.getString("pin").startsWith("sha256//"));
        assertEquals(
                "lab",
                Enrolment.join(link, dir.resolve("one"), "")
                        .credentials()
                        .self()
                        .operator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"role\":null,\"seconds\":60}",
                "{\"role\":\"coordinator\",\"seconds\":60}",
                "{\"role\":\"edge\"}",
                "{\"role\":\"edge\",\"seconds\":\"60\"}",
                "{\"role\":\"edge\",\"seconds\":null}",
                "{\"role\":\"edge\",\"seconds\":-1}",
                "{\"role\":\"edge\",\"seconds\":9223372036854775807}",
                "{\"role\":\"edge\",\"seconds\":1e99}",
                "{\"role\":\"edge\",\"seconds\":60,\"uses\":0}",
                "{\"role\":\"edge\",\"seconds\":60,\"uses\":4294967297}",
                "{\"role\":\"edge\",\"seconds\":60,\"uses\":null}",
                "{\"role\":\"edge\",\"seconds\":60,\"operator\":null}",
                "{\"role\":\"edge\",\"seconds\":60,\"operator\":\"a\\nb\"}"
            })
    void malformedTermsAreOneSentence(String body) {
        error(400, post(operator, "/invitations", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "null", "{\"what\":7}", "{\"what\":null}", "{\"what\":\"\"}", "{\"what\":\"no/such\"}"
            })
    void malformedRevocationsAreOneSentence(String body) {
        error(400, post(operator, "/revocations", body));
    }

    @Test
    void whatIsRevokedFromAfarIsListedAndKeptOut() throws IOException {
        JoinLink link = invite(Role.SUBMIT, 2);
        Membership bad = Enrolment.join(link, dir.resolve("one"), "");
        HttpClient badHttp = http(new GridTls(bad.credentials()).context(GridTls.SERVERS));
        assertEquals(200, get(badHttp, "/mesh/cores").statusCode());
        String id = bad.credentials().keys().id().value();
        HttpResponse<String> answer =
                post(operator, "/revocations", new JsonObject().put("what", id).encode());
        assertEquals("node " + id + " (submit, operator tester)", new JsonObject(answer.body()).getString("revoked"));
        RevocationList list = RevocationList.parse(get(operator, "/revocations").body());
        assertTrue(list.isSignedBy(registry.authority().certificate()));
        assertEquals(Set.of(bad.credentials().keys().id()), list.nodes());
        // On the connection that was open already.
        assertEquals("node " + id + " has been revoked", error(403, get(badHttp, "/mesh/cores")));
        HttpClient again = http(new GridTls(bad.credentials()).context(GridTls.SERVERS));
        assertEquals("node " + id + " has been revoked", error(403, get(again, "/mesh/cores")));
        assertEquals(list.text(), get(again, "/revocations").body(), "it may know why");
    }

    @Test
    void aMistypedLinkAsksNobody() throws IOException {
        String text = invite(Role.EDGE, 1).text();
        char last = text.charAt(text.length() - 1);
        String mistyped = text.substring(0, text.length() - 1) + (last == 'a' ? 'b' : 'a');
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> JoinLink.parse(mistyped));
        assertEquals("this join link is mistyped: copy it once more", refused.getMessage());
        assertFalse(refused.getMessage().contains(mistyped));
    }
}
