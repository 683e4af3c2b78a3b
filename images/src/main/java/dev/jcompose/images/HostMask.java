package dev.jcompose.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.store.Temporaries;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The layer that lies on the host's root: empty directories in place of what is private to the machine or made anew in
 * a container, plain files in place of what the engine binds over (they are symbolic links on some hosts), and an
 * {@code /etc/shadow} without passwords.
 *
 * <p>Masks are named by their content and never changed: containers that run with an older one keep it.
 */
final class HostMask {
    /** Names at the top of the root, with their modes. */
    private static final Map<String, Integer> EMPTIED =
            Map.of("proc", 0555, "sys", 0555, "dev", 0755, "run", 0755, "tmp", 01777, "home", 0755, "root", 0700);

    private static final List<String> BOUND = List.of("etc/resolv.conf", "etc/hosts", "etc/hostname");
    private static final List<String> SECRETS = List.of(
            "etc/shadow-", "etc/gshadow-", "etc/passwd-", "etc/group-", "etc/security/opasswd", "etc/krb5.keytab");
    private static final String SSH_KEYS = "etc/ssh";
    private static final String TLS_KEYS = "etc/ssl/private";
    private static final int PRIVATE = 0700;

    /** Files, and directories that have files, which a mask is made of: when it has changed, one of these has. */
    private static final List<String> SOURCES = List.of(
            "",
            "etc",
            "etc/passwd",
            "etc/group",
            "etc/shadow",
            "etc/gshadow",
            "etc/security",
            "etc/ssh",
            "etc/ssl",
            TLS_KEYS);

    private final Linux linux;
    private final Path host;
    private final Path masks;
    private final Temporaries temporaries;
    private final List<Path> hidden;
    /** Guarded by this. */
    private @Nullable Made last;

    /**
     * The mask that was made last.
     *
     * @param sources what the host's files were then
     */
    private record Made(Path directory, List<Optional<Stat>> sources) {}

    /**
     * @param host the root file system
     * @param masks where masks are kept; made if it is not there
     * @param hidden absolute directories to hide besides the fixed ones
     */
    HostMask(Linux linux, Path host, Path masks, Temporaries temporaries, List<Path> hidden) throws IOException {
        this.linux = linux;
        this.host = host;
        this.masks = masks;
        this.temporaries = temporaries;
        this.hidden = List.copyOf(hidden);
        Files.createDirectories(masks);
    }

    /** The mask for the host as it is now. Every start of a container asks, and hardly ever has anything changed. */
    synchronized Path directory() throws IOException {
        List<Optional<Stat>> sources = sources();
        Made known = last;
        if (known != null && known.sources().equals(sources) && Files.isDirectory(known.directory())) {
            return known.directory();
        }
        Path made = make();
        last = new Made(made, sources);
        return made;
    }

    private List<Optional<Stat>> sources() throws ErrnoException {
        List<Optional<Stat>> sources = new ArrayList<>();
        for (String source : SOURCES) {
            try {
                sources.add(Optional.of(
                        linux.files().statx(null, host.resolve(source).toString(), 0)));
            } catch (ErrnoException e) {
                if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
                    throw e;
                }
                sources.add(Optional.empty());
            }
        }
        return sources;
    }

    private Path make() throws IOException {
        List<MaskEntry> entries = entries();
        Path directory = masks.resolve(Digest.ofText(entries.toString()).hex());
        if (!Files.isDirectory(directory)) {
            Path staging = temporaries.directory();
            try {
                linux.files().fchmodat(null, staging.toString(), 0755);
                for (MaskEntry entry : entries) {
                    entry.write(linux, staging);
                }
                Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                temporaries.remove(staging);
            }
        }
        return directory;
    }

    /** Whether something that this hides is at {@code path} or below it. */
    boolean hidesAnyOf(Path path) throws IOException {
        return entries().stream()
                .anyMatch(
                        entry -> entry.isOpaque() && host.resolve(entry.path()).startsWith(path));
    }

    private List<MaskEntry> entries() throws IOException {
        TreeMap<String, MaskEntry> entries = new TreeMap<>();
        for (Map.Entry<String, Integer> emptied : EMPTIED.entrySet()) {
            empty(entries, host.resolve(emptied.getKey()), emptied.getValue());
            entries.put(emptied.getKey(), MaskEntry.emptied(emptied.getKey(), emptied.getValue()));
        }
        for (Path path : hidden) {
            if (path.startsWith(host)) {
                empty(entries, path, PRIVATE);
            }
        }
        if (Files.isDirectory(host.resolve(TLS_KEYS))) {
            put(entries, MaskEntry.emptied(TLS_KEYS, PRIVATE));
        }
        for (String file : BOUND) {
            put(entries, MaskEntry.file(file, 0644, ""));
        }
        put(entries, MaskEntry.link("etc/mtab", "../proc/self/mounts"));
        withoutPasswords(entries, "etc/shadow", "etc/passwd", "*:::::::");
        withoutPasswords(entries, "etc/gshadow", "etc/group", "*::");
        for (String secret : SECRETS) {
            hide(entries, secret);
        }
        if (Files.isDirectory(host.resolve(SSH_KEYS))) {
            try (DirectoryStream<Path> keys = Files.newDirectoryStream(host.resolve(SSH_KEYS), "ssh_host_*_key")) {
                for (Path key : keys) {
                    hide(entries, SSH_KEYS + "/" + key.getFileName());
                }
            }
        }
        return new ArrayList<>(entries.values());
    }

    /** Empties the directory that is really at {@code path}: /home, for one, is a symbolic link on some hosts. */
    private void empty(Map<String, MaskEntry> entries, Path path, int mode) throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        Path real = path.toRealPath();
        if (real.startsWith(host) && !real.equals(host)) {
            put(entries, MaskEntry.emptied(host.relativize(real).toString(), mode));
        }
    }

    private void withoutPasswords(Map<String, MaskEntry> entries, String file, String names, String rest)
            throws IOException {
        if (!Files.exists(host.resolve(file)) || !Files.exists(host.resolve(names))) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(host.resolve(names), ISO_8859_1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.append(line, 0, colon).append(':').append(rest).append('\n');
            }
        }
        Stat stat = linux.files().statx(null, host.resolve(file).toString(), 0);
        put(entries, MaskEntry.file(file, stat.permissions(), lines.toString()).ownedBy(stat.uid(), stat.gid()));
    }

    private void hide(Map<String, MaskEntry> entries, String file) throws IOException {
        if (Files.exists(host.resolve(file))) {
            put(entries, MaskEntry.whiteout(file));
        }
    }

    /** Adds an entry, and its parents: a merged directory shows the owner and mode of the topmost layer. */
    private void put(Map<String, MaskEntry> entries, MaskEntry entry) throws IOException {
        for (int slash = entry.path().indexOf('/');
                slash > 0;
                slash = entry.path().indexOf('/', slash + 1)) {
            String parent = entry.path().substring(0, slash);
            MaskEntry there = entries.get(parent);
            if (there != null && there.isOpaque()) {
                return;
            }
            if (there == null) {
                Stat stat = linux.files().statx(null, host.resolve(parent).toString(), 0);
                if (!stat.isType(Fcntl.S_IFDIR)) {
                    return;
                }
                entries.put(parent, MaskEntry.merged(parent, stat.permissions()).ownedBy(stat.uid(), stat.gid()));
            }
        }
        entries.put(entry.path(), entry);
        if (entry.isOpaque()) {
            entries.keySet().removeIf(path -> path.startsWith(entry.path() + "/"));
        }
    }
}
