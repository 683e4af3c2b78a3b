package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.json.JsonObject;
import java.util.List;

/** The items of {@code /compose/containers} and {@code /compose/projects}: everything that the API's records hold. */
public final class Listings {
    private Listings() {}

    /** A container with all that is known of it. */
    public static JsonObject write(ContainerSummary container) {
        return JsonObject.create()
                .put("id", container.id())
                .put("name", container.name())
                .put("image", container.image())
                .put("command", container.command())
                .put("project", container.project())
                .put("service", container.service())
                .put("number", container.number())
                .put("oneOff", container.oneOff())
                .put("state", container.state())
                .put("health", container.health())
                .put("exitCode", container.exitCode())
                .put("oomKilled", container.oomKilled())
                .put("createdAt", container.createdAt())
                .put("startedAt", container.startedAt())
                .put("finishedAt", container.finishedAt())
                .put(
                        "publishers",
                        container.publishers().stream().map(Listings::write).toList())
                .put("networks", container.networks())
                .put("mounts", container.mounts())
                .put("labels", container.labels());
    }

    private static JsonObject write(Publisher publisher) {
        return JsonObject.create()
                .put("url", publisher.url())
                .put("targetPort", publisher.targetPort())
                .put("publishedPort", publisher.publishedPort())
                .put("protocol", publisher.protocol());
    }

    /** What {@link #write(ContainerSummary)} wrote. */
    public static ContainerSummary readContainer(JsonObject json) {
        List<Publisher> publishers = json.objects("publishers").stream()
                .map(port -> new Publisher(
                        port.string("url"),
                        port.integer("targetPort", 0),
                        port.integer("publishedPort", 0),
                        port.string("protocol")))
                .toList();
        return new ContainerSummary(
                json.string("id"),
                json.string("name"),
                json.string("image"),
                json.strings("command"),
                json.string("project"),
                json.string("service"),
                json.integer("number", 1),
                json.flag("oneOff"),
                json.string("state"),
                json.string("health"),
                json.integer("exitCode", 0),
                json.flag("oomKilled"),
                json.instant("createdAt"),
                json.instantOrNull("startedAt"),
                json.instantOrNull("finishedAt"),
                publishers,
                json.stringMap("networks"),
                json.strings("mounts"),
                json.stringMap("labels"));
    }

    /** A project. */
    public static JsonObject write(ProjectSummary project) {
        return JsonObject.create()
                .put("name", project.name())
                .put("status", project.status())
                .put("configFiles", project.configFiles());
    }

    /** What {@link #write(ProjectSummary)} wrote. */
    public static ProjectSummary readProject(JsonObject json) {
        return new ProjectSummary(json.string("name"), json.string("status"), json.strings("configFiles"));
    }
}
