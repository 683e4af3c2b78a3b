package dev.jcompose.cli.command;

import dev.jcompose.cli.command.image.ImageHistory;
import dev.jcompose.cli.command.image.ImageInspect;
import dev.jcompose.cli.command.image.ImageList;
import dev.jcompose.cli.command.image.ImagePrune;
import dev.jcompose.cli.command.image.ImagePull;
import dev.jcompose.cli.command.image.ImagePush;
import dev.jcompose.cli.command.image.ImageRemove;
import dev.jcompose.cli.command.image.ImageSave;
import dev.jcompose.cli.command.image.ImageTag;
import dev.jcompose.cli.command.image.Load;
import dev.jcompose.cli.command.image.Login;
import dev.jcompose.cli.command.image.Logout;
import dev.jcompose.cli.command.image.SystemDf;
import dev.jcompose.cli.command.network.NetworkConnect;
import dev.jcompose.cli.command.network.NetworkCreate;
import dev.jcompose.cli.command.network.NetworkDisconnect;
import dev.jcompose.cli.command.network.NetworkInspect;
import dev.jcompose.cli.command.network.NetworkLs;
import dev.jcompose.cli.command.network.NetworkPrune;
import dev.jcompose.cli.command.network.NetworkRm;
import dev.jcompose.cli.command.volume.VolumeCreate;
import dev.jcompose.cli.command.volume.VolumeInspect;
import dev.jcompose.cli.command.volume.VolumeLs;
import dev.jcompose.cli.command.volume.VolumePrune;
import dev.jcompose.cli.command.volume.VolumeRm;
import dev.jcompose.cli.session.ComposeCommand;
import java.util.LinkedHashMap;
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

    /** First words of commands that have two, as {@code volume ls}; Docker has these beside Compose. */
    private static final Map<String, String> GROUPS = Map.of(
            "alpha", "Experimental commands",
            "image", "Manage images",
            "network", "Manage networks",
            "system", "Manage jcompose",
            "volume", "Manage volumes");

    /** Names and groups that {@code docker compose} does not have: Docker's, and our own. */
    private static final Set<String> BESIDE_COMPOSE = Set.of(
            "completion",
            "df",
            "dns",
            "doctor",
            "image",
            "load",
            "login",
            "logout",
            "network",
            "rmi",
            "save",
            "system",
            "tag",
            "volume");

    /** What {@code docker compose} has and this will not have, and why. */
    private static final Map<String, String> SENSELESS = Map.of(
            "bridge", "it converts with images that need Docker; take kompose instead",
            "publish", "a project as an OCI artifact is not supported; share its folder, for example with git",
            "desktop", "there is no Docker Desktop here",
            "context", "the only engine is the one of this machine",
            "alpha dry-run", "put --dry-run before the command",
            "alpha generate", "a Compose file cannot be made of containers; they remember the file they came from",
            "alpha publish", "a project as an OCI artifact is not supported; share its folder, for example with git");

    /** What changes something and cannot do so for the sake of appearance. */
    private static final Set<String> NO_DRY_RUN = Set.of(
            "attach",
            "image load",
            "image prune",
            "image pull",
            "image rm",
            "image tag",
            "load",
            "login",
            "logout",
            "network connect",
            "network create",
            "network disconnect",
            "network prune",
            "network rm",
            "rmi",
            "tag",
            "volume create",
            "volume prune",
            "volume rm",
            "alpha watch",
            "watch");

    private Commands() {}

    private record Entry(String description, Supplier<ComposeCommand> supplier) {}

    private static Map<String, Entry> table() {
        Map<String, Entry> table = new LinkedHashMap<>();
        table.put("build", new Entry("Build or rebuild services", Build::new));
        table.put("commit", new Entry("Create a new image from a service container's changes", Commit::new));
        table.put(
                "attach",
                new Entry(
                        "Attach local standard input, output, and error streams to a service's running container",
                        Attach::new));
        table.put("completion", new Entry("Print the completion script for a shell", ShellCompletion::new));
        table.put("config", new Entry("Parse, resolve and render compose file in canonical format", Config::new));
        table.put("cp", new Entry("Copy files/folders between a service container and the local filesystem", Cp::new));
        table.put("create", new Entry("Create containers for a service", Create::new));
        table.put("df", new Entry("Show disk usage", SystemDf::new));
        table.put("dns", new Entry("Show what a service is answered when it asks for a name, and why", Dns::new));
        table.put("doctor", new Entry("Check whether this machine has what jcompose needs", DoctorCommand::new));
        table.put("down", new Entry("Stop and remove containers, networks", Down::new));
        table.put("events", new Entry("Receive real time events from containers", Events::new));
        table.put("exec", new Entry("Execute a command in a running container", Exec::new));
        table.put("export", new Entry("Export a service container's filesystem as a tar archive", Export::new));
        imageCommands(table);
        table.put("images", new Entry("List images used by the created containers", Images::new));
        table.put("kill", new Entry("Force stop service containers", Kill::new));
        table.put("load", new Entry("Load images from a tar archive", Load::new));
        table.put("login", new Entry("Log in to a registry", Login::new));
        table.put("logs", new Entry("View output from containers", Logs::new));
        table.put("logout", new Entry("Log out from a registry", Logout::new));
        table.put("ls", new Entry("List running compose projects", Ls::new));
        table.put("network connect", new Entry("Connect a container to a network", NetworkConnect::new));
        table.put("network create", new Entry("Create a network", NetworkCreate::new));
        table.put("network disconnect", new Entry("Disconnect a container from a network", NetworkDisconnect::new));
        table.put("network inspect", new Entry("Display detailed information on networks", NetworkInspect::new));
        table.put("network ls", new Entry("List networks", NetworkLs::new));
        table.put("network prune", new Entry("Remove unused networks", NetworkPrune::new));
        table.put("network rm", new Entry("Remove networks", NetworkRm::new));
        table.put("pause", new Entry("Pause services", Pause::new));
        table.put("port", new Entry("Print the public port for a port binding", Port::new));
        table.put("ps", new Entry("List containers", Ps::new));
        table.put("pull", new Entry("Pull service images", Pull::new));
        table.put("push", new Entry("Push service images", Push::new));
        table.put("restart", new Entry("Restart service containers", Restart::new));
        table.put("rm", new Entry("Remove stopped service containers", Rm::new));
        table.put("rmi", new Entry("Remove images", ImageRemove::new));
        table.put("save", new Entry("Save images to a tar archive", ImageSave::new));
        table.put("run", new Entry("Run a one-off command on a service", Run::new));
        table.put("scale", new Entry("Scale services", Scale::new));
        table.put("start", new Entry("Start services", Start::new));
        table.put("stats", new Entry("Display a live stream of container(s) resource usage statistics", Stats::new));
        table.put("stop", new Entry("Stop services", Stop::new));
        table.put("system df", new Entry("Show disk usage", SystemDf::new));
        table.put("tag", new Entry("Give an image one more name", ImageTag::new));
        table.put("top", new Entry("Display the running processes", Top::new));
        table.put("unpause", new Entry("Unpause services", Unpause::new));
        table.put("up", new Entry("Create and start containers", Up::new));
        table.put("version", new Entry("Show the jcompose version information", Version::new));
        table.put("volume create", new Entry("Create a volume", VolumeCreate::new));
        table.put("volume inspect", new Entry("Display detailed information on volumes", VolumeInspect::new));
        table.put("volume ls", new Entry("List volumes", VolumeLs::new));
        table.put("volume prune", new Entry("Remove volumes that no container uses", VolumePrune::new));
        table.put("volume rm", new Entry("Remove volumes", VolumeRm::new));
        table.put("volumes", new Entry("List volumes", Volumes::new));
        table.put("wait", new Entry("Block until containers of all (or specified) services stop", Wait::new));
        table.put(
                "watch",
                new Entry(
                        "Watch build context for service and rebuild/refresh containers when files are updated",
                        Watch::new));
        return table;
    }

    private static void imageCommands(Map<String, Entry> table) {
        table.put("image history", new Entry("Show the history of an image", ImageHistory::new));
        table.put("image inspect", new Entry("Display detailed information on images", ImageInspect::new));
        table.put("image load", new Entry("Load images from a tar archive", Load::new));
        table.put("image ls", new Entry("List images", ImageList::new));
        table.put("image prune", new Entry("Remove unused images", ImagePrune::new));
        table.put("image pull", new Entry("Download images from a registry", ImagePull::new));
        table.put("image push", new Entry("Upload images to a registry", ImagePush::new));
        table.put("image rm", new Entry("Remove images", ImageRemove::new));
        table.put("image save", new Entry("Save images to a tar archive", ImageSave::new));
        table.put("image tag", new Entry("Give an image one more name", ImageTag::new));
    }

    /** Whether a second word follows to make the name of a command. */
    public static boolean isGroup(String name) {
        return GROUPS.containsKey(name);
    }

    /** The commands that begin with a word, with what they do. */
    public static Map<String, String> ofGroup(String group) {
        Map<String, String> descriptions = new LinkedHashMap<>();
        if (group.equals("alpha")) {
            descriptions.put("alpha scale", "Scale services");
            descriptions.put("alpha viz", "Print a graphviz graph of the compose file");
            descriptions.put("alpha watch", "Watch build context for service and rebuild/refresh containers");
        }
        TABLE.forEach((name, entry) -> {
            if (name.startsWith(group + " ")) {
                descriptions.put(name, entry.description());
            }
        });
        return descriptions;
    }

    /** The command of that name, of one word or two, also a hidden one. */
    public static Optional<ComposeCommand> find(String name) {
        return switch (name) {
            case "alpha scale" -> Optional.of(new Scale());
            case "alpha watch" -> Optional.of(new Watch());
            case "alpha viz" -> Optional.of(new Viz());
            case "convert" -> Optional.of(new Config());
            case "engine" -> Optional.of(new EngineCommand());
            default ->
                Optional.ofNullable(TABLE.get(name))
                        .map(entry -> entry.supplier().get());
        };
    }

    /** The names that are shown, in order, with what they do. */
    public static Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        TABLE.forEach((name, entry) -> {
            int blank = name.indexOf(' ');
            String first = blank < 0 ? name : name.substring(0, blank);
            descriptions.putIfAbsent(first, GROUPS.getOrDefault(first, entry.description()));
        });
        return descriptions;
    }

    /** Whether {@code docker compose} has a command of that name. */
    public static boolean isOfCompose(String name) {
        return !BESIDE_COMPOSE.contains(name);
    }

    /** Why there will be no command of that name, if that is so. */
    public static Optional<String> whyNot(String name) {
        return Optional.ofNullable(SENSELESS.get(name));
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
