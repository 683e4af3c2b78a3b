package dev.jcompose.runtime.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Strings and structures that the arguments of a launch program point to, and where they point to each other. */
final class DataSection {
    private static final int INITIAL_BYTES = 8192;

    private final Map<String, Argument.Data> strings = new HashMap<>();
    private final List<Pointer> pointers = new ArrayList<>();
    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int zeroBytes;

    private record Pointer(int offset, Argument.Data target) {}

    Argument.Data string(String value) {
        return strings.computeIfAbsent(value, text -> {
            byte[] utf8 = text.getBytes(UTF_8);
            int offset = reserve(utf8.length + 1, 1);
            bytes.put(offset, utf8);
            return new Argument.Data(offset, false, text);
        });
    }

    Argument.Data bytes(byte[] value, String description) {
        int offset = reserve(value.length, Long.BYTES);
        bytes.put(offset, value);
        return new Argument.Data(offset, false, description);
    }

    /** Memory that begins as zeros. */
    Argument.Data buffer(int size, String description) {
        int offset = (zeroBytes + 15) & ~15;
        zeroBytes = offset + size;
        return new Argument.Data(offset, true, description);
    }

    /** Writes the address of {@code target} into {@code holder}. */
    void point(Argument.Data holder, int offset, Argument.Data target) {
        pointers.add(new Pointer(holder.offset() + offset, target));
    }

    /** Appends a word, and returns its offset. */
    int word(long value) {
        int offset = reserve(Long.BYTES, Long.BYTES);
        bytes.putLong(offset, value);
        return offset;
    }

    int size() {
        return bytes.position();
    }

    int zeroBytes() {
        return zeroBytes;
    }

    /** Where {@code data} is once this section begins at {@code base}. */
    long address(Argument.Data data, long base) {
        return base + data.offset() + (data.zeroed() ? ((size() + 15) & ~15) : 0);
    }

    /** Copies the section to {@code target}'s position, with its pointers filled in. */
    void writeTo(ByteBuffer target, long base) {
        for (Pointer pointer : pointers) {
            bytes.putLong(pointer.offset, address(pointer.target, base));
        }
        target.put(bytes.duplicate().flip());
    }

    private int reserve(int size, int alignment) {
        int offset = (bytes.position() + alignment - 1) & -alignment;
        if (offset + size > bytes.capacity()) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), offset + size))
                    .order(ByteOrder.LITTLE_ENDIAN);
            larger.put(bytes.flip());
            bytes = larger;
        }
        bytes.position(offset + size);
        return offset;
    }
}
