package dev.jcompose.images.layer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes tar files, the same bytes for the same entries: ustar headers, and pax headers only for what does not fit,
 * attributes with binary values included. Not thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax interchange format</a>
 */
final class TarWriter {
    private static final int RECORD = 512;
    private static final int NAME_BYTES = 100;
    private static final long MAX_OCTAL_7 = 07777777L;
    private static final long MAX_OCTAL_11 = 077777777777L;
    private static final byte[] ZEROS = new byte[2 * RECORD];

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * What a header says.
     *
     * @param name a directory's ends with a slash
     * @param type of {@code TarConstants.LF_*}
     * @param sizeBytes of the content that follows
     * @param link target of a link; empty otherwise
     */
    record Entry(
            String name,
            byte type,
            int mode,
            long uid,
            long gid,
            long sizeBytes,
            long mtimeSeconds,
            String link,
            int major,
            int minor,
            Map<String, byte[]> xattrs) {}

    /** Writes the headers; {@code sizeBytes} of content and then {@link #pad} must follow. */
    void header(Entry entry) throws IOException {
        byte[] name = entry.name().getBytes(UTF_8);
        byte[] link = entry.link().getBytes(UTF_8);
        Map<String, byte[]> pax = new TreeMap<>();
        if (name.length > NAME_BYTES || !isAscii(name)) {
            pax.put("path", name);
        }
        if (link.length > NAME_BYTES || !isAscii(link)) {
            pax.put("linkpath", link);
        }
        large(pax, "uid", entry.uid(), MAX_OCTAL_7);
        large(pax, "gid", entry.gid(), MAX_OCTAL_7);
        large(pax, "size", entry.sizeBytes(), MAX_OCTAL_11);
        if (entry.mtimeSeconds() < 0) {
            pax.put("mtime", Long.toString(entry.mtimeSeconds()).getBytes(US_ASCII));
        }
        entry.xattrs().forEach((key, value) -> pax.put("SCHILY.xattr." + key, value));
        if (!pax.isEmpty()) {
            byte[] records = records(pax);
            Entry header = new Entry("PaxHeaders.0", (byte) 'x', 0644, 0, 0, records.length, 0, "", 0, 0, Map.of());
            out.write(block(header, "PaxHeaders.0".getBytes(US_ASCII), new byte[0]));
            out.write(records);
            pad(records.length);
        }
        out.write(block(entry, name, link));
    }

    private static void large(Map<String, byte[]> pax, String key, long value, long max) {
        if (value > max) {
            pax.put(key, Long.toString(value).getBytes(US_ASCII));
        }
    }

    private static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** Each is {@code "LENGTH KEY=VALUE\n"}, the length counting itself. */
    private static byte[] records(Map<String, byte[]> pax) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> record : pax.entrySet()) {
            byte[] key = record.getKey().getBytes(UTF_8);
            int rest = key.length + record.getValue().length + 3;
            int length = rest + String.valueOf(rest).length();
            length = rest + String.valueOf(length).length();
            all.write((length + " ").getBytes(US_ASCII));
            all.write(key);
            all.write('=');
            all.write(record.getValue());
            all.write('\n');
        }
        return all.toByteArray();
    }

    private static byte[] block(Entry entry, byte[] name, byte[] link) {
        byte[] block = new byte[RECORD];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME_BYTES));
        octal(block, 100, 8, entry.mode());
        octal(block, 108, 8, Math.min(entry.uid(), MAX_OCTAL_7));
        octal(block, 116, 8, Math.min(entry.gid(), MAX_OCTAL_7));
        octal(block, 124, 12, Math.min(entry.sizeBytes(), MAX_OCTAL_11));
        octal(block, 136, 12, Math.max(0, entry.mtimeSeconds()));
        block[156] = entry.type();
        System.arraycopy(link, 0, block, 157, Math.min(link.length, NAME_BYTES));
        System.arraycopy("ustar\00000".getBytes(US_ASCII), 0, block, 257, 8);
        octal(block, 329, 8, entry.major());
        octal(block, 337, 8, entry.minor());
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    /** Right-aligned digits and a NUL. */
    private static void octal(byte[] block, int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 2; i >= offset; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
        block[offset + length - 1] = 0;
    }

    /** Fills the last record of an entry's content. */
    void pad(long contentBytes) throws IOException {
        out.write(ZEROS, 0, (int) (-contentBytes & (RECORD - 1)));
    }

    /** Writes what ends the file. */
    void end() throws IOException {
        out.write(ZEROS);
    }
}
