package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import java.util.List;

/** Where a worker writes down which cores there are, beyond one run of it. Safe for use by many threads; may block. */
public interface CoreBook {
    /** These are the grid's cores now. */
    void learn(List<Address> cores);

    /** None of the cores known answers: asks around who is there; empty when nobody knows. */
    List<Address> askAround();
}
