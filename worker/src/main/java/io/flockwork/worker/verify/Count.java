package io.flockwork.worker.verify;

/**
 * The votes on a unit, counted: one for each operator (each worker, where there is one operator).
 *
 * @param votes all of them
 * @param leader a ballot for the answer with most votes; among equals for the one that was given first
 * @param top votes for the leader
 * @param second votes for the next answer, 0 when there is no other
 */
record Count(int votes, Ballot leader, int top, int second) {
    static Count of(Case unit, Electorate electorate) {
        Ballot leader = null;
        int votes = 0;
        int top = 0;
        int second = 0;
        for (Ballot b = unit.first; b != null; b = b.next) {
            if (unit.find(b::agrees) == b) {
                int agreeing = agreeing(b, electorate);
                votes += agreeing;
                if (agreeing > top) {
                    second = top;
                    top = agreeing;
                    leader = b;
                } else {
                    second = Math.max(second, agreeing);
                }
            }
        }
        return new Count(votes, leader, top, second);
    }

    boolean disputed() {
        return second > 0;
    }

    private static int agreeing(Ballot first, Electorate electorate) {
        int votes = 0;
        for (Ballot b = first; b != null; b = b.next) {
            votes += b.agrees(first) && !isEcho(b, first, electorate) ? 1 : 0;
        }
        return votes;
    }

    /** True when the same operator has said the same already. */
    private static boolean isEcho(Ballot ballot, Ballot first, Electorate electorate) {
        for (Ballot b = first; b != ballot; b = b.next) {
            if (b.agrees(ballot) && electorate.sameVote(b.voter, ballot.voter)) {
                return true;
            }
        }
        return false;
    }
}
