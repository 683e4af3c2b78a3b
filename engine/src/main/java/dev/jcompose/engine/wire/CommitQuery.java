package dev.jcompose.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.CommitRequest;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The query of {@code POST /commit}.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/#tag/Image/operation/ImageCommit">ImageCommit</a>
 */
public final class CommitQuery {
    private CommitQuery() {}

    /** Path and query of a request. */
    public static String target(CommitRequest request) {
        List<String> query = new ArrayList<>();
        add(query, "container", request.container());
        // A tag is behind the last colon that is behind the last slash; the server wants it apart, or in repo.
        add(query, "repo", request.reference());
        add(query, "author", request.author());
        add(query, "comment", request.comment());
        add(query, "changes", String.join("\n", request.changes()));
        query.add("pause=" + (request.pause() ? 1 : 0));
        return "/commit?" + String.join("&", query);
    }

    private static void add(List<String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.add(name + "=" + URLEncoder.encode(value, UTF_8));
        }
    }

    /** The request of a query, whose parameters a function gives. */
    public static CommitRequest read(Function<String, Optional<String>> query) {
        String repository = query.apply("repo").orElse("");
        String tag = query.apply("tag").orElse("");
        String pause = query.apply("pause").orElse("1");
        return new CommitRequest(
                query.apply("container").orElse(""),
                repository.isEmpty() || tag.isEmpty() ? repository : repository + ":" + tag,
                query.apply("author").orElse(""),
                query.apply("comment").orElse(""),
                query.apply("changes").map(text -> text.lines().toList()).orElse(List.of()),
                pause.equals("1") || pause.equalsIgnoreCase("true"));
    }
}
