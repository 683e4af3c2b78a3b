package dev.jcompose.runtime.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Scratch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One directory of a cgroup file system, and its control files. A failed write names the file and the value.
 *
 * @param path absolute
 */
record CgroupDirectory(Linux linux, String path) {
    private static final int CHUNK_BYTES = 8192;

    CgroupDirectory child(String name) {
        return new CgroupDirectory(linux, path + "/" + name);
    }

    /** Makes the directory; one that is there already is fine. Whether it is new. */
    boolean create() throws ErrnoException {
        try {
            linux.files().mkdirat(null, path, 0755);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    /** Removes the cgroup; one that is gone already is fine. */
    void remove() throws ErrnoException {
        try {
            linux.files().unlinkat(null, path, Fcntl.AT_REMOVEDIR);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    boolean exists() {
        try {
            linux.files().statx(null, path, 0);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    void write(String file, String value) throws ErrnoException {
        writeEach(file, List.of(value));
    }

    /** Writes each value by a write(2) of its own, as files such as {@code devices.allow} want it. */
    void writeEach(String file, List<String> values) throws ErrnoException {
        try (Fd fd = linux.files().openat(null, path + "/" + file, Fcntl.O_WRONLY, 0)) {
            for (String value : values) {
                try {
                    linux.files().writeFully(fd, value.getBytes(UTF_8));
                } catch (ErrnoException e) {
                    throw new ErrnoException("write(" + path + "/" + file + ", \"" + value + "\")", e.number());
                }
            }
        }
    }

    String read(String file) throws ErrnoException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Scratch scratch = Scratch.open();
                Fd fd = linux.files().openat(null, path + "/" + file, Fcntl.O_RDONLY, 0)) {
            ByteBuffer chunk = scratch.buffer(CHUNK_BYTES);
            while (linux.files().read(fd, chunk) > 0) {
                byte[] bytes = new byte[chunk.flip().remaining()];
                chunk.get(bytes);
                all.writeBytes(bytes);
                chunk.clear();
            }
        }
        return all.toString(UTF_8).strip();
    }

    /** Empty when the file or the whole cgroup is not there. */
    Optional<String> readIfPresent(String file) throws ErrnoException {
        try {
            return Optional.of(read(file));
        } catch (ErrnoException e) {
            // ENODEV: the file was open or found while its cgroup went away.
            if (e.is(Errno.ENOENT) || e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A file that holds one number, or {@code max} for no limit. */
    long readNumber(String file) throws ErrnoException {
        return readIfPresent(file).map(CgroupDirectory::number).orElse(CgroupStats.UNKNOWN);
    }

    /** The number after {@code key} in a file of lines {@code KEY NUMBER}. */
    long readKey(String file, String key) throws ErrnoException {
        return readIfPresent(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key + " "))
                .map(line -> number(line.substring(key.length() + 1)))
                .findFirst()
                .orElse(CgroupStats.UNKNOWN);
    }

    /** The processes that are in this cgroup itself. */
    List<Integer> pids() throws ErrnoException {
        return readIfPresent("cgroup.procs").stream()
                .flatMap(String::lines)
                .map(Integer::valueOf)
                .toList();
    }

    private static long number(String text) {
        return text.equals("max") ? CgroupStats.UNLIMITED : Long.parseLong(text.strip());
    }
}
