package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InvitedTest {
    @Test
    void theSecretIsInTheEnvironmentOfTheScriptAndNoArgument() {
        JoinLink link = JoinLink.invite(new Address("h", 7700), Role.EDGE, new NodeId("a".repeat(52)), new Random(1));
        String line = new Invited(link, "sha256//x").installLine();
        assertTrue(line.endsWith("https://h:7700/install.sh | FLOCKWORK_JOIN='" + link.text() + "' sh"), line);
    }
}
