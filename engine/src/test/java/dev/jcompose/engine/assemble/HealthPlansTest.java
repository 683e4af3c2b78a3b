package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.supervise.HealthPlan;
import dev.jcompose.images.ImageConfig;
import dev.jcompose.images.ImageHealthcheck;
import dev.jcompose.model.Healthcheck;
import dev.jcompose.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthPlansTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ImageConfig PLAIN = ImageConfigs.image().build();
    private static final ImageConfig CHECKED = ImageConfigs.image()
            .healthcheck(new ImageHealthcheck(List.of("CMD", "ping"), SECOND, SECOND, SECOND, SECOND, 7))
            .build();

    @Test
    void withoutACheckThereIsNone() {
        assertThat(HealthPlans.of(Service.builder("web").build(), PLAIN)).isEmpty();
    }

    @Test
    void dockersDefaultsHoldForWhatIsNotSaid() {
        assertThat(plan(check(List.of("CMD", "true"), null, null), PLAIN))
                .contains(new HealthPlan(
                        List.of("true"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        3,
                        Duration.ZERO,
                        Duration.ofSeconds(5)));
    }

    @Test
    void aShellLineGoesToTheShell() {
        assertThat(plan(check(List.of("CMD-SHELL", "a && b"), null, null), PLAIN))
                .get()
                .extracting(HealthPlan::command)
                .isEqualTo(List.of("/bin/sh", "-c", "a && b"));
    }

    @Test
    void theServicesAttributesAreOverTheImagesOneByOne() {
        assertThat(plan(check(null, Duration.ofMillis(200), null), CHECKED))
                .contains(new HealthPlan(List.of("ping"), Duration.ofMillis(200), SECOND, 7, SECOND, SECOND));
        assertThat(plan(check(List.of("CMD", "other"), null, 2), CHECKED))
                .contains(new HealthPlan(List.of("other"), SECOND, SECOND, 2, SECOND, SECOND));
    }

    @Test
    void anIntervalOfZeroIsTheDefault() {
        assertThat(plan(check(List.of("CMD", "true"), Duration.ZERO, 0), PLAIN))
                .get()
                .extracting(HealthPlan::interval, HealthPlan::retries)
                .containsExactly(Duration.ofSeconds(30), 3);
    }

    @Test
    void theImagesCheckCanBeDisabledInTwoWays() {
        assertThat(plan(new Healthcheck(null, null, null, null, null, null, true), CHECKED))
                .isEmpty();
        assertThat(plan(check(List.of("NONE"), null, null), CHECKED)).isEmpty();
    }

    private static Healthcheck check(
            @Nullable List<String> test, @Nullable Duration interval, @Nullable Integer retries) {
        return new Healthcheck(test, interval, null, retries, null, null, false);
    }

    private static Optional<HealthPlan> plan(Healthcheck healthcheck, ImageConfig image) {
        return HealthPlans.of(Service.builder("web").healthcheck(healthcheck).build(), image);
    }
}
