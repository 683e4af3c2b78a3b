package dev.jcompose.cli.project;

import dev.jcompose.engine.watch.Stamp;
import dev.jcompose.model.load.ComposeFiles;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads projects, and remembers the last few: as long as their files stay as they are, the same question has the same
 * answer, warnings included. For a process that runs one command after the other about the same projects. Thread-safe.
 */
public final class RecentProjects implements Function<LoadRequest, LoadResult> {
    private static final int KEPT = 4;
    /** A file that was changed just now may be changed once more without its time telling so. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<Question, SoftReference<Answer>> recent = new LinkedHashMap<>(KEPT, 1, true);

    /** @param found the files, where their names are not given */
    private record Question(LoadRequest request, List<ComposeSource> found) {}

    private record Answer(LoadResult result, Map<Path, Optional<Stamp>> files) {}

    /** @param clock of the file systems' times */
    public RecentProjects(Clock clock) {
        this.clock = clock;
    }

    @Override
    public LoadResult apply(LoadRequest request) {
        Question question = new Question(request, found(request));
        Answer known = find(question);
        if (known != null && known.files().equals(stamps(known.files().keySet()))) {
            return known.result();
        }
        Instant begun = clock.instant();
        LoadResult loaded = new ComposeLoader().load(request);
        if (loaded.files() != null) {
            keep(question, new Answer(loaded, stamps(loaded.files())), begun.minus(SETTLED));
        }
        return loaded;
    }

    private synchronized @Nullable Answer find(Question question) {
        SoftReference<Answer> answer = recent.get(question);
        return answer == null ? null : answer.get();
    }

    private synchronized void keep(Question question, Answer answer, Instant before) {
        long settled = TimeUnit.SECONDS.toNanos(before.getEpochSecond()) + before.getNano();
        if (answer.files().values().stream()
                .flatMap(Optional::stream)
                .allMatch(stamp -> !stamp.directory() && stamp.version() < settled)) {
            recent.put(question, new SoftReference<>(answer));
            if (recent.size() > KEPT) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
    }

    private static List<ComposeSource> found(LoadRequest request) {
        Path caller = request.workingDirectory();
        Path given = request.projectDirectory();
        Path searched = given == null ? caller : caller.resolve(given).normalize();
        return ComposeFiles.find(request.files(), searched, caller, request.environment(), new ArrayList<>());
    }

    private static Map<Path, Optional<Stamp>> stamps(Set<Path> files) {
        Map<Path, Optional<Stamp>> stamps = new HashMap<>();
        files.forEach(file -> stamps.put(file, Stamp.behind(file)));
        return stamps;
    }
}
