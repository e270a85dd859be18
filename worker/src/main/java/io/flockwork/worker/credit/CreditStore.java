package io.flockwork.worker.credit;

import io.flockwork.sdk.credit.CreditEntry;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.credit.CreditLog;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credit logs that this core has, its own among them. Safe for use by many threads; may block on the disk. */
public final class CreditStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(CreditStore.class);
    private static final String LOG = ".log";

    private final Path folder;
    private final Credentials self;
    private final MemberCheck members;
    private final Map<NodeId, StoredLog> logs = new TreeMap<>();

    private CreditStore(Path folder, Credentials self) {
        this.folder = folder;
        this.self = self;
        this.members = new MemberCheck(self.authority());
    }

    /** What an earlier run of this core left. */
    public static CreditStore open(Path folder, Credentials self) throws IOException {
        CreditStore store = new CreditStore(folder, self);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(LOG)) {
                    store.log(new NodeId(name.substring(0, name.length() - LOG.length())));
                }
            }
        }
        return store;
    }

    private StoredLog log(NodeId core) throws IOException {
        StoredLog known = logs.get(core);
        if (known == null) {
            known = StoredLog.open(core, folder, members);
            logs.put(core, known);
        }
        return known;
    }

    /** The heads of all logs. */
    public synchronized List<CreditHead> heads() {
        return logs.values().stream()
                .map(StoredLog::head)
                .filter(Objects::nonNull)
                .toList();
    }

    /** All logs whole, those that are as their cores have signed them. */
    public List<CreditLog> logs() {
        List<CreditLog> whole = new ArrayList<>();
        for (CreditHead head : heads()) {
            try {
                whole.add(CreditLog.of(head, entries(head.id(), 0, (int) head.size()), members));
            } catch (CertificateException moved) {
                // It has grown since: the next look sees it.
                LOGGER.debug(
                        "the credit log of core {} is left out: {}", head.id().brief(), moved.getMessage());
            }
        }
        return whole;
    }

    /** At most so many entries of a log, from this one on. */
    public synchronized List<String> entries(NodeId core, long from, int most) {
        StoredLog log = logs.get(core);
        return log == null ? List.of() : log.entries(from, most);
    }

    /** True when some core has thanked for the job. */
    synchronized boolean has(JobId job) {
        return logs.values().stream().anyMatch(log -> log.has(job));
    }

    /** How many entries of a core's log are here. */
    synchronized int size(NodeId core) {
        StoredLog log = logs.get(core);
        return log == null ? 0 : log.size();
    }

    /** Thanks for a job, unless somebody has. */
    synchronized void append(List<CreditEntry> entries, long nowMillis) throws IOException {
        if (!entries.isEmpty() && !has(entries.get(0).job())) {
            log(self.keys().id()).append(entries, self, nowMillis);
        }
    }

    /**
     * Takes on what another core has more of a log.
     *
     * @throws CertificateException with one sentence when it contradicts what is here, or its core has not signed it
     */
    synchronized void follow(CreditHead head, List<String> more) throws CertificateException, IOException {
        head.check(members);
        log(head.id()).follow(head, more, members);
    }
}
