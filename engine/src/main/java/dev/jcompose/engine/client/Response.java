package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP, for example 200
 * @param headers by their names in lower case
 * @param body its end is the end of the answer
 */
record Response(int status, Map<String, String> headers, InputStream body) {

    /** {@code withBody} is false after {@code HEAD}. */
    static Response read(Connection connection, boolean withBody) throws IOException {
        String line = connection.readLine();
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IOException("the engine did not answer with HTTP, but \"%s\"".formatted(line));
        }
        int status = Integer.parseInt(words[1]);
        Map<String, String> headers = new HashMap<>();
        for (String header = connection.readLine(); !header.isEmpty(); header = connection.readLine()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Response(status, headers, body(status, headers, connection.input()));
    }

    private static InputStream body(int status, Map<String, String> headers, InputStream in) {
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new ChunkedInput(in);
        }
        String length = headers.get("content-length");
        return status == 101 || length == null ? in : new FixedInput(in, Long.parseLong(length));
    }

    boolean isSuccess() {
        return status < 300;
    }

    /** The whole body. */
    String text() throws IOException {
        return new String(body.readAllBytes(), UTF_8);
    }

    BufferedReader lines() {
        return new BufferedReader(new InputStreamReader(body, UTF_8));
    }
}
