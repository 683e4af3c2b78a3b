package dev.jcompose.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.json.JsonObject;
import java.time.Instant;
import java.util.Base64;

/**
 * A file in a container as the header {@link #HEADER} has it: JSON in Base64, with the mode as Go's programs write it.
 *
 * @see <a href="https://pkg.go.dev/io/fs#FileMode">Go, io/fs.FileMode</a>
 */
public final class PathStats {
    /** The header's name. */
    public static final String HEADER = "X-Docker-Container-Path-Stat";

    private static final int PERMISSIONS = 0777;
    /** Pairs of a bit of Go's and the bits of stat(2) that mean the same. */
    private static final long[][] BITS = {
        {1L << 31, 0x4000}, {1L << 27, 0xa000}, {1L << 25, 0x1000}, {1L << 24, 0xc000}, {1L << 26, 0x6000},
    };

    private static final long[][] SPECIAL = {{1L << 23, 04000}, {1L << 22, 02000}, {1L << 20, 01000}};
    private static final long GO_DEVICE = 1L << 26;
    private static final long GO_CHARACTER = 1L << 21;
    private static final int TYPE = 0xf000;
    private static final int CHARACTER = 0x2000;
    private static final int REGULAR = 0x8000;

    private PathStats() {}

    /** The header's value. */
    public static String write(PathStat stat) {
        String json = JsonObject.create()
                .put("name", stat.name())
                .put("size", stat.size())
                .put("mode", goMode(stat.mode()))
                .put("mtime", stat.mtime())
                .put("linkTarget", stat.linkTarget())
                .toString();
        return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    }

    /** What {@link #write} wrote. */
    public static PathStat read(String header) {
        JsonObject json = JsonObject.parse(new String(Base64.getDecoder().decode(header), UTF_8));
        return new PathStat(
                json.string("name"),
                json.number("size"),
                unixMode(json.number("mode")),
                Instant.parse(json.string("mtime")),
                json.string("linkTarget", ""));
    }

    private static long goMode(int mode) {
        long go = mode & PERMISSIONS;
        for (long[] pair : BITS) {
            go |= (mode & TYPE) == pair[1] ? pair[0] : 0;
        }
        for (long[] pair : SPECIAL) {
            go |= (mode & pair[1]) != 0 ? pair[0] : 0;
        }
        return (mode & TYPE) == CHARACTER ? go | GO_DEVICE | GO_CHARACTER : go;
    }

    private static int unixMode(long go) {
        long mode = go & PERMISSIONS;
        for (long[] pair : SPECIAL) {
            mode |= (go & pair[0]) != 0 ? pair[1] : 0;
        }
        if ((go & GO_CHARACTER) != 0) {
            return (int) (mode | CHARACTER);
        }
        for (long[] pair : BITS) {
            if ((go & pair[0]) != 0) {
                return (int) (mode | pair[1]);
            }
        }
        return (int) (mode | REGULAR);
    }
}
