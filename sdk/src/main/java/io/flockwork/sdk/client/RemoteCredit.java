package io.flockwork.sdk.client;

import io.flockwork.sdk.client.Grid.Credit;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.credit.CreditLog;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grid's credit, of every core that answers: each log from the one that has most of it. Blocks. */
final class RemoteCredit {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCredit.class);

    private final CreditNews news;
    private final MemberCheck members;
    private final List<CreditHead> heads = new ArrayList<>();
    private final Map<NodeId, Longest> longest = new LinkedHashMap<>();

    private record Longest(CreditHead head, Address core) {}

    RemoteCredit(CreditNews news, MemberCheck members) {
        this.news = news;
        this.members = members;
    }

    /** @throws GridException with one sentence when no core answers, or what they say is not what cores have signed */
    Credit of(List<Address> cores) {
        boolean anybody = false;
        for (Address core : cores) {
            anybody |= askHeads(core);
        }
        if (!anybody) {
            throw new GridException(GridException.Kind.UNREACHABLE, "no core tells its credit logs");
        }
        List<CreditLog> logs = new ArrayList<>();
        for (Longest one : longest.values()) {
            logs.add(log(one));
        }
        return new Credit(members.grid(), logs, List.copyOf(heads));
    }

    private boolean askHeads(Address core) {
        try {
            for (CreditHead head : news.heads(core).join()) {
                head.check(members);
                heads.add(head);
                longest.merge(
                        head.id(),
                        new Longest(head, core),
                        (known, next) -> next.head().size() > known.head().size() ? next : known);
            }
            return true;
        } catch (CompletionException | IllegalArgumentException silent) {
            LOG.info("core {} does not tell its credit logs: {}", core, silent.getMessage());
            return false;
        } catch (CertificateException forged) {
            throw wrong(forged.getMessage());
        }
    }

    private CreditLog log(Longest one) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < one.head().size()) {
            List<String> more = entries(one, lines.size());
            if (more.isEmpty()) {
                throw wrong("core " + one.core() + " does not have the credit log whose head it tells");
            }
            lines.addAll(more.subList(0, (int) Math.min(more.size(), one.head().size() - lines.size())));
        }
        try {
            return CreditLog.of(one.head(), lines, members);
        } catch (CertificateException forged) {
            throw wrong(forged.getMessage());
        }
    }

    private List<String> entries(Longest one, long from) {
        try {
            return news.entries(one.core(), one.head().id(), from).join();
        } catch (CompletionException lost) {
            LOG.debug("core {} went silent", one.core(), lost);
            throw wrong("core " + one.core() + " went silent; try again");
        }
    }

    private static GridException wrong(String sentence) {
        return new GridException(GridException.Kind.UNREACHABLE, sentence);
    }
}
