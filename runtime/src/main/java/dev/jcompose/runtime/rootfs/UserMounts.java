package dev.jcompose.runtime.rootfs;

import static java.util.Objects.requireNonNull;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.MountSpec.ImageMount;
import dev.jcompose.runtime.container.MountSpec.MemoryFile;
import dev.jcompose.runtime.container.MountSpec.Propagation;
import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The mounts that were asked for: bind mounts, images, tmpfs, and files in memory.
 *
 * <p>A bind mount is first a detached copy, gets its attributes, and only then appears, so it is never writable for a
 * moment. What lies in {@code /sys} is mounted after {@code /sys}; everything else is mounted before {@code /proc} and
 * {@code /sys}, so that a link of the image into these leads to a directory that they then cover.
 */
public final class UserMounts {
    private final List<MountSpec> mounts;
    private final Map<MountSpec, Integer> mappings;
    private final IdentityHashMap<MountSpec, Argument> sources = new IdentityHashMap<>();

    /** @param mappings descriptors of the user namespaces of mounts that are owned by the container's user */
    public UserMounts(List<MountSpec> mounts, Map<MountSpec, Integer> mappings) {
        this.mappings = mappings;
        this.mounts = mounts.stream()
                .sorted(Comparator.comparingInt(mount -> destination(mount).getNameCount()))
                .toList();
    }

    /** The destinations, without {@code .} and {@code ..}. */
    public Set<String> destinations() {
        return mounts.stream().map(mount -> destination(mount).toString()).collect(Collectors.toSet());
    }

    /**
     * Copies the sources, before anything else is mounted: only so a shared mount stays in its peer group.
     *
     * <p>Whether a source is a directory is looked at now; should that change, the mount fails.
     */
    public void openSources(LaunchCalls calls) {
        for (MountSpec mount : mounts) {
            if (mount instanceof BindMount bind) {
                calls.program().purpose("bind mount \"" + bind.source() + "\" on \"" + bind.destination() + "\"");
                Argument tree = calls.openTree(
                        LaunchCalls.AT_FDCWD,
                        bind.source().toString(),
                        Mount.OPEN_TREE_CLONE | Fcntl.AT_NO_AUTOMOUNT | (bind.recursive() ? Fcntl.AT_RECURSIVE : 0));
                long readOnly = bind.readOnly() ? Mount.MOUNT_ATTR_RDONLY : 0;
                calls.mountSetattr(
                        tree, bind.recursive(), bind.writableBelow() ? 0 : readOnly, propagation(bind.propagation()));
                if (bind.readOnly() && bind.writableBelow()) {
                    calls.mountSetattr(tree, false, readOnly, 0);
                }
                Integer mapping = mappings.get(bind);
                if (mapping != null) {
                    calls.program()
                            .purpose("show the owner of \"" + bind.source()
                                    + "\" as the container's user, which its file"
                                    + " system and those below it must be able to do");
                    calls.mountSetattr(tree, bind.recursive(), Mount.MOUNT_ATTR_IDMAP, 0, mapping);
                }
                sources.put(mount, tree);
            }
        }
    }

    /**
     * Makes the files in memory, in a tmpfs that is seen at {@code place} until the root is mounted there; the process
     * must have a mount namespace of its own.
     */
    public void makeFiles(LaunchCalls calls, String place) {
        boolean begun = false;
        for (int i = 0; i < mounts.size(); i++) {
            if (!(mounts.get(i) instanceof MemoryFile file)) {
                continue;
            }
            calls.program().purpose("make \"" + file.destination() + "\"");
            if (!begun) {
                calls.mount("tmpfs", place, "tmpfs", Mount.MS_NOSUID | Mount.MS_NODEV, "mode=700");
                begun = true;
            }
            String path = place + "/" + i;
            Argument open =
                    calls.openat(LaunchCalls.AT_FDCWD, path, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_EXCL, 0600);
            byte[] content = file.content();
            if (content.length > 0) {
                calls.write(open, content);
            }
            calls.fchown(open, file.uid(), file.gid());
            calls.fchmod(open, file.mode());
            calls.close(open);
            Argument tree = calls.openTree(LaunchCalls.AT_FDCWD, path, Mount.OPEN_TREE_CLONE);
            calls.mountSetattr(tree, false, Mount.MOUNT_ATTR_RDONLY, Mount.MS_PRIVATE);
            sources.put(file, tree);
        }
    }

