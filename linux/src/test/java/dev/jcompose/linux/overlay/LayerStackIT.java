package dev.jcompose.linux.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what LayerStack shows with what the kernel shows of the same layers. */
@RequiresRoot(namespaces = true)
class LayerStackIT {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    private Path layer(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    private void makeOpaque(Path path) throws IOException {
        try (Fd fd = linux.files().openat(null, path.toString(), Fcntl.O_RDONLY | Fcntl.O_DIRECTORY, 0)) {
            Whiteout.setOpaque(linux, fd);
        }
    }

    private void whiteOut(Path path) throws IOException {
        linux.files().mknodat(null, path.toString(), Fcntl.S_IFCHR, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void showsRandomLayersAsTheKernelDoes(long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> layers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path layer = layer("layer" + i);
            fill(layer, random, 3);
            layers.add(layer);
        }
        Path merged = layer("merged");
        List<Path> topFirst = new ArrayList<>(layers);
        Collections.reverse(topFirst);
        String lower = topFirst.stream().map(Path::toString).collect(Collectors.joining(":"));
        linux.mounts().mount("overlay", merged.toString(), "overlay", 0, "lowerdir=" + lower);
        try (LayerStack stack = new LayerStack(linux, layers)) {
            Map<String, String> shown = new TreeMap<>();
            walk(stack.root(), "", shown);
            assertThat(shown).isEqualTo(kernelsView(merged)).isNotEmpty();
        } finally {
            linux.mounts().umount2(merged.toString(), 0);
        }
    }

    private void fill(Path where, Random random, int depth) throws IOException {
        for (String name : NAMES) {
            Path path = where.resolve(name);
            switch (random.nextInt(depth > 0 ? 7 : 4)) {
                case 0 -> {}
                case 1 -> Files.writeString(path, "content " + random.nextInt(100));
                case 2 -> whiteOut(path);
                case 3 -> Files.createSymbolicLink(path, Path.of("../" + NAMES.get(random.nextInt(3))));
                default -> {
                    Files.createDirectory(path);
                    linux.files().fchmodat(null, path.toString(), 0700 + random.nextInt(64));
                    if (random.nextInt(3) == 0) {
                        makeOpaque(path);
                    }
                    fill(path, random, depth - 1);
                }
            }
        }
    }

    private void walk(LayerDirectory directory, String path, Map<String, String> shown) throws IOException {
        for (LayerEntry entry : directory.list()) {
            String here = path + "/" + entry.name();
            if (entry.stat().isType(Fcntl.S_IFDIR)) {
                try (LayerDirectory below = directory.enter(entry.name()).orElseThrow()) {
                    int mode = linux.files()
                            .statx(below.top(), "", Fcntl.AT_EMPTY_PATH)
                            .permissions();
                    shown.put(here, "directory " + mode);
                    walk(below, here, shown);
                }
            } else if (entry.stat().isType(Fcntl.S_IFLNK)) {
                shown.put(here, "link " + linux.files().readlinkat(entry.layer(), entry.name()));
            } else {
                shown.put(here, Files.readString(entry.layer().procPath().resolve(entry.name())));
            }
        }
    }

    private Map<String, String> kernelsView(Path merged) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        look(merged, "", seen);
        return seen;
    }

    private void look(Path where, String path, Map<String, String> seen) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(where)) {
            for (Path name : names) {
                String here = path + "/" + name.getFileName();
                if (Files.isSymbolicLink(name)) {
                    seen.put(here, "link " + Files.readSymbolicLink(name));
                } else if (Files.isDirectory(name)) {
                    seen.put(
                            here,
                            "directory "
                                    + linux.files()
                                            .statx(null, name.toString(), 0)
                                            .permissions());
                    look(name, here, seen);
                } else if (Files.exists(name)) {
                    // Where only one layer has a directory, the kernel lists its whiteouts, though nothing is there.
                    seen.put(here, Files.readString(name));
                }
            }
        }
    }

    @Test
    void symbolicLinksStayInsideTheTree() throws IOException {
        Path lower = layer("lower");
        Path upper = layer("upper");
        Files.createDirectories(lower.resolve("usr/lib"));
        Files.writeString(lower.resolve("usr/lib/x"), "inside");
        Files.createSymbolicLink(upper.resolve("lib"), Path.of("/usr/lib"));
        Files.createSymbolicLink(upper.resolve("up"), Path.of("../../../../usr"));
        Files.createSymbolicLink(upper.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(upper.resolve("passwd"), Path.of("/etc/passwd"));
        try (LayerStack stack = new LayerStack(linux, List.of(lower, upper))) {
            assertThat(content(stack, "lib/x")).contains("inside");
            assertThat(content(stack, "/up/lib/../lib/./x")).contains("inside");
            assertThat(content(stack, "../../usr/lib/x")).contains("inside");
            assertThat(content(stack, "passwd")).as("not the host's").isEmpty();
            assertThat(content(stack, "usr/lib")).as("a directory").isEmpty();
            assertThat(content(stack, "usr/lib/x/y")).isEmpty();
            assertThat(stack.directory("usr/lib/x")).as("a file").isEmpty();
            assertThatThrownBy(() -> stack.directory("loop"))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.is(Errno.ELOOP)).isTrue());
        }
    }

    private Optional<String> content(LayerStack stack, String path) throws IOException {
        Optional<Fd> file = stack.file(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (Fd fd = file.get()) {
            return Optional.of(new String(Files.readAllBytes(fd.procPath()), UTF_8));
        }
    }

    @Test
    void anotherFileSystemMountedInALayerIsNotSeen() throws IOException {
        Path lower = layer("lower");
        Files.createDirectory(lower.resolve("mounted"));
        linux.mounts().mount("tmpfs", lower.resolve("mounted").toString(), "tmpfs", 0, null);
        Files.writeString(lower.resolve("mounted/x"), "x");
        try (LayerStack stack = new LayerStack(linux, List.of(lower))) {
            assertThat(stack.file("mounted/x")).isEmpty();
        } finally {
            linux.mounts().umount2(lower.resolve("mounted").toString(), 0);
        }
    }
}
