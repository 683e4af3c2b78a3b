package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that users of {@code docker compose} type, with jcompose in its place: {@code one-liners.txt}. */
@RequiresRoot
class OneLinersIT extends SharedEngineScenario {
    private static final Pattern EXIT_CODE = Pattern.compile("\\[(\\d+)]");
    private static final String FILE = """
            name: one
            services:
              web:
                image: localhost/host
                init: true
                depends_on: [db]
                environment: {GREETING: "${GREETING:-hello}"}
                ports: ["127.0.0.1::8080"]
                command:
                  - sh
                  - -c
                  - |
                    echo starting; mkdir /www; echo page >/www/index.html
                    echo listening; exec busybox httpd -f -p 8080 -h /www
              db:
                image: localhost/host
                init: true
                command: sleep 1000
                volumes: [data:/data]
                healthcheck: {test: "true", interval: 1s}
              tool: {image: localhost/host, command: "true", profiles: [tools]}
              job: {image: localhost/host, command: sh -c "echo done; exit 3", profiles: [jobs]}
            volumes: {data: {}}
            """;
    private static final String PRODUCTION = """
            services:
              web: {environment: {GREETING: in production}}
              cache: {image: localhost/host, command: sleep 1000, init: true}
            """;

    @BeforeAll
    void writeFiles() throws Exception {
        write(FILE);
        Files.writeString(folder.resolve("prod.yaml"), PRODUCTION);
        Files.writeString(folder.resolve(".env"), "GREETING=from dotenv\n");
        Files.writeString(folder.resolve("other.env"), "GREETING=from a file\n");
        Files.createDirectories(folder.resolve("sub/dir"));
        Path docker = Files.createDirectory(folder.resolve("bin")).resolve("docker");
        Files.writeString(docker, "#!/bin/sh\nshift\nexec jcompose \"$@\"\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A line, and what it gives: standard output by lines, and the exit code. */
    record OneLiner(String line, List<String> output, int exitCode) {
        @Override
        public String toString() {
            return line;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void givesWhatItGivesThere(OneLiner typed) throws Exception {
        Jcompose.Result result = jcompose.line("set +o pipefail; PATH=$PWD/bin:$PATH; " + typed.line());

        List<String> printed = result.out().lines().map(String::stripTrailing).toList();
        assertThat(printed).as(result.toString()).hasSameSizeAs(typed.output());
        for (int i = 0; i < printed.size(); i++) {
            String expected = typed.output().get(i);
            if (expected.startsWith("~")) {
                assertThat(printed.get(i)).as(result.toString()).matches(expected.substring(1));
            } else {
                assertThat(printed.get(i)).as(result.toString()).isEqualTo(expected);
            }
        }
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(typed.exitCode());
    }

    static List<OneLiner> lines() throws IOException {
        List<OneLiner> all = new ArrayList<>();
        String line = "";
        List<String> output = new ArrayList<>();
        int exitCode = 0;
        for (String read : (text() + "\n$ end").lines().toList()) {
            var code = EXIT_CODE.matcher(read);
            if (read.startsWith("$ ")) {
                if (!line.isEmpty()) {
                    all.add(new OneLiner(line, List.copyOf(output), exitCode));
                }
                line = read.substring(2);
                output.clear();
                exitCode = 0;
            } else if (code.matches()) {
                exitCode = Integer.parseInt(code.group(1));
            } else if (!read.isBlank() && !read.startsWith("#")) {
                output.add(read);
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(60);
        return all;
    }

    private static String text() throws IOException {
        try (InputStream in = OneLinersIT.class.getResourceAsStream("one-liners.txt")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
