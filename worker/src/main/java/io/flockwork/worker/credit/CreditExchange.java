package io.flockwork.worker.credit;

import io.flockwork.sdk.client.CreditNews;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the credit logs here up to what other cores have. Blocks on the network. */
final class CreditExchange {
    private static final Logger LOG = LoggerFactory.getLogger(CreditExchange.class);

    private final CreditStore store;
    private final CreditNews news;

    CreditExchange(CreditStore store, CreditNews news) {
        this.store = store;
        this.news = news;
    }

    /** Learns all that this core has; false when it did not answer. */
    boolean learnFrom(Address core) {
        try {
            for (CreditHead head : news.heads(core).join()) {
                if (head.size() > store.size(head.id())) {
                    learn(core, head);
                }
            }
            return true;
        } catch (CompletionException | IllegalArgumentException silent) {
            LOG.debug("core {} does not tell its credit logs: {}", core, silent.toString());
            return false;
        }
    }

    private void learn(Address core, CreditHead head) {
        int from = store.size(head.id());
        List<String> more = new ArrayList<>();
        while (from + more.size() < head.size()) {
            List<String> next =
                    news.entries(core, head.id(), from + more.size()).join();
            if (next.isEmpty()) {
                return; // not an honest answer; somebody else may have the log
            }
            more.addAll(next);
        }
        try {
            store.follow(head, more.subList(0, (int) head.size() - from));
        } catch (CertificateException wrong) {
            LOG.warn("core {} tells of a credit log that is not believed: {}", core, wrong.getMessage());
        } catch (IOException diskTrouble) {
            LOG.warn("a credit log could not be kept: {}", diskTrouble.toString());
        }
    }
}
