package io.flockwork.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What its user calls a worker; each is absent where nothing was said of it, and empty where it is to have none.
 *
 * @param name what people call it
 * @param site where it is
 * @param team whom its credit is added to
 */
record Labels(Optional<String> name, Optional<String> site, Optional<String> team) {
    private static final String NAME = "name";
    private static final String SITE = "site";
    private static final String TEAM = "team";
    private static final long MOST_BYTES = 16 << 10;

    static final Labels NONE = new Labels(Optional.empty(), Optional.empty(), Optional.empty());

    /** These, and of what is absent in them those of before. */
    Labels or(Labels before) {
        return new Labels(name.or(before::name), site.or(before::site), team.or(before::team));
    }

    /** What {@link #save} has written; what is not there, or is of no use, is absent. */
    static Labels load(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
            return NONE;
        }
        Properties kept = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            kept.load(text);
        } catch (CharacterCodingException | IllegalArgumentException damaged) {
            return NONE;
        }
        return new Labels(text(kept, NAME), text(kept, SITE), text(kept, TEAM));
    }

    private static Optional<String> text(Properties kept, String key) {
        return Optional.ofNullable(kept.getProperty(key)).filter(WorkerInfo::isLabel);
    }

    void save(Path file) throws IOException {
        Properties kept = new Properties();
        name.ifPresent(text -> kept.setProperty(NAME, text));
        site.ifPresent(text -> kept.setProperty(SITE, text));
        team.ifPresent(text -> kept.setProperty(TEAM, text));
        StringWriter text = new StringWriter();
        kept.store(text, null);
        OwnerOnly.write(file, text.toString().getBytes(UTF_8));
    }
}
