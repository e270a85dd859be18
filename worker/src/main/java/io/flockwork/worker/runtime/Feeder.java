package io.flockwork.worker.runtime;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to one runner process what the desk has for it, until the process ends. */
final class Feeder implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final byte[] NO_MODULE = {};

    private final Desk desk;
    private final OutputStream pipe;
    private boolean ended;

    /** @param desk guarded by its own monitor, which is notified when there is something to feed */
    Feeder(Desk desk, OutputStream pipe) {
        this.desk = desk;
        this.pipe = pipe;
    }

    /** The process is gone; {@link #run} returns soon. */
    void end() {
        synchronized (desk) {
            ended = true;
            desk.notifyAll();
        }
    }

    @Override
    public void run() {
        try {
            Optional<Desk.Errand> errand = next();
            while (errand.isPresent()) {
                write(errand.get());
                errand = next();
            }
        } catch (IOException gone) {
            LOG.debug("The runner does not listen any more: {}", gone.getMessage());
        } catch (InterruptedException closing) {
            LOG.debug("The runner's feeder was interrupted", closing);
        }
    }

    /** The next errand, waited for; empty when the process has ended. */
    private Optional<Desk.Errand> next() throws IOException, InterruptedException {
        Optional<Desk.Errand> errand;
        synchronized (desk) {
            errand = desk.next();
        }
        if (errand.isPresent()) {
            return errand;
        }
        pipe.flush();
        synchronized (desk) {
            while (!ended) {
                errand = desk.next();
                if (errand.isPresent()) {
                    return errand;
                }
                desk.wait();
            }
            return Optional.empty();
        }
    }

    private void write(Desk.Errand errand) throws IOException {
        if (errand instanceof Desk.Errand.Send send) {
            write(send.message());
        } else if (errand instanceof Desk.Errand.Give give) {
            if (!give.define() || define(give.job())) {
                write(new Message.Units(give.job().number, give.orders()));
            }
        }
    }

    private boolean define(DeskJob job) throws IOException {
        UnitCode code = job.code;
        byte[] module;
        try {
            module = code.code() instanceof Code.Wasm ? code.module().get() : NO_MODULE;
        } catch (RuntimeException missing) {
            refuse(job, "the module cannot be had: " + Wording.cause(missing));
            return false;
        }
        Limits limits = code.limits();
        write(new Message.Define(job.number, code.job(), code.code(), limits, code.range(), module));
        return true;
    }

    private void refuse(DeskJob job, String cause) {
        List<Ticket> refused;
        synchronized (desk) {
            job.defined = false;
            refused = desk.remove(unit -> unit.job() == job);
        }
        Delivery.deliver(refused.stream().map(ticket -> ticket.failed(cause)).toList());
    }

    private void write(Message message) throws IOException {
        Output body = Frames.body(8 << 10);
        message.write(body);
        Frames.write(pipe, body);
    }
}
