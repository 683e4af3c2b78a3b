package dev.jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path directory;

    @Test
    void theExitCodeSaysWhetherSomethingFails() {
        TestWorld world = TestWorld.in(directory);
        int code = world.run("doctor", "--format", "json");
        JsonObject report = JsonObject.parse(world.out());
        List<JsonObject> checks = report.objects("checks");
        long failures = checks.stream()
                .filter(check -> check.string("verdict").equals("failure"))
                .count();
        assertThat(report.number("failures")).isEqualTo(failures);
        assertThat(code).isEqualTo(failures == 0 ? 0 : 1);
        assertThat(checks).extracting(check -> check.string("topic")).contains("kernel", "cgroups", "storage");
    }

    @Test
    void theTableEndsWithASummary() {
        TestWorld world = TestWorld.in(directory);
        world.run("doctor");
        assertThat(world.out()).contains("kernel\n").containsPattern("\\d+ failures?, \\d+ warnings?, \\d+ could not");
    }

    @Test
    void anotherFormatIsRefused() {
        TestWorld world = TestWorld.in(directory);
        assertThat(world.run("doctor", "--format", "xml")).isEqualTo(1);
        assertThat(world.err()).contains("unsupported format \"xml\": table or json");
    }
}
