package dev.jcompose.bench;

import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.problem.ComposeFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Loading a Compose file with 20 lines per service: anchors, merge keys, variables, extends, short and long forms, and
 * a dependency on the service before. Text in, project out; nothing is read or started.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LoadBenchmark {
    private static final String HEAD = """
            x-logging: &logging
              driver: json-file
              options: {max-size: 10m, max-file: "3"}
            services:
              base:
                image: base:${TAG:-1}
                environment: {LEVEL: info, REGION: "${REGION:-eu}"}
                restart: unless-stopped
            """;
    private static final String SERVICE = """
              s%1$d:
                extends: base
                image: registry.example.com/team/s%1$d:${TAG:-1.2.3}
                command: ["serve", "--port", "%2$d"]
                environment:
                  DATABASE_URL: postgres://db:5432/s%1$d
                  TOKEN: ${TOKEN:-none}
                  EMPTY:
                ports:
                  - "127.0.0.1:%2$d:80"
                  - {target: 443, protocol: tcp}
                volumes:
                  - data:/data
                  - ./conf/s%1$d:/etc/conf:ro
                logging: *logging
                healthcheck:
                  test: curl -f http://localhost/
                  interval: 30s
                labels: [tier=back, "index=%1$d"]
                networks: {back: {aliases: [alias%1$d]}}
            """;
    private static final String DEPENDENCY = "    depends_on: {s%d: {condition: service_started}}%n";
    private static final String TAIL = """
            networks: {back: {internal: true}}
            volumes: {data: {}}
            """;
    /** Two mistakes and a key that has no effect. */
    private static final String WRONG = """
              w%1$d:
                image: x
                imge: y
                runtime: r
                networks: [missing]
            """;

    private static final int FIRST_PORT = 10_000;

    /** How many services the file has; a service is 20 lines. */
    @Param({"250", "1000", "4000"})
    public int services;

    private LoadRequest request = LoadRequest.builder(Path.of("/project")).build();
    private LoadRequest mistakes = request;

    /** Writes the file. */
    @Setup
    public void write() {
        StringBuilder file = new StringBuilder(HEAD);
        for (int i = 0; i < services; i++) {
            file.append(SERVICE.formatted(i, FIRST_PORT + i));
            if (i % 10 > 0) {
                file.append(DEPENDENCY.formatted(i - 1));
            }
        }
        request = request(file + TAIL);
        StringBuilder wrong = new StringBuilder(HEAD);
        for (int i = 0; i < services; i++) {
            wrong.append(WRONG.formatted(i));
        }
        mistakes = request(wrong.toString());
    }

    private static LoadRequest request(String text) {
        return LoadRequest.builder(Path.of("/project"))
                .files(List.of(new ComposeSource("compose.yaml", text)))
                .projectName("bench")
                .environment(Map.of("TOKEN", "secret"))
                .build();
    }

    /** One load. */
    @Benchmark
    public LoadResult load() {
        return new ComposeLoader().load(request);
    }

    /** One load of a file with mistakes in every service, five lines each: all are found, with line and caret. */
    @Benchmark
    public int mistakes() {
        try {
            return new ComposeLoader().load(mistakes).warnings().size();
        } catch (ComposeFileException e) {
            return e.problems().size();
        }
    }
}
