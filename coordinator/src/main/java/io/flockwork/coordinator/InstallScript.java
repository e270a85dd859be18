package io.flockwork.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the script that installs a worker. Every value is checked to be harmless between a shell's single quotes.
 *
 * @param url where the coordinator answers, {@code https://grid.example:7700}
 * @param pin the SHA-256 of its public key as curl's {@code --pinnedpubkey} takes it, {@code sha256//…}; empty: its certificate is
 *     checked as usual
 */
record InstallScript(String url, String pin) {
    private static final Pattern URL = Pattern.compile("https?://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}");
    private static final Pattern PIN = Pattern.compile("(sha256//[A-Za-z0-9+/]{43}=)?");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/+=\\[\\]-]*");
    private static final Pattern MARK = Pattern.compile("@([A-Z0-9]+)@");

    InstallScript {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(url + " is not the address of a coordinator");
        }
        if (!PIN.matcher(pin).matches()) {
            throw new IllegalArgumentException(pin + " is not a pin like sha256//…=");
        }
    }

    /** The script that installs this archive. */
    String of(Packed packed) throws IOException {
        Map<String, String> values = Map.of(
                "VERSION", packed.version(),
                "ARCHIVE", packed.name(),
                "SHA256", packed.sha256(),
                "SYSTEM", packed.platform().system(),
                "MACHINE", packed.platform().machine(),
                "URL", url,
                "PIN", pin);
        return MARK.matcher(template()).replaceAll(mark -> Matcher.quoteReplacement(value(values, mark.group(1))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = Objects.requireNonNull(values.get(name), name);
        if (!HARMLESS.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' cannot be part of a script");
        }
        return value;
    }

    private static String template() throws IOException {
        try (InputStream in = InstallScript.class.getResourceAsStream("install.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
