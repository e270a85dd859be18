package io.flockwork.sdk.cli;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofSink;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Compares results on this machine's disk with the digests in a proof, unit after unit. */
final class ResultsCheck {
    private final ResultBytes bytes;
    private String complaint;
    private long number;
    /** The job's first index. */
    private long first;

    private ResultsCheck(ResultBytes bytes) {
        this.bytes = bytes;
    }

    /** Of a file with all results in unit order, or a folder with a file for each, as {@link Destination} writes them. */
    static ResultsCheck of(Path results) throws IOException {
        if (!Files.exists(results)) {
            throw new NoSuchFileException(results.toString());
        }
        return new ResultsCheck(
                Files.isDirectory(results) ? ResultBytes.ofFolder(results) : ResultBytes.ofFile(results));
    }

    /** What is wrong with the results, in one sentence. After the whole proof was read. */
    Optional<String> complaint() {
        try {
            if (complaint == null) {
                complaint = bytes.leftOver(number).orElse(null);
            }
            bytes.close();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Optional.ofNullable(complaint);
    }

    private void compare(FinalUnit unit) {
        long mine = number++;
        if (complaint != null || unit.result().isEmpty()) {
            return;
        }
        FinalUnit.Result result = unit.result().get();
        try (InputStream in = bytes.of(mine, unit.unit().from() - first, result.size())) {
            if (!Manifest.of(in).id().equals(result.digest())) {
                complaint = "the result of unit " + unit.unit() + " is not the one that was voted on";
            }
        } catch (NoSuchFileException missing) {
            complaint = "the result of unit " + unit.unit() + " is not there";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (IllegalArgumentException tooLong) {
            complaint = "the result of unit " + unit.unit() + " is longer than a result can be";
        }
    }

    /** Lets another one hear all, too. */
    ProofSink beside(ProofSink other) {
        return new ProofSink() {
            @Override
            public void job(MemberCheck authority, JobRecord job) {
                first = job.spec().recipe() instanceof Recipe.Range range ? range.from() : 0;
                bytes.requireFor(job.outcome().flatMap(Outcome::combined).isPresent());
                other.job(authority, job);
            }

            @Override
            public void unit(FinalUnit unit) {
                compare(unit);
                other.unit(unit);
            }

            @Override
            public void witness(Witness witness) {
                other.witness(witness);
            }

            @Override
            public void batch(VoteBatch batch) {
                other.batch(batch);
            }
        };
    }
}
