package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which class has which number on the wire. Numbers are never given twice: golden bytes in the tests hold them. Numbers
 * from {@link #FIRST_FREE} on are for whoever builds on this list.
 */
public final class Registrations {
    /** First number that this list leaves free. */
    public static final int FIRST_FREE = 200;

    private Registrations() {}

    /** A Kryo that knows the model and the messages, and refuses every other class. One thread at a time may use it. */
    public static Kryo newKryo() {
        Kryo kryo = new CollectionsByInterface();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(32);
        registerModel(kryo);
        registerClientMessages(kryo);
        registerWorkerMessages(kryo);
        record(kryo, RevokedNodes.class, 80);
        return kryo;
    }

    /** Registers a record, written component by component; none may be null. */
    public static <T extends Record> void record(Kryo kryo, Class<T> type, int number) {
        kryo.register(type, new WholeRecordSerializer<>(type), number);
    }

    private static void registerModel(Kryo kryo) {
        kryo.register(byte[].class, 10);
        kryo.register(List.class, new ListSerializer(), 11);
        kryo.register(Map.class, new TextMapSerializer(), 12);
        kryo.register(Set.class, new SetSerializer(), 13);
        kryo.register(Optional.class, 14);
        kryo.register(BlobId.class, new BlobIdSerializer(), 20);
        kryo.register(Span.class, new SpanSerializer(), 21);
        record(kryo, JobId.class, 22);
        record(kryo, NodeId.class, 23);
        record(kryo, NamedBlob.class, 24);
        record(kryo, Address.class, 26);
        record(kryo, Recipe.Range.class, 30);
        record(kryo, Recipe.Lines.class, 31);
        record(kryo, Recipe.Chunks.class, 32);
        record(kryo, Recipe.Each.class, 33);
        record(kryo, Recipe.Listed.class, 34);
        record(kryo, Code.Wasm.class, 35);
        record(kryo, Code.Java.class, 36);
        record(kryo, Limits.class, 37);
        record(kryo, JobSpec.class, 38);
        kryo.register(JobState.class, 39);
        record(kryo, JobRecord.class, 40);
        record(kryo, Outcome.class, 41);
        record(kryo, JobProgress.class, 42);
        record(kryo, JobProgress.WorkerShare.class, 43);
        record(kryo, WorkerInfo.class, 44);
        record(kryo, JobChange.Claim.class, 45);
        record(kryo, JobChange.End.class, 46);
        record(kryo, JobChange.Cancel.class, 47);
        record(kryo, Recipe.Own.class, 48);
        record(kryo, JobSeal.class, 49);
        record(kryo, Assurance.Lottery.class, 50);
        record(kryo, Assurance.Quorum.class, 51);
        kryo.register(Standing.class, 52);
        record(kryo, Reputation.class, 53);
        record(kryo, Strike.class, 54);
        record(kryo, Conduct.class, 55);
        record(kryo, Judgement.Seen.class, 56);
        record(kryo, Judgement.Remembered.class, 57);
        record(kryo, Judgement.Pardon.class, 58);
        kryo.register(Guarantee.class, 59);
    }

    private static void registerClientMessages(Kryo kryo) {
        record(kryo, ClientMessage.Call.class, 60);
        record(kryo, ClientMessage.Reply.class, 61);
        record(kryo, ClientMessage.Update.class, 62);
        record(kryo, ClientMessage.Status.class, 63);
        kryo.register(ClientMessage.Refusal.class, 64);
        record(kryo, ClientMessage.Request.Submit.class, 65);
        record(kryo, ClientMessage.Request.Watch.class, 66);
        record(kryo, ClientMessage.Request.Look.class, 67);
        record(kryo, ClientMessage.Request.Cancel.class, 68);
        record(kryo, ClientMessage.Request.ListJobs.class, 69);
        record(kryo, ClientMessage.Request.ListWorkers.class, 70);
        record(kryo, ClientMessage.Response.Job.class, 71);
        record(kryo, ClientMessage.Response.Jobs.class, 72);
        record(kryo, ClientMessage.Response.Workers.class, 73);
        record(kryo, ClientMessage.Response.Refused.class, 74);
        record(kryo, ClientMessage.Request.ListConducts.class, 75);
        record(kryo, ClientMessage.Request.Pardon.class, 76);
        record(kryo, ClientMessage.Response.Conducts.class, 77);
    }

    private static void registerWorkerMessages(Kryo kryo) {
        record(kryo, WorkerMessage.Hello.class, 90);
        record(kryo, WorkerMessage.Directory.class, 91);
        record(kryo, WorkerMessage.JobNotice.class, 92);
        record(kryo, WorkerMessage.Ask.class, 93);
        kryo.register(WorkerMessage.Leases.class, new LeasesSerializer(), 94);
        kryo.register(WorkerMessage.Report.class, new ReportSerializer(), 95);
        record(kryo, WorkerMessage.Acknowledged.class, 96);
        record(kryo, WorkerMessage.InHand.class, 97);
        record(kryo, WorkerMessage.Dropped.class, 98);
        record(kryo, WorkerMessage.NotLed.class, 99);
        record(kryo, WorkerMessage.Refused.class, 100);
        record(kryo, WorkerMessage.Cores.class, 101);
        record(kryo, WorkerMessage.Judged.class, 102);
    }

    /** Kryo would load a class named in the bytes before it finds that it is not registered. */
    private static final class ListedClassesOnly extends DefaultClassResolver {
        @Override
        protected Registration readName(Input input) {
            throw new KryoException("classes go by number, not by name");
        }
    }

    /** Writes every list, map and set as its interface, so that the JDK's many hidden classes need no number. */
    private static final class CollectionsByInterface extends Kryo {
        private static final List<Class<?>> INTERFACES = List.of(List.class, Map.class, Set.class);

        CollectionsByInterface() {
            super(new ListedClassesOnly(), null);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Registration getRegistration(Class type) {
            for (Class<?> known : INTERFACES) {
                if (type != null && known.isAssignableFrom(type)) {
                    return super.getRegistration(known);
                }
            }
            return super.getRegistration(type);
        }
    }
}
