package io.flockwork.worker.schedule;

/**
 * The schedule's constants. All times in seconds.
 *
 * @param minUnit shortest carved unit, unless a single index takes longer
 * @param maxUnit longest carved unit
 * @param tailFactor a carved unit takes at most 1/tailFactor of the time that is left for the whole job
 * @param leaseFloor a lease lasts so long after it was given or last named in a heartbeat; some heartbeats long
 * @param leaseFactor before its first heartbeat, at least so many times what the unit is expected to take
 * @param grace a leased unit may be missing from the worker's heartbeats for so long
 * @param overdueFactor a unit out for so many times its expected time is a straggler
 * @param overdueFloor but not before so long
 */
public record ScheduleSettings(
        double minUnit,
        double maxUnit,
        double tailFactor,
        double leaseFloor,
        double leaseFactor,
        double grace,
        double overdueFactor,
        double overdueFloor) {
    public static final ScheduleSettings DEFAULT = new ScheduleSettings(0.25, 10, 8, 10, 4, 5, 1.5, 1);

    public ScheduleSettings {
        if (!(minUnit > 0 && minUnit <= maxUnit)) {
            throw new IllegalArgumentException("a unit's shortest time must be above 0 and at most its longest");
        }
        if (!(tailFactor >= 1 && leaseFactor >= 1 && overdueFactor >= 1)) {
            throw new IllegalArgumentException("tail, lease and overdue factors must be at least 1");
        }
        if (!(leaseFloor > 0 && grace >= 0 && overdueFloor > 0)) {
            throw new IllegalArgumentException("lease floor and overdue floor must be above 0, grace not negative");
        }
    }
}
