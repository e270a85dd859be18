/**
 * The JobMaster: leads the jobs whose keys this core owns. The imperative shell around {@code worker.schedule} and
 * {@code worker.verify}.
 *
 * <p>In the order of a job's life: {@code Submissions} looks it over, {@code JobBoard} puts it into the mesh, {@code Masters} claims it,
 * {@code MasterFactory} builds and {@code LedJob} runs its {@code JobMaster}; {@code Splitter} cuts it, {@code Roster} knows its workers,
 * {@code Ledger} its units, {@code Keeper} backs them up, {@code Tally} counts, {@code JobEnding} makes the outcome.
 */
package io.flockwork.worker.master;
