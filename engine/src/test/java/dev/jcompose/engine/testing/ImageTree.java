package dev.jcompose.engine.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.build.context.PathPatterns;
import dev.jcompose.images.build.context.SourceTree;
import dev.jcompose.images.layer.FileContent;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in the layers of an image, a line for each path: {@code -rw-r--r-- 0:0 content}. */
public final class ImageTree {
    private static final int SHOWN_BYTES = 200;

    private ImageTree() {}

    /** All that is seen in layers, bottom first. */
    public static Map<String, String> of(List<Path> layers) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        if (layers.isEmpty()) {
            return lines;
        }
        Linux linux = Linux.load();
        try (SourceTree tree = new SourceTree(linux, layers, PathPatterns.NONE)) {
            tree.walk("", (path, entry) -> lines.put("/" + path, line(linux, entry)));
        }
        return lines;
    }

    private static String line(Linux linux, LayerEntry entry) throws IOException {
        Stat stat = entry.stat();
        String attributes = " %04o %d:%d".formatted(stat.permissions(), stat.uid(), stat.gid());
        if (stat.isType(Fcntl.S_IFDIR)) {
            return "d" + attributes;
        }
        if (stat.isType(Fcntl.S_IFLNK)) {
            return "l" + " %d:%d -> ".formatted(stat.uid(), stat.gid())
                    + linux.files().readlinkat(entry.layer(), entry.name());
        }
        if (!stat.isType(Fcntl.S_IFREG)) {
            return "n" + attributes + " " + stat.rdevMajor() + ":" + stat.rdevMinor();
        }
        try (Fd file = linux.files().openat(entry.layer(), entry.name(), Fcntl.O_RDONLY | Fcntl.O_NOFOLLOW, 0);
                FileContent content = new FileContent(linux, file)) {
            String text = stat.sizeBytes() > SHOWN_BYTES
                    ? stat.sizeBytes() + " bytes"
                    : new String(content.readAllBytes(), UTF_8);
            return "f" + attributes + " " + text.replace("\n", "\\n");
        }
    }
}
