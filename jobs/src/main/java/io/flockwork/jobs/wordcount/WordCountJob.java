package io.flockwork.jobs.wordcount;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code wordcount} over files, lines or chunks: how often each word occurs, the most frequent first, as lines of
 * {@code word<TAB>count}. What a word is: {@link Words}.
 */
public final class WordCountJob implements JobType {
    @Override
    public String name() {
        return "wordcount";
    }

    @Override
    public String description() {
        return "counts the words of UTF-8 texts";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        return given.filter(recipe -> !(recipe instanceof Recipe.Range))
                .orElseThrow(
                        () -> new IllegalArgumentException("wordcount needs texts: give it files, chunks or lines"));
    }

    @Override
    public byte[] compute(UnitContext unit) {
        WordCounts counts = new WordCounts();
        Words.forEach(unit.input(), word -> counts.add(word, 1));
        return counts.lines(Map.Entry.comparingByKey());
    }

    @Override
    public Optional<Combiner> combiner(Parameters parameters) {
        return Optional.of(new MergedCounts());
    }
}