    private static long propagation(Propagation propagation) {
        return switch (propagation) {
            case PRIVATE -> Mount.MS_PRIVATE;
            case SLAVE -> Mount.MS_SLAVE;
            case SHARED -> Mount.MS_SHARED;
        };
    }

    /** Adds the mounts that are not in {@code /sys}. */
    public void addOutsideSys(LaunchCalls calls, ContainerRoot root) {
        mounts.stream()
                .filter(mount -> !destination(mount).startsWith("/sys"))
                .forEach(mount -> add(calls, root, mount));
    }

    /** Adds the mounts that are in {@code /sys}. */
    public void addInsideSys(LaunchCalls calls, ContainerRoot root) {
        mounts.stream()
                .filter(mount -> destination(mount).startsWith("/sys"))
                .forEach(mount -> add(calls, root, mount));
    }

    private void add(LaunchCalls calls, ContainerRoot root, MountSpec mount) {
        String destination = destination(mount).toString();
        if (mount instanceof BindMount bind) {
            boolean directory = Files.isDirectory(bind.source());
            calls.program()
                    .purpose("bind mount the " + (directory ? "directory" : "file") + " \"" + bind.source() + "\" on \""
                            + destination + "\"");
            Argument target = directory ? root.directory(destination) : root.file(destination);
            calls.moveMount(requireNonNull(sources.get(mount), "openSources comes first"), target);
        } else if (mount instanceof ImageMount image) {
            calls.program().purpose("mount an image on \"" + destination + "\"");
            addImage(calls, root, image, destination);
        } else if (mount instanceof MemoryFile file) {
            calls.program().purpose("mount \"" + destination + "\"");
            calls.moveMount(requireNonNull(sources.get(file), "makeFiles comes first"), root.file(destination));
        } else if (mount instanceof TmpfsMount tmpfs) {
            calls.program().purpose("mount tmpfs on \"" + destination + "\"");
            calls.mountOn(root.directory(destination), "tmpfs", "tmpfs", flags(tmpfs), options(tmpfs));
        }
    }

    private static void addImage(LaunchCalls calls, ContainerRoot root, ImageMount image, String destination) {
        Argument target = root.directory(destination);
        if (image.layers().size() > 1) {
            OverlayMount.addReadOnly(calls, image.layers(), target);
        } else {
            // Overlayfs wants two directories at least.
            Argument tree = calls.openTree(
                    LaunchCalls.AT_FDCWD,
                    image.layers().get(0).toString(),
                    Mount.OPEN_TREE_CLONE | Fcntl.AT_NO_AUTOMOUNT);
            calls.mountSetattr(
                    tree,
                    false,
                    Mount.MOUNT_ATTR_RDONLY | Mount.MOUNT_ATTR_NOSUID | Mount.MOUNT_ATTR_NODEV,
                    Mount.MS_PRIVATE);
            calls.moveMount(tree, target);
        }
        if (!image.subpath().isEmpty()) {
            // On top of the whole image, which is out of reach then.
            Argument part = new ContainerRoot(calls, root.openDirectory(destination)).openDirectory(image.subpath());
            calls.moveMount(calls.openTree(part, "", Mount.OPEN_TREE_CLONE), root.openDirectory(destination));
        }
    }

    private static long flags(TmpfsMount tmpfs) {
        return Mount.MS_NOSUID
                | Mount.MS_NODEV
                | (tmpfs.executable() ? 0 : Mount.MS_NOEXEC)
                | (tmpfs.readOnly() ? Mount.MS_RDONLY : 0);
    }

    private static String options(TmpfsMount tmpfs) {
        String options = "mode=%o,uid=%d,gid=%d".formatted(tmpfs.mode(), tmpfs.uid(), tmpfs.gid());
        return tmpfs.sizeBytes() == 0 ? options : options + ",size=" + tmpfs.sizeBytes();
    }

    private static Path destination(MountSpec mount) {
        return Path.of(mount.destination()).normalize();
    }
}
