package dev.jcompose.images.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.Whiteout;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an overlay's upper directory holds comes out of the layer made of it again. */
@RequiresRoot
class LayerDiffIT {
    private static final byte[] CAPABILITY = HexFormat.of().parseHex("0100000280000000" + "000000000000000000000000");

    private final Linux linux = Linux.load();

    @TempDir
    Path root;

    private Path below;
    private Path upper;

    @BeforeEach
    void makeDirectories() throws IOException {
        below = Files.createDirectory(root.resolve("below"));
        upper = Files.createDirectory(root.resolve("upper"));
        new LayerUnpacker(linux, UnpackLimits.DEFAULT)
                .unpack(
                        new ByteArrayInputStream(new LayerTar()
                                .file("gone", "1")
                                .file("old/a", "1")
                                .bytes()),
                        null,
                        below,
                        LayersBelow.NONE);
    }

    private byte[] write(Path directory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dev.jcompose.images.layer.LayerTar written = new LayerDiff(linux, null).write(directory, List.of(below), out);
        assertThat(written.diffId()).isEqualTo(Digest.ofBytes(out.toByteArray()));
        assertThat(written.tarBytes()).isEqualTo(out.size());
        return out.toByteArray();
    }

    private Path unpack(byte[] tar) throws IOException {
        Path again = Files.createDirectory(root.resolve("again"));
        linux.files().fchmodat(null, again.toString(), 0755);
        new LayerUnpacker(linux, UnpackLimits.DEFAULT)
                .unpack(new ByteArrayInputStream(tar), null, again, () -> List.of(below));
        return again;
    }

    private void node(String name, int type, int major, int minor) throws IOException {
        linux.files().mknodat(null, upper.resolve(name).toString(), type | 0640, major, minor);
    }

    private Fd open(Path path) throws IOException {
        return linux.files().openat(null, path.toString(), Fcntl.O_RDONLY | Fcntl.O_NOFOLLOW, 0);
    }

    private void xattr(Path path, String name, byte[] value) throws IOException {
        try (Fd fd = open(path)) {
            linux.trees().setxattr(fd, name, value);
        }
    }

