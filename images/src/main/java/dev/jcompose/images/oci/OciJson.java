package dev.jcompose.images.oci;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the documents of this package; the module's only use of Jackson's data binding. */
public final class OciJson {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * @param what names the document in errors, for example {@code manifest.json}
     * @throws IOException if it is not such a document; with line and column
     */
    public <T> T read(byte[] json, Class<T> type, String what) throws IOException {
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw new IOException(what + " is not valid: it is null");
            }
            return value;
        } catch (JacksonException e) {
            throw new IOException(
                    "%s is not valid: %s (line %d, column %d)"
                            .formatted(
                                    what,
                                    e.getOriginalMessage(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getColumnNr()),
                    e);
        }
    }

    /** One line of JSON in UTF-8. */
    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }
}
