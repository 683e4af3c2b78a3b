package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes and finds the cgroups of one engine's containers, in version 1 or 2, whichever this machine has its controllers
 * in. All of them are below one parent cgroup, directly below the root that the engine sees. Needs root. Thread-safe.
 */
public final class Cgroups {
    /** The parent cgroup of the engine with the default data directory. */
    public static final String DEFAULT_PARENT = "jcompose";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,200}");

    private final Linux linux;
    private final CgroupLayout layout;
    private final String parent;
    private final V1Hierarchies hierarchies;

    /**
     * Cgroups on the hierarchies of {@code layout}.
     *
     * @param parent the name of the parent cgroup, another one for each engine
     */
    public Cgroups(Linux linux, CgroupLayout layout, String parent) {
        this.linux = linux;
        this.layout = layout;
        this.parent = requireName(parent);
        this.hierarchies = new V1Hierarchies(linux, layout, parent);
    }

    /** Cgroups on what is mounted on this machine. */
    public static Cgroups detect(Linux linux, String parent) throws IOException {
        return new Cgroups(linux, CgroupLayout.detect(), parent);
    }

    /**
     * Makes the cgroup of a container, with its limits. When that fails, what was made is removed again. Idempotent.
     *
     * @param id the container's id: letters, digits, {@code _}, {@code .} and {@code -}
     * @throws IOException if a limit cannot be set, or needs a controller that this machine does not have
     */
    public ContainerCgroup create(String id, CgroupLimits limits) throws IOException {
        requireName(id);
        if (layout.isV1()) {
            V1Cgroup cgroup = new V1Cgroup(linux, hierarchies, id);
            cgroup.create(limits);
            return cgroup;
        }
        if (layout.unified() == null) {
            throw new CgroupException("no cgroup file system is mounted on this machine");
        }
        V2Cgroup cgroup = new V2Cgroup(linux, unified(layout.unified()), id);
        cgroup.create(limits);
        return cgroup;
    }

    /**
     * How a process will enter the cgroup that {@link #create} makes with the same arguments; it need not exist yet.
     */
    public Placement placement(String id, CgroupLimits limits) {
        ContainerCgroup cgroup = find(id);
        return cgroup instanceof V1Cgroup v1 ? v1.placement(limits) : cgroup.placement();
    }

    /** The cgroup of a container that an earlier engine made. It may be gone: then it has no processes. */
    public ContainerCgroup find(String id) {
        requireName(id);
        return layout.isV1() || layout.unified() == null
                ? new V1Cgroup(linux, hierarchies, id)
                : new V2Cgroup(linux, unified(layout.unified()), id);
    }

    /** The ids of all containers that have a cgroup, to find what a crash left. */
    public List<String> ids() throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        for (CgroupDirectory directory : parents()) {
            try (DirectoryStream<Path> children =
                    Files.newDirectoryStream(Path.of(directory.path()), Files::isDirectory)) {
                children.forEach(child -> ids.add(child.getFileName().toString()));
            } catch (NoSuchFileException e) {
                // No parent cgroup, so no containers here.
            }
        }
        return List.copyOf(ids);
    }

    /**
     * Removes the parent cgroup if no container is left in it: to be called after the last one is removed, so that
     * nothing stays on the machine. Costs some microseconds when one is left.
     */
    public void removeParentIfEmpty() throws IOException {
        for (CgroupDirectory directory : parents()) {
            try {
                directory.remove();
            } catch (ErrnoException e) {
                if (!e.is(Errno.EBUSY) && !e.is(Errno.ENOTEMPTY)) {
                    throw e;
                }
            }
        }
    }

    /**
     * What to mount on {@code /sys/fs/cgroup} in a container so that it sees its own cgroup as the root. Mount them
     * after the process is in its cgroup and then in a new cgroup namespace.
     */
    public List<CgroupMount> mounts() {
        if (!layout.isV1()) {
            return layout.unified() == null ? List.of() : List.of(new CgroupMount("cgroup2", "", "", List.of()));
        }
        List<CgroupMount> mounts = new ArrayList<>();
        mounts.add(new CgroupMount("tmpfs", "", "mode=755,size=64k", List.of()));
        for (CgroupLayout.Hierarchy hierarchy : hierarchies.always()) {
            List<String> controllers = hierarchy.controllers();
            String name = String.join(",", controllers);
            mounts.add(new CgroupMount("cgroup", name, name, controllers.size() == 1 ? List.of() : controllers));
        }
        return mounts;
    }

    private List<CgroupDirectory> parents() {
        if (!layout.isV1() && layout.unified() != null) {
            return List.of(unified(layout.unified()).parent());
        }
        return hierarchies.all().stream().map(hierarchies::parent).toList();
    }

    private UnifiedTree unified(String mountPoint) {
        return new UnifiedTree(linux, mountPoint, parent);
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "cgroup name \"" + name + "\" is not made of letters, digits, _, . and -");
        }
        return name;
    }
}
