package dev.jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    private static final String FILE = """
            name: shop
            services:
              web:
                image: nginx:${TAG:-1}
                profiles: [front]
                networks: [out]
              db:
                image: postgres:17
                volumes: [data:/data]
              tool:
                build: .
                profiles: [tools]
            networks:
              out:
            volumes:
              data:
            """;

    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.with(directory, FILE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config --services                       | db",
                "--profile front config --services       | db web",
                "config --volumes                        | data",
                "--profile front config --networks       | default out",
                "config --profiles                       | front tools",
                "--profile * config --images             | nginx:1 postgres:17 shop-tool"
            })
    void listsNamesOnePerLine(String arguments, String lines) {
        assertThat(world.run(arguments.split(" +"))).isZero();

        assertThat(world.out().lines()).containsExactlyInAnyOrder(lines.split(" "));
    }

    @Test
    void printsYamlOrJsonAndNeedsNoEngine() {
        world.run("config", "db");
        assertThat(world.out()).startsWith("name: shop\nservices:\n  db:\n").contains("image: postgres:17");

        world.run("config", "--format", "json", "web");
        assertThat(world.out()).startsWith("{\n  \"name\": \"shop\",").contains("\"image\": \"nginx:1\"");
        assertThat(world.engine.requests).isEmpty();
    }

    @Test
    void withoutInterpolationVariablesStay() {
        world.run("--profile", "front", "config", "--no-interpolate");

        assertThat(world.out()).contains("image: nginx:$${TAG:-1}");
    }

    @Test
    void withoutInterpolationNamesAreThoseOfTheFile() throws Exception {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: {b: {image: \"${I}\", ports: [\"${P}:80\"]}, a: {image: x, profiles: [p]}}\nvolumes: {v: }\n");

        assertThat(world.run("config", "--no-interpolate", "--services")).isZero();
        assertThat(world.out()).isEqualTo("a\nb\n");
        assertThat(world.run("config", "--no-interpolate", "--volumes")).isZero();
        assertThat(world.out()).isEqualTo("v\n");
    }

    @Test
    void servicesComeAfterWhatTheyNeed() throws Exception {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "services: {a: {image: x, depends_on: [z]}, m: {image: x}, z: {image: x}}\n");

        assertThat(world.run("config", "--services")).isZero();
        assertThat(world.out()).isEqualTo("z\na\nm\n");
    }

    @Test
    void variablesAreListedWithTheirDefaults() {
        world.run("--profile", "front", "config", "--variables");

        assertThat(world.out().lines().skip(1).map(String::strip))
                .containsExactly("TAG                 false               1");
    }

    @Test
    void explainSaysWhereAValueWasWritten() {
        world.run("config", "--explain", "services.db.image");
        assertThat(world.out()).isEqualTo("services.db.image = \"postgres:17\"  # compose.yaml:8:12\n");

        assertThat(world.run("config", "--explain", "services.nope")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("--explain: nothing at \"services.nope\"\n");
    }

    @Test
    void hashesAreThoseOfTheServices() {
        world.run("config", "--hash", "*");
        assertThat(world.out()).matches("db [0-9a-f]{64}\n");

        assertThat(world.run("config", "--hash", "nope")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("no such service: nope\n");
    }

    @Test
    void quietPrintsNothingAndOutputWritesAFile() throws Exception {
        world.run("config", "-q");
        assertThat(world.out()).isEmpty();

        world.run("config", "--services", "-o", "services.txt");
        assertThat(world.out()).isEmpty();
        assertThat(Files.readString(directory.resolve("services.txt"))).isEqualTo("db\n");
    }

    @Test
    void theFileCanComeFromStandardInput() {
        world.input("name: piped\nservices:\n  one:\n    image: a\n");

        world.run("-f", "-", "config", "--services");

        assertThat(world.out()).isEqualTo("one\n");
    }

    @Test
    void anUnknownFormatIsRefused() {
        assertThat(world.run("config", "--format", "xml")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("unsupported format \"xml\"\n");
    }

    @Test
    void aMistakeIsShownWithItsPlace(@TempDir Path other) {
        TestWorld wrong = TestWorld.with(other, "services:\n  web:\n    imge: nginx\n");

        assertThat(wrong.run("config")).isEqualTo(1);

        assertThat(wrong.err()).startsWith("compose.yaml:3:5: ").contains("imge");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void mistakesAreJsonOnStandardOutputForAToolAndTextOnStandardErrorForPeople() throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), "services:\n  a: {image: x, usr: y, user: 5}\n");

        assertThat(world.run("config", "--format", "json")).isEqualTo(1);

        assertThat(world.out()).isEqualToIgnoringNewLines("""
                {"errors":[{"file":"compose.yaml","line":2,"column":17,"path":"services.a",\
                "message":"services.a additional properties 'usr' not allowed","hint":"did you mean \\"user\\"?",\
                "source":"  a: {image: x, usr: y, user: 5}","origin":[]},\
                {"file":"compose.yaml","line":2,"column":31,"path":"services.a.user",\
                "message":"services.a.user must be a string","hint":"this is an integer",\
                "source":"  a: {image: x, usr: y, user: 5}","origin":[]}]}""");
        assertThat(world.err()).startsWith("compose.yaml:2:17: services.a additional properties 'usr' not allowed\n");
    }

    @Test
    void drawsTheGraph() throws Exception {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "name: p\nservices: {a: {image: x, depends_on: [b], ports: ['80:81']}, b: {image: y}}\n");

        assertThat(world.run("config", "--graph")).isZero();
        assertThat(world.out()).contains("flowchart LR", "s0 -->|started| s1");
    }

    @Test
    void drawsTheGraphForGraphviz() throws Exception {
        Files.writeString(
                directory.resolve("compose.yaml"),
                "name: p\nservices: {a: {image: x, depends_on: [b], ports: ['80:81']}, b: {image: y}}\n");

        assertThat(world.run("alpha", "viz", "--spaces", "--ports", "--image")).isZero();
        assertThat(world.out())
                .startsWith("digraph \"p\" {\n layout=dot;\n")
                .contains("<b>Ports:</b><br/>80:81 (tcp, ingress)</font>", "<b>Image:</b><br/>y</font>")
                .endsWith("\n \"a\" -> \"b\";\n}\n");
    }
}
