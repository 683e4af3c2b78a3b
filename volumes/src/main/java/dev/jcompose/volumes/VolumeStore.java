package dev.jcompose.volumes;

import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The named volumes: {@code ROOT/NAME/_data} with {@code volume.json} beside it. A volume appears and disappears as a
 * whole, by rename: names that begin with a dot are what a crash left, and are removed on the next start.
 *
 * <p>Thread-safe. One process at a time; the engine's own lock sees to that.
 */
public final class VolumeStore {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final int NAME_MAX_BYTES = 255;
    private static final String DATA = "_data";
    private static final int ANONYMOUS_BYTES = 32;
    private static final String ANONYMOUS_LABEL = "com.docker.volume.anonymous";
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    private final Linux linux;
    private final Path root;
    private final Clock clock;
    private final TreeRemoval removal;
    private final SecureRandom random = new SecureRandom();

    /**
     * Opens the store, makes its directory (0700: volumes may hold set-user-id programs), and clears what a crash left.
     */
    public VolumeStore(Linux linux, Path root) throws IOException {
        this(linux, root, Clock.systemUTC());
    }

    VolumeStore(Linux linux, Path root, Clock clock) throws IOException {
        this.linux = linux;
        this.root = root.toAbsolutePath();
        this.clock = clock;
        removal = new TreeRemoval(linux);
        Files.createDirectories(this.root);
        linux.files().fchmodat(null, this.root.toString(), 0700);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(this.root, ".*")) {
            for (Path path : left) {
                removal.remove(path);
            }
        }
    }

    /**
     * Makes a volume, or gives the one that has this name.
     *
     * @throws VolumeException if the name or the options are not possible, or if the volume is there with another
     *     driver or other options: the message says which. Its data is never touched
     */
    public synchronized Volume create(String name, VolumeOptions options) throws IOException {
        checkName(name);
        Optional<Volume> existing = find(name);
        if (existing.isPresent()) {
            List<String> differences = options.differencesTo(existing.get());
            if (!differences.isEmpty()) {
                throw new VolumeException("volume '%s' exists with other options: %s; remove it to have it made anew"
                        .formatted(name, String.join("; ", differences)));
            }
            return existing.get();
        }
        LocalDriver.backing(name, options);
        String temporary = temporaryName();
        linux.files().mkdirat(null, root.resolve(temporary).toString(), 0711);
        try (Fd directory = open(root.resolve(temporary));
                Fd parent = open(root)) {
            linux.files().fchmodat(null, directory.procPath().toString(), 0711);
            linux.files().mkdirat(directory, DATA, 0755);
            // The process's umask must not decide who may use a volume.
            linux.files().fchmodat(directory, DATA, 0755);
            new VolumeFile(
                            VolumeFile.VERSION,
                            options.driver(),
                            options.driverOpts(),
                            options.labels(),
                            clock.instant())
                    .write(linux, directory);
            linux.files().fsync(directory);
            linux.files().renameat2(parent, temporary, parent, name, 0);
            linux.files().fsync(parent);
        } catch (IOException | RuntimeException e) {
            removeAfter(e, temporary);
            throw e;
        }
        return find(name).orElseThrow(() -> new VolumeException("volume '" + name + "' vanished while it was made"));
    }

    /**
     * A new volume with a name of 64 hexadecimal digits, as the VOLUME instruction of an image asks for, and Docker's
     * label for such ones.
     */
    public Volume createAnonymous(VolumeOptions options) throws IOException {
        byte[] bytes = new byte[ANONYMOUS_BYTES];
        random.nextBytes(bytes);
        Map<String, String> labels = new HashMap<>(options.labels());
        labels.put(ANONYMOUS_LABEL, "");
        return create(
                HexFormat.of().formatHex(bytes), new VolumeOptions(options.driver(), options.driverOpts(), labels));
    }

    /**
     * The volume of this name.
     *
     * @throws VolumeException if it is there but its file is damaged
     */
    public Optional<Volume> find(String name) throws IOException {
        if (!isName(name)) {
            return Optional.empty();
        }
        Path directory = root.resolve(name);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        VolumeFile file = VolumeFile.read(directory);
        VolumeOptions options = new VolumeOptions(file.driver(), file.options(), file.labels());
        Path data = LocalDriver.backing(name, options) instanceof Backing.Elsewhere elsewhere
                ? elsewhere.directory()
                : directory.resolve(DATA);
        return Optional.of(new Volume(name, file.driver(), file.options(), file.labels(), file.created(), data));
    }

    /**
     * Mounts the file system of a volume that its options name, before a container uses it. Nothing happens when there
     * is none, or when it is mounted already.
     *
     * @throws VolumeException if mount(2) refuses; the message has what it was given
     */
    public synchronized void mount(Volume volume) throws IOException {
        if (fileSystem(volume) instanceof Backing.FileSystem wanted && !isMounted(volume.data())) {
            try {
                if (wanted.loop()) {
                    boolean readOnly = (wanted.flags() & Mount.MS_RDONLY) != 0;
                    try (LoopDevice device = LoopDevice.of(linux, wanted.device(), readOnly)) {
                        mount(wanted, device.path(), volume.data());
                    }
                } else {
                    mount(wanted, wanted.device(), volume.data());
                }
            } catch (ErrnoException e) {
                throw new VolumeException("cannot mount volume '" + volume.name() + "': " + e.getMessage(), e);
            }
        }
    }

    private void mount(Backing.FileSystem wanted, String device, Path place) throws ErrnoException {
        linux.mounts()
                .mount(
                        device,
                        place.toString(),
                        wanted.type(),
                        wanted.flags(),
                        wanted.data().isEmpty() ? null : wanted.data());
    }

    /** Takes back what {@link #mount} did, when no container uses the volume any more. */
    public synchronized void unmount(Volume volume) throws IOException {
        if (fileSystem(volume) instanceof Backing.FileSystem) {
            unmount(volume.name(), volume.data());
        }
    }

    private void unmount(String name, Path data) throws IOException {
        if (isMounted(data)) {
            try {
                linux.mounts().umount2(data.toString(), Mount.UMOUNT_NOFOLLOW);
            } catch (ErrnoException e) {
                throw new VolumeException("cannot unmount volume '" + name + "': " + e.getMessage(), e);
            }
        }
    }

    private static Backing fileSystem(Volume volume) throws VolumeException {
        return LocalDriver.backing(
                volume.name(), new VolumeOptions(volume.driver(), volume.options(), volume.labels()));
    }

    /** Field 5 of a line is the mount point, with blanks as {@code \040}: see proc_pid_mountinfo(5). */
    private static boolean isMounted(Path data) throws IOException {
        String escaped = data.toString().replace("\\", "\\134").replace(" ", "\\040");
        return Files.readAllLines(MOUNTINFO).stream().anyMatch(line -> line.split(" ", 6)[4].equals(escaped));
    }

    /** All volumes, by name; without those of {@link #damaged}. */
    public List<Volume> list() throws IOException {
        return list(problem -> {});
    }

    /** Why volumes cannot be used whose files are damaged: that of one must not keep the others from use. */
    public List<VolumeException> damaged() throws IOException {
        List<VolumeException> damaged = new ArrayList<>();
        list(damaged::add);
        return damaged;
    }

    private List<Volume> list(Consumer<VolumeException> problems) throws IOException {
        List<Volume> volumes = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            for (Path directory : directories) {
                try {
                    find(directory.getFileName().toString()).ifPresent(volumes::add);
                } catch (VolumeException e) {
                    problems.accept(e);
                }
            }
        }
        volumes.sort(Comparator.comparing(Volume::name));
        return volumes;
    }

    /**
     * Removes a volume and its data; one that is not there is fine. The data of a bind is left alone. Whether a
     * container uses it is for the caller to know.
     */
    public synchronized void remove(String name) throws IOException {
        checkName(name);
        unmount(name, root.resolve(name).resolve(DATA));
        String temporary = temporaryName();
        try (Fd parent = open(root)) {
            linux.files().renameat2(parent, name, parent, temporary, 0);
            linux.files().fsync(parent);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return;
            }
            throw new VolumeException("cannot remove volume '" + name + "': " + e.getMessage(), e);
        }
        removal.remove(root.resolve(temporary));
    }

    /**
     * Refuses a name that is not {@code [a-zA-Z0-9][a-zA-Z0-9_.-]*}.
     *
     * @throws VolumeException if so
     */
    public static void checkName(String name) throws VolumeException {
        if (!isName(name)) {
            throw new VolumeException("invalid volume name '" + name
                    + "': only letters, digits, '_', '.' and '-' are allowed, beginning with a letter or digit");
        }
    }

    private static boolean isName(String name) {
        return name.length() <= NAME_MAX_BYTES && NAME.matcher(name).matches();
    }

    private Fd open(Path directory) throws ErrnoException {
        return linux.files().openat(null, directory.toString(), O_RDONLY | O_DIRECTORY, 0);
    }

    private String temporaryName() {
        return ".new-" + Long.toHexString(random.nextLong());
    }

    private void removeAfter(Exception failure, String temporary) {
        try {
            removal.remove(root.resolve(temporary));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
