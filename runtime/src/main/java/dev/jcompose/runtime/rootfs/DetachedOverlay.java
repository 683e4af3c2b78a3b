package dev.jcompose.runtime.rootfs;

import static java.util.Objects.requireNonNull;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.MountCalls;
import dev.jcompose.runtime.container.RootfsSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mounts the layers of containers over each other, in the engine and attached nowhere, while their launch programs are
 * compiled and started. A launch program is then handed the mount, and attaches it in the container's own mount
 * namespace: nobody else ever sees it, and it goes with its last descriptor, however the engine ends. Thread-safe.
 *
 * <p>The layers are named by their descriptors here, below {@code /proc/self/fd}: nothing in a path needs escaping, and
 * {@code /proc/mounts} in the container tells nothing of the host's directories.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/fsopen.2.html">fsopen(2)</a>
 */
public final class DetachedOverlay {
    private static final Logger log = LoggerFactory.getLogger(DetachedOverlay.class);

    private final Linux linux;
    private final MountCalls mounts;
    private final @Nullable Fd empty;

    /** Asks the kernel, which since Linux 6.15 takes layers that are attached nowhere. */
    public DetachedOverlay(Linux linux) {
        this.linux = linux;
        this.mounts = linux.mounts();
        this.empty = probe();
    }

    /**
     * A root file system.
     *
     * @param root the mount, opened at its root
     * @param below mounts of single layers, which are part of it; to let go of one, the kernel waits for every
     *     processor
     */
    public record Mounted(Fd root, List<Fd> below) implements AutoCloseable {
        @Override
        public void close() {
            root.close();
            below.forEach(Fd::close);
        }
    }

    /** An empty directory for overlays without an upper one, if the kernel can do what is needed. */
    private @Nullable Fd probe() {
        Fd made = null;
        try (Fd other = emptyDirectory()) {
            made = emptyDirectory();
            mount(List.of(made, other), Map.of()).close();
            return made;
        } catch (ErrnoException e) {
            log.debug("root file systems are mounted by launch programs", e);
            if (made != null) {
                made.close();
            }
            return null;
        }
    }

    /** Whether this kernel can do it; {@link OverlayMount} does it on all. */
    public boolean isSupported() {
        return empty != null;
    }

    /**
     * Mounts the layers, and the upper directory on top of them, which must be there as the work directory must.
     *
     * @return what the caller closes
     * @throws IOException if a layer is not there, or naming the call that failed
     */
    public Mounted mount(RootfsSpec spec) throws IOException {
        Set<Path> outer = OuterLayers.of(spec.lowerDirectories());
        List<Fd> opened = new ArrayList<>();
        List<Fd> below = new ArrayList<>();
        try (Fd upper = open(spec.upper());
                Fd work = open(spec.work())) {
            List<Fd> topFirst = new ArrayList<>();
            for (Path layer : spec.lowerDirectories()) {
                Fd directory = open(layer);
                opened.add(directory);
                if (outer.contains(layer)) {
                    // Without an upper directory, two lower ones are the least.
                    directory = mount(List.of(directory, requireNonNull(empty, "isSupported")), Map.of());
                    below.add(directory);
                }
                topFirst.add(0, directory);
            }
            return new Mounted(mount(topFirst, Map.of("upperdir", upper, "workdir", work)), below);
        } catch (IOException e) {
            below.forEach(Fd::close);
            throw e;
        } finally {
            opened.forEach(Fd::close);
        }
    }

    private Fd emptyDirectory() throws ErrnoException {
        try (Fd context = mounts.fsopen("tmpfs")) {
            mounts.fsconfigSetString(context, "size", "64k");
            mounts.fsconfigCreate(context);
            return mounts.fsmount(context);
        }
    }

    private Fd mount(List<Fd> topFirst, Map<String, Fd> written) throws ErrnoException {
        try (Fd context = mounts.fsopen("overlay")) {
            mounts.fsconfigSetString(context, "source", "overlay");
            for (Fd layer : topFirst) {
                mounts.fsconfigSetString(context, "lowerdir+", layer.procPath().toString());
            }
            for (Map.Entry<String, Fd> directory : written.entrySet()) {
                mounts.fsconfigSetString(
                        context,
                        directory.getKey(),
                        directory.getValue().procPath().toString());
            }
            // An index would tie the upper directory to these very layers.
            mounts.fsconfigSetString(context, "index", "off");
            mounts.fsconfigCreate(context);
            return mounts.fsmount(context);
        }
    }

    private Fd open(Path directory) throws ErrnoException {
        return linux.files().openat(null, directory.toString(), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0);
    }
}
