package io.flockwork.worker.verify;

import java.util.Arrays;

/** A binary heap of units by ticket, 12 bytes each. */
final class TicketHeap {
    private Case[] units = new Case[16];
    private double[] tickets = new double[16];
    private int size;

    /** The least ticket; above all when there is none. */
    double least() {
        return size == 0 ? Double.POSITIVE_INFINITY : tickets[0];
    }

    void add(Case unit, double ticket) {
        if (size == units.length) {
            units = Arrays.copyOf(units, size * 2);
            tickets = Arrays.copyOf(tickets, size * 2);
        }
        int at = size++;
        while (at > 0 && tickets[(at - 1) / 2] > ticket) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        put(unit, ticket, at);
    }

    /** Takes out the unit with the least ticket. */
    Case take() {
        Case taken = units[0];
        Case last = units[--size];
        double ticket = tickets[size];
        units[size] = null;
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && tickets[child + 1] < tickets[child]) {
                child++;
            }
            if (tickets[child] >= ticket) {
                break;
            }
            move(child, at);
            at = child;
        }
        if (size > 0) {
            put(last, ticket, at);
        }
        return taken;
    }

    private void move(int from, int to) {
        put(units[from], tickets[from], to);
    }

    private void put(Case unit, double ticket, int at) {
        units[at] = unit;
        tickets[at] = ticket;
    }
}
