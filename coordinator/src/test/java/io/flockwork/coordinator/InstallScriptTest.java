package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but harmless values gets into a script that strangers run. */
class InstallScriptTest {
    private static final String PIN = "sha256//" + "A".repeat(43) + "=";
    private static final Packed PACKED = new Packed(
            Path.of("dist/flockwork-1-Linux-x86_64.tar.gz"), "1", "ab".repeat(32), new Platform("Linux", "x86_64"));

    @Test
    void isFilledIn() throws IOException {
        String script = new InstallScript("https://grid.example:7700", PIN).of(PACKED);
        assertTrue(script.contains("\nurl='https://grid.example:7700'\n"), script);
        assertTrue(script.contains("\npin='" + PIN + "'\n"), script);
        assertTrue(script.contains("\nsha256='" + "ab".repeat(32) + "'\n"), script);
        assertTrue(script.contains("\narchive='flockwork-1-Linux-x86_64.tar.gz'\n"), script);
        assertFalse(script.matches("(?s).*@[A-Z0-9]+@.*"), script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:7700", "https://[2001:db8::1]:443", "https://a-b.example:1"})
    void takesAddresses(String url) {
        assertEquals(url, new InstallScript(url, "").url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://a",
                "https://a:1/x",
                "https://a';rm -rf ~;':1",
                "https://$(id):1",
                "ftp://a:1",
                "https://a:1\n"
            })
    void refusesWhatIsNoAddress(String url) {
        assertThrows(IllegalArgumentException.class, () -> new InstallScript(url, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256//short=", "md5//AAAA", "sha256//'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"})
    void refusesWhatIsNoPin(String pin) {
        assertThrows(IllegalArgumentException.class, () -> new InstallScript("https://a:1", pin));
    }

    @Test
    void aVersionWithAQuoteIsRefused() {
        Packed odd = new Packed(Path.of("a"), "1';id;'", "00", new Platform("Linux", "x86_64"));
        InstallScript script = new InstallScript("https://a:1", PIN);
        assertThrows(IllegalArgumentException.class, () -> script.of(odd));
    }

    @Test
    void platformsAreNamedAsUnameNamesThem() {
        assertEquals("Linux-x86_64", Platform.of("Linux", "amd64").toString());
        assertEquals("Linux-aarch64", Platform.of("Linux", "aarch64").toString());
        assertEquals("Darwin-arm64", Platform.of("Mac OS X", "aarch64").toString());
    }
}
