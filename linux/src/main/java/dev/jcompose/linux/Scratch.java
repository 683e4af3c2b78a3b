package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory for the arguments of one system call, freed when the block ends. Scopes nest; memory comes from a
 * region that each thread keeps, so that a call allocates nothing.
 *
 * <pre>{@code
 * try (Scratch scratch = Scratch.open()) {
 *     kernel.call(CHDIR, scratch.string(path), 0, 0, 0, 0, 0);
 * }
 * }</pre>
 */
public final class Scratch implements AutoCloseable {
    private static final int REGION_BYTES = 32 * 1024;
    private static final byte[] ZEROS = new byte[REGION_BYTES];
    private static final ThreadLocal<Region> REGION = ThreadLocal.withInitial(Region::new);

    private final Region region;
    private final int start;
    private final List<ByteBuffer> large = new ArrayList<>(0);

    private Scratch(Region region) {
        this.region = region;
        this.start = region.used;
    }

    /** Begins a scope on the calling thread; close it on the same thread. */
    public static Scratch open() {
        return new Scratch(REGION.get());
    }

    /** A zeroed buffer in native byte order, aligned to 16 bytes. */
    public ByteBuffer buffer(int bytes) {
        int size = (bytes + 15) & ~15;
        if (region.used + size > REGION_BYTES) {
            ByteBuffer own = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            large.add(own);
            return own;
        }
        ByteBuffer slice = region.memory.slice(region.used, bytes).order(ByteOrder.nativeOrder());
        slice.put(0, ZEROS, 0, bytes);
        region.used += size;
        return slice;
    }

    /** The address of a NUL-terminated copy of {@code value} in UTF-8. */
    public long string(String value) {
        return bytes((value + "\0").getBytes(UTF_8));
    }

    /** The address of a copy of {@code value}. */
    public long bytes(byte[] value) {
        ByteBuffer copy = buffer(Math.max(1, value.length));
        copy.put(0, value);
        return address(copy);
    }

    /** The address of a NULL-terminated array of strings, as execve(2) takes it. */
    public long strings(List<String> values) {
        ByteBuffer array = buffer((values.size() + 1) * Long.BYTES);
        for (int i = 0; i < values.size(); i++) {
            array.putLong(i * Long.BYTES, string(values.get(i)));
        }
        return address(array);
    }

    /** The address of a direct buffer's first byte, whatever its position. */
    public static long address(ByteBuffer direct) {
        return LibC.address(direct);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        region.used = start;
        large.clear();
    }

    private static final class Region {
        private final ByteBuffer memory = ByteBuffer.allocateDirect(REGION_BYTES);
        private int used;
    }
}
