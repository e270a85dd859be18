package io.flockwork.worker.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The accepted units by ticket, for each number of equal votes; so that those which the lottery would draw now, though it did
 * not then, are found without looking at the others.
 */
final class LookBack {
    private final List<TicketHeap> heaps = new ArrayList<>();
    private final Tickets tickets;

    LookBack(Tickets tickets) {
        this.tickets = tickets;
    }

    /** The unit is accepted with so many equal votes. */
    void add(Case unit, int votes) {
        while (heaps.size() < votes) {
            heaps.add(new TicketHeap());
        }
        heaps.get(votes - 1).add(unit, tickets.of(unit, votes));
    }

    /** Most votes of any unit. */
    int mostVotes() {
        return heaps.size();
    }

    /** Takes out a unit that had so many votes once and whose ticket is below {@code share}; null when there is none. */
    Case takeBelow(double share, int votes) {
        TicketHeap heap = heaps.get(votes - 1);
        return heap.least() < share ? heap.take() : null;
    }
}
