package dev.jcompose.engine.doctor;

import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Spawner;
import dev.jcompose.runtime.idmap.IdSwap;
import dev.jcompose.runtime.idmap.MappingNamespace;
import dev.jcompose.runtime.launch.ProgramLauncher;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The disks of the engine's two directories, and whether containers' files can be on them. */
final class StorageCheck {
    private static final long MEGA = 1_000_000;
    private static final long FULL_BYTES = 200 * MEGA;
    private static final long SCARCE_BYTES = 2_000 * MEGA;
    private static final long RUN_BYTES = 10 * MEGA;
    private static final Set<String> NO_UPPER =
            Set.of("overlay", "nfs", "nfs4", "cifs", "vfat", "exfat", "fuseblk", "9p");

    private final Linux linux;
    private final NativeKernel kernel;
    private final Rights rights;
    private final EngineDirectories directories;

    StorageCheck(Linux linux, NativeKernel kernel, Rights rights, EngineDirectories directories) {
        this.linux = linux;
        this.kernel = kernel;
        this.rights = rights;
        this.directories = directories;
    }

    void report(Findings findings) throws IOException {
        place(findings, "data directory", directories.data(), FULL_BYTES, SCARCE_BYTES);
        place(findings, "run directory", directories.run(), MEGA, RUN_BYTES);
        Path data = existing(directories.data());
        if (!rights.suffice()) {
            findings.unknown("overlay file system", "mounting it was not tried", Rights.REMEDY);
            findings.unknown("idmapped mounts", "not tried", Rights.REMEDY);
        } else if (Files.isWritable(data)) {
            Path place = Files.createTempDirectory(data, ".doctor-");
            try {
                overlay(findings, place);
                idmap(findings, place);
            } finally {
                remove(place);
            }
        }
    }

    private static Path existing(Path directory) {
        Path place = directory;
        while (!Files.isDirectory(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    private static void place(Findings findings, String subject, Path directory, long full, long scarce)
            throws IOException {
        Path place = existing(directory);
        FileStore store = Files.getFileStore(place);
        long free = store.getUsableSpace();
        String found = "%s, %s, %s free".formatted(directory, store.type(), size(free));
        if (!Files.isWritable(place)) {
            findings.failure(subject, found + ": not writable", "see the rights of " + place + ", or " + Rights.REMEDY);
        } else if (free < full) {
            findings.failure(
                    subject,
                    found,
                    "make room (jcompose system df, jcompose image prune), or choose another place with"
                            + " JCOMPOSE_DATA_DIR and JCOMPOSE_RUN_DIR");
        } else if (free < scarce) {
            findings.warning(subject, found, "make room: jcompose system df shows what takes it");
        } else if (Files.isDirectory(directory) && isOpenToOthers(directory)) {
            findings.warning(subject, found + ", open to other users", "chmod 700 " + directory);
        } else {
            findings.ok(subject, found);
        }
    }

    private static boolean isOpenToOthers(Path directory) throws IOException {
        return ((int) Files.getAttribute(directory, "unix:mode") & 022) != 0;
    }

    private static String size(long bytes) {
        return bytes >= 1000 * MEGA
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%d MB", bytes / MEGA);
    }

    private void overlay(Findings findings, Path place) throws IOException {
        for (String name : List.of("lower", "upper", "work", "merged")) {
            Files.createDirectory(place.resolve(name));
        }
        Files.writeString(place.resolve("lower/file"), "lower");
        try {
            NewNamespaces.run(linux, Sched.CLONE_NEWNS, () -> {
                String merged = place.resolve("merged").toString();
                linux.mounts()
                        .mount(
                                "overlay",
                                merged,
                                "overlay",
                                0,
                                "lowerdir=%1$s/lower,upperdir=%1$s/upper,workdir=%1$s/work".formatted(place));
                Files.writeString(place.resolve("merged/file"), "upper");
                linux.mounts().umount2(merged, 0);
            });
            findings.ok("overlay file system", "works on " + place.getParent());
        } catch (IOException e) {
            String type = Files.getFileStore(place).type();
            findings.failure(
                    "overlay file system",
                    String.valueOf(e.getMessage()),
                    NO_UPPER.contains(type)
                            ? type + " cannot hold containers' files: choose a place on ext4, xfs, btrfs or tmpfs with"
                                    + " JCOMPOSE_DATA_DIR"
                            : "modprobe overlay, or choose another place with JCOMPOSE_DATA_DIR");
        }
    }

    /** Only {@code x-idmap} needs it. */
    private void idmap(Findings findings, Path place) {
        IdSwap swap = new IdSwap(1000, 2000);
        try (Fd mount = linux.mounts().openTree(null, place.toString(), Mount.OPEN_TREE_CLONE);
                Fd namespace = MappingNamespace.create(
                        linux, new ProgramLauncher(linux, new Spawner(linux, kernel)), swap, swap)) {
            linux.mounts().idmap(mount, namespace);
            findings.ok("idmapped mounts", "work on " + place.getParent());
        } catch (IOException e) {
            findings.warning(
                    "idmapped mounts",
                    String.valueOf(e.getMessage()),
                    "x-idmap needs a file system that has them, and user.max_user_namespaces above 0");
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
