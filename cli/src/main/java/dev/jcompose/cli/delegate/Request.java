package dev.jcompose.cli.delegate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;

/** Writes the HTTP request that asks an engine to run a command. */
final class Request {
    private static final String HEX = "0123456789abcdef";

    private Request() {}

    /**
     * The bytes.
     *
     * @param classPath of this process: an engine of other jars declines
     * @param directory absolute
     */
    static ByteBuffer of(String[] arguments, String classPath, String directory, Map<String, String> environment) {
        StringBuilder json = new StringBuilder(8192).append("{\"ClassPath\":");
        quote(json, classPath);
        json.append(",\"Directory\":");
        quote(json, directory);
        json.append(",\"Arguments\":[");
        for (int i = 0; i < arguments.length; i++) {
            json.append(i == 0 ? "" : ",");
            quote(json, arguments[i]);
        }
        json.append("],\"Environment\":{");
        String separator = "";
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            json.append(separator);
            separator = ",";
            quote(json, variable.getKey());
            json.append(':');
            quote(json, variable.getValue());
        }
        byte[] body = json.append("}}").toString().getBytes(UTF_8);
        String lines = "POST /compose/command HTTP/1.1\r\nHost: jcompose\r\n"
                + "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        byte[] head = lines.getBytes(UTF_8);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    /** A JSON string. */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
