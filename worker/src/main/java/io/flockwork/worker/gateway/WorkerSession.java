package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.master.WorkerChannel;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;

/** A worker's socket: says hello, hears which jobs there are, and talks with the masters on this core. */
final class WorkerSession implements WorkerChannel {
    private final MessageSocket socket;
    private final Peer peer;
    private final Rights rights;
    private final JobBoard board;
    private final Masters masters;
    private final Bulletin bulletin;
    private final Consumer<WorkerMessage> news;
    private final X509Certificate certificate;
    private WorkerInfo worker;
    private Witness witness;

    /** @param certificate by which the worker is {@code peer} */
    WorkerSession(
            MessageSocket socket,
            Peer peer,
            X509Certificate certificate,
            Rights rights,
            JobBoard board,
            Masters masters,
            Bulletin bulletin) {
        this.socket = socket;
        this.peer = peer;
        this.certificate = certificate;
        this.rights = rights;
        this.board = board;
        this.masters = masters;
        this.bulletin = bulletin;
        this.news = socket::send;
    }

    void start() {
        socket.listen(this::received, this::closed);
    }

    private void received(Message message) {
        if (!rights.maySpeak(peer)) {
            socket.refuse("too many messages");
        } else if (message instanceof WorkerMessage.Hello hello) {
            greet(hello);
        } else if (worker == null) {
            socket.refuse("a worker says hello first");
        } else if (message instanceof WorkerMessage.Ask ask) {
            masters.received(this, ask.job(), ask);
        } else if (message instanceof WorkerMessage.Report report) {
            masters.received(this, report.job(), report);
        } else if (message instanceof WorkerMessage.InHand inHand) {
            masters.received(this, inHand.job(), inHand);
        } else {
            socket.refuse("a worker does not send this");
        }
    }

    private void greet(WorkerMessage.Hello hello) {
        if (hello.protocol() != Message.PROTOCOL) {
            refuse("this core speaks protocol " + Message.PROTOCOL + ", not " + hello.protocol());
        } else if (worker != null) {
            socket.refuse("a worker says hello once");
        } else if (!isOf(hello.worker())) {
            socket.refuse("a worker speaks for itself only");
        } else {
            meet(hello);
        }
    }

    private void meet(WorkerMessage.Hello hello) {
        try {
            witness = Witness.of(peer.id(), certificate, hello.key());
        } catch (CertificateException strange) {
            refuse(strange.getMessage());
            return;
        }
        worker = hello.worker();
        board.connected(worker);
        bulletin.addWorker(worker.id(), news);
    }

    /** Who it is, whose, and whether others may dial it, is the authority's word, not its own. */
    private boolean isOf(WorkerInfo said) {
        return said.id().equals(peer.id())
                && said.operator().equals(peer.operator())
                && said.referee() == peer.referee()
                && said.isReachable() == (peer.role() == Role.CORE);
    }

    private void closed() {
        bulletin.removeWorker(news);
        if (worker != null) {
            masters.gone(this);
            board.gone(worker);
        }
    }

    @Override
    public WorkerInfo worker() {
        return worker;
    }

    @Override
    public void send(WorkerMessage message) {
        socket.send(message);
    }

    @Override
    public Witness witness() {
        return witness;
    }

    @Override
    public void refuse(String why) {
        send(new WorkerMessage.Refused(why));
        socket.refuse(why);
    }
}
