package dev.jcompose.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The table of commands. A command is made only when it is called: picocli's reflection over all would take too long.
 */
public final class Commands {
    private static final Map<String, Entry> TABLE = table();
    private static final Map<String, Supplier<ComposeCommand>> GROUPED = grouped();

    /** What {@code docker compose} has and this does not have yet. */
    private static final Set<String> MISSING = Set.of(
            "attach", "bridge", "build", "commit", "cp", "export", "publish", "run", "stats", "top", "volumes",
            "watch");

    /** What changes something and cannot do so for the sake of appearance. */
    private static final Set<String> NO_DRY_RUN = Set.of(
            "attach",
            "build",
            "commit",
            "cp",
            "exec",
            "image load",
            "image prune",
            "image pull",
            "image push",
            "image rm",
            "image tag",
            "load",
            "login",
            "logout",
            "pause",
            "pull",
            "push",
            "rmi",
            "run",
            "tag",
            "unpause",
            "watch");

    private Commands() {}

    private record Entry(String description, Supplier<ComposeCommand> supplier) {}

    private static Map<String, Entry> table() {
        Map<String, Entry> table = new LinkedHashMap<>();
        table.put("config", new Entry("Parse, resolve and render compose file in canonical format", Config::new));
        table.put("create", new Entry("Creates containers for a service", Create::new));
        table.put("df", new Entry("Show disk usage", SystemDf::new));
        table.put("down", new Entry("Stop and remove containers, networks", Down::new));
        table.put("events", new Entry("Receive real time events from containers", Events::new));
        table.put("exec", new Entry("Execute a command in a running container", Exec::new));
        table.put("images", new Entry("List images used by the created containers", Images::new));
        table.put("kill", new Entry("Force stop service containers", Kill::new));
        table.put("load", new Entry("Load images from a tar archive", Load::new));
        table.put("login", new Entry("Log in to a registry", Login::new));
        table.put("logs", new Entry("View output from containers", Logs::new));
        table.put("logout", new Entry("Log out from a registry", Logout::new));
        table.put("ls", new Entry("List running compose projects", Ls::new));
        table.put("pause", new Entry("Pause services", Pause::new));
        table.put("port", new Entry("Print the public port for a port binding", Port::new));
        table.put("ps", new Entry("List containers", Ps::new));
        table.put("pull", new Entry("Pull service images", Pull::new));
        table.put("push", new Entry("Push service images", Push::new));
        table.put("restart", new Entry("Restart service containers", Restart::new));
        table.put("rm", new Entry("Removes stopped service containers", Rm::new));
        table.put("rmi", new Entry("Remove images", ImageRemove::new));
        table.put("save", new Entry("Save images to a tar archive", ImageSave::new));
        table.put("scale", new Entry("Scale services", Scale::new));
        table.put("start", new Entry("Start services", Start::new));
        table.put("stop", new Entry("Stop services", Stop::new));
        table.put("tag", new Entry("Give an image one more name", ImageTag::new));
        table.put("unpause", new Entry("Unpause services", Unpause::new));
        table.put("up", new Entry("Create and start containers", Up::new));
        table.put("version", new Entry("Show the jcompose version information", Version::new));
        table.put("wait", new Entry("Block until containers of all (or specified) services stop", Wait::new));
        return table;
    }

    /** Commands of two words, the first of which is a group's name. */
    private static Map<String, Supplier<ComposeCommand>> grouped() {
        Map<String, Supplier<ComposeCommand>> grouped = new LinkedHashMap<>();
        grouped.put("image history", ImageHistory::new);
        grouped.put("image inspect", ImageInspect::new);
        grouped.put("image list", ImageList::new);
        grouped.put("image load", Load::new);
        grouped.put("image ls", ImageList::new);
        grouped.put("image prune", ImagePrune::new);
        grouped.put("image pull", ImagePull::new);
        grouped.put("image push", ImagePush::new);
        grouped.put("image rm", ImageRemove::new);
        grouped.put("image save", ImageSave::new);
        grouped.put("image tag", ImageTag::new);
        grouped.put("system df", SystemDf::new);
        return grouped;
    }

    /**
     * The words of a command line that name the command: one, or two where the first is a group's name.
     *
     * @throws CommandException if a group has no such command
     */
    public static int words(List<String> arguments) {
        String group = arguments.get(0);
        List<String> members = GROUPED.keySet().stream()
                .filter(name -> name.startsWith(group + " "))
                .map(name -> name.substring(group.length() + 1))
                .toList();
        if (members.isEmpty()) {
            return 1;
        }
        if (arguments.size() < 2 || !members.contains(arguments.get(1))) {
            throw new CommandException("jcompose %s: which of %s?".formatted(group, String.join(", ", members)));
        }
        return 2;
    }

    /** The command of that name, also a hidden one. */
    public static Optional<ComposeCommand> find(String name) {
        return switch (name) {
            case "alpha" -> Optional.of(new Viz());
            case "convert" -> Optional.of(new Config());
            case "engine" -> Optional.of(new EngineCommand());
            default ->
                Optional.ofNullable(TABLE.get(name))
                        .map(Entry::supplier)
                        .or(() -> Optional.ofNullable(GROUPED.get(name)))
                        .map(Supplier::get);
        };
    }

    /** The names that are shown, in order, with what they do. */
    public static Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        TABLE.forEach((name, entry) -> descriptions.put(name, entry.description()));
        return descriptions;
    }

    /** Whether {@code docker compose} has a command of that name. */
    public static boolean isMissing(String name) {
        return MISSING.contains(name);
    }

    /** Whether {@code --dry-run} would be ignored by the command, which must not be. */
    public static boolean refusesDryRun(String name) {
        return NO_DRY_RUN.contains(name);
    }

    /** All names, for suggestions. */
    public static Set<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }
}
