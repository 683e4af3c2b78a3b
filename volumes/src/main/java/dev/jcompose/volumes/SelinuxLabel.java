package dev.jcompose.volumes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * What {@code z} and {@code Z} of a bind mount ask for: files that containers may use where SELinux rules. Where it
 * does not, nothing happens.
 *
 * <p>Both give the label without categories: a container of jcompose has none of its own that would keep others out.
 */
public final class SelinuxLabel {
    private static final String ATTRIBUTE = "security.selinux";
    private static final byte[] LABEL = "system_u:object_r:container_file_t:s0\0".getBytes(StandardCharsets.US_ASCII);
    /** To change the labels of these would stop the machine from working. */
    private static final Set<Path> NEVER = Set.of(
            Path.of("/"),
            Path.of("/bin"),
            Path.of("/boot"),
            Path.of("/dev"),
            Path.of("/etc"),
            Path.of("/home"),
            Path.of("/lib"),
            Path.of("/lib64"),
            Path.of("/proc"),
            Path.of("/root"),
            Path.of("/run"),
            Path.of("/sbin"),
            Path.of("/sys"),
            Path.of("/tmp"),
            Path.of("/usr"),
            Path.of("/var"));

    private final Path enforce;
    private final Setting setting;

    /** Sets an extended attribute, of a symbolic link itself: lsetxattr(2). */
    @FunctionalInterface
    public interface Setting {
        void set(String path, String name, byte[] value) throws IOException;
    }

    /** On this machine. */
    public SelinuxLabel(Setting setting) {
        this(Path.of("/sys/fs/selinux/enforce"), setting);
    }

    /** @param enforce is there where SELinux is */
    SelinuxLabel(Path enforce, Setting setting) {
        this.enforce = enforce;
        this.setting = setting;
    }

    /**
     * Labels a file, or a directory with all that is in it.
     *
     * @throws VolumeException for a directory of the system
     */
    public void apply(Path source) throws IOException {
        if (!Files.exists(enforce)) {
            return;
        }
        Path real = source.toRealPath();
        if (NEVER.contains(real)) {
            throw new VolumeException("SELinux relabeling of '" + real + "' is not allowed; leave z and Z out");
        }
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    setting.set(file.toString(), ATTRIBUTE, LABEL);
                } catch (IOException e) {
                    throw new VolumeException("cannot give '" + file + "' its SELinux label: " + e.getMessage(), e);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
