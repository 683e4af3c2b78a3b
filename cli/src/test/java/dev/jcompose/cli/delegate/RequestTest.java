package dev.jcompose.cli.delegate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void carriesEveryCharacterOfArgumentsAndVariables() {
        String[] arguments = {"-p", "a \"b\" \\c", "tab\tline\n\u0001", "grün ☃ 𝄞", ""};
        Map<String, String> environment = Map.of("A", "1=\"2\"", "B\\", "\r");

        String request = UTF_8.decode(Request.of(arguments, "/x/a.jar", "/some where", environment))
                .toString();

        String[] halves = request.split("\r\n\r\n", 2);
        assertThat(halves[0])
                .startsWith("POST /compose/command HTTP/1.1\r\n")
                .contains("Upgrade: tcp")
                .contains("Content-Length: " + halves[1].getBytes(UTF_8).length);
        JsonObject body = JsonObject.parse(halves[1]);
        assertThat(body.strings("Arguments")).containsExactly(arguments);
        assertThat(body.stringMap("Environment")).isEqualTo(environment);
        assertThat(body.string("Directory")).isEqualTo("/some where");
        assertThat(body.string("ClassPath")).isEqualTo("/x/a.jar");
    }
}
