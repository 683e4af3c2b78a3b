package dev.jcompose.images.layer;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a stream is compressed, told by its first bytes: media types and file names are often wrong. */
public enum Compression {
    NONE("") {
        @Override
        InputStream open(InputStream in) {
            return in;
        }
    },
    GZIP("1f8b") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return new GZIPInputStream(new MoreToCome(in), BUFFER_BYTES);
        }
    },
    ZSTD("28b52ffd") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return new ZstdInputStream(in).setContinuous(false);
        }
    },
    XZ("fd377a585a00"),
    BZIP2("425a68");

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAGIC_BYTES = 6;

    private final String magicHex;

    Compression(String magicHex) {
        this.magicHex = magicHex;
    }

    /** The decompressed content; refuses what this cannot decompress, by name. */
    InputStream open(InputStream in) throws IOException {
        throw new LayerException("compressed with " + name().toLowerCase(Locale.ROOT)
                + ", which is not supported: gzip, zstd and uncompressed are");
    }

    /** How the content of a stream that supports mark is compressed; reads nothing from it. */
    public static Compression of(InputStream markSupported) throws IOException {
        markSupported.mark(MAGIC_BYTES);
        String first = HexFormat.of().formatHex(markSupported.readNBytes(MAGIC_BYTES));
        markSupported.reset();
        for (Compression compression : values()) {
            if (compression != NONE && first.startsWith(compression.magicHex)) {
                return compression;
            }
        }
        return NONE;
    }

    /**
     * A stream of the uncompressed content, whatever the compression is.
     *
     * @throws LayerException for a compression that is known but not supported
     */
    public static InputStream decompress(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
        return of(buffered).open(buffered);
    }

    /**
     * Says that there is more to read. GZIPInputStream looks for a further gzip member only then, and pipes say 0 when
     * the writer is merely slow (JDK-7036144).
     */
    private static final class MoreToCome extends FilterInputStream {
        MoreToCome(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