    /** A line for each path: everything of it that a layer carries. */
    private Map<String, String> lines(Path directory) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        Map<Long, String> inodes = new HashMap<>();
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted().forEach(paths::add);
        }
        for (Path path : paths) {
            String name = directory.relativize(path).toString();
            Stat stat = linux.files().statx(null, path.toString(), Fcntl.AT_SYMLINK_NOFOLLOW);
            Map<String, String> xattrs = new TreeMap<>();
            for (String key : linux.files().llistxattr(path.toString())) {
                if (!key.startsWith("security.") || key.equals("security.capability")) {
                    xattrs.put(key, HexFormat.of().formatHex(linux.files().lgetxattr(path.toString(), key)));
                }
            }
            String content = stat.isType(Fcntl.S_IFREG)
                    ? Digest.ofBytes(Files.readAllBytes(path)).shortHex()
                    : stat.isType(Fcntl.S_IFLNK) ? Files.readSymbolicLink(path).toString() : "";
            String first = stat.isType(Fcntl.S_IFDIR) ? name : inodes.computeIfAbsent(stat.inode(), any -> name);
            lines.put(
                    name,
                    "%o %d:%d %d %d:%d %s %s %s"
                            .formatted(
                                    stat.mode(),
                                    stat.uid(),
                                    stat.gid(),
                                    stat.mtimeSeconds(),
                                    stat.rdevMajor(),
                                    stat.rdevMinor(),
                                    content,
                                    first,
                                    xattrs));
        }
        return lines;
    }

    @Test
    void everythingComesOutAgain() throws IOException {
        Files.writeString(upper.resolve("file"), "content");
        xattr(upper.resolve("file"), "user.note", new byte[] {0, (byte) 0xff, '\n', '='});
        Files.writeString(upper.resolve("ping"), "x");
        xattr(upper.resolve("ping"), "security.capability", CAPABILITY);
        Files.writeString(upper.resolve("setuid"), "x");
        linux.files().fchownat(null, upper.resolve("setuid").toString(), 3_000_000, 4_000_000, 0);
        linux.files().fchmodat(null, upper.resolve("setuid").toString(), 06755);
        Files.createLink(upper.resolve("hard"), upper.resolve("file"));
        Path deep = Files.createDirectories(upper.resolve("d/" + "n".repeat(120) + "/é 漢"));
        Files.createLink(deep.resolve("hard"), upper.resolve("file"));
        Files.createSymbolicLink(upper.resolve("soft"), Path.of("../../" + "t".repeat(150) + "/é"));
        node("null", Fcntl.S_IFCHR, 1, 3);
        node("disk", Fcntl.S_IFBLK, 259, 70_000);
        node("fifo", Fcntl.S_IFIFO, 0, 0);
        Files.createDirectory(upper.resolve("sticky"));
        linux.files().fchmodat(null, upper.resolve("sticky").toString(), 01777);
        xattr(upper.resolve("sticky"), "user.of-directory", "1".getBytes(UTF_8));
        Files.setLastModifiedTime(upper.resolve("ping"), FileTime.fromMillis(-86_400_000));
        Files.setLastModifiedTime(upper.resolve("sticky"), FileTime.fromMillis(1_000_000_000));
        try (Fd top = open(upper)) {
            Whiteout.create(linux, top, "gone");
        }
        Files.createDirectory(upper.resolve("old"));
        try (Fd old = open(upper.resolve("old"))) {
            Whiteout.setOpaque(linux, old);
        }
        Files.writeString(upper.resolve("old/new"), "2");
        Map<String, String> before = lines(upper);
        byte[] tar = write(upper);
        assertThat(write(upper)).as("the same again").isEqualTo(tar);
        Map<String, String> after = lines(unpack(tar));
        // Whiteouts have no attributes of their own, and the top is not in the layer.
        for (String name : List.of("", "gone")) {
            assertThat(before.remove(name)).isNotNull();
            assertThat(after.remove(name)).isNotNull();
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    void socketsAndEmptyStubsAreLeftOut() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(upper.resolve("socket")));
        }
        Files.createFile(upper.resolve("hosts"));
        Files.createDirectory(upper.resolve("proc"));
        Files.writeString(upper.resolve("resolv.conf"), "kept: it has content");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LayerDiff(linux, null).write(upper, List.of(below), Set.of("hosts", "proc", "resolv.conf"), out);
        assertThat(unpack(out.toByteArray()).toFile().list()).containsExactly("resolv.conf");
    }

    @Test
    void noTimeIsLaterThanTheGivenOne() throws IOException {
        Files.writeString(upper.resolve("new"), "1");
        Files.writeString(upper.resolve("old"), "1");
        Files.setLastModifiedTime(upper.resolve("old"), FileTime.fromMillis(5_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LayerDiff(linux, 10L).write(upper, List.of(below), out);
        Path again = unpack(out.toByteArray());
        assertThat(Files.getLastModifiedTime(again.resolve("new"), LinkOption.NOFOLLOW_LINKS)
                        .toMillis())
                .isEqualTo(10_000);
        assertThat(Files.getLastModifiedTime(again.resolve("old")).toMillis()).isEqualTo(5_000);
        assertThat(lines(upper).get("new")).isEqualTo(lines(again).get("new"));
    }

    @Test
    void whatOnlyAnotherOverlayCouldResolveIsRefused() throws IOException {
        Path moved = Files.createDirectory(upper.resolve("moved"));
        xattr(moved, "trusted.overlay.redirect", "/old".getBytes(UTF_8));
        assertThatThrownBy(() -> write(upper))
                .hasMessageContaining("'moved' has trusted.overlay.redirect")
                .hasMessageContaining("redirect_dir=off");
    }
}
