package dev.jcompose.images.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds extended attributes in the raw headers of a tar entry.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax, extended header</a>
 */
final class PaxXattrs {
    private static final String PREFIX = "SCHILY.xattr.";
    private static final int RECORD_BYTES = 512;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_BYTES = 12;
    private static final int TYPE_OFFSET = 156;

    private PaxXattrs() {}

    /**
     * The attributes by name, in the order of the file.
     *
     * @param headers whole records: extended and long-name headers with their content, then the entry's own header
     */
    static Map<String, byte[]> parse(byte[] headers) throws LayerException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        int at = 0;
        while (at + RECORD_BYTES <= headers.length) {
            char type = (char) headers[at + TYPE_OFFSET];
            if (type != 'x' && type != 'g' && type != 'L' && type != 'K') {
                break;
            }
            int start = at + RECORD_BYTES;
            long size = size(headers, at);
            long end = start + size;
            if (end > headers.length) {
                break;
            }
            if (type == 'x') {
                records(headers, start, (int) end, found);
            }
            at = (int) (start + (size + RECORD_BYTES - 1) / RECORD_BYTES * RECORD_BYTES);
        }
        return found;
    }

    /** Each record is {@code "LENGTH KEY=VALUE\n"}; LENGTH is decimal and counts all of it. */
    private static void records(byte[] bytes, int start, int end, Map<String, byte[]> found) throws LayerException {
        int at = start;
        while (at < end && bytes[at] != 0) {
            int length = 0;
            int p = at;
            while (p < end && bytes[p] >= '0' && bytes[p] <= '9' && length < end) {
                length = length * 10 + (bytes[p++] - '0');
            }
            int recordEnd = at + length;
            int equals = p;
            while (equals < end && bytes[equals] != '=') {
                equals++;
            }
            if (p == at || recordEnd > end || equals >= recordEnd || bytes[p] != ' ' || bytes[recordEnd - 1] != '\n') {
                throw new LayerException("damaged extended header");
            }
            String key = new String(bytes, p + 1, equals - p - 1, UTF_8);
            if (key.startsWith(PREFIX)) {
                found.put(key.substring(PREFIX.length()), Arrays.copyOfRange(bytes, equals + 1, recordEnd - 1));
            }
            at = recordEnd;
        }
    }

    private static long size(byte[] headers, int at) {
        long size = 0;
        for (int i = at + SIZE_OFFSET; i < at + SIZE_OFFSET + SIZE_BYTES; i++) {
            if (headers[i] >= '0' && headers[i] <= '7') {
                size = size * 8 + (headers[i] - '0');
            }
        }
        return size;
    }
}
