package dev.jcompose.engine.assemble;

import dev.jcompose.engine.supervise.HealthPlan;
import dev.jcompose.images.ImageConfig;
import dev.jcompose.images.ImageHealthcheck;
import dev.jcompose.model.Healthcheck;
import dev.jcompose.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a container's health is checked. */
public final class HealthPlans {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration START_INTERVAL = Duration.ofSeconds(5);
    private static final int RETRIES = 3;

    private HealthPlans() {}

    /**
     * The service's health check over the image's, attribute by attribute; empty when there is none or it is disabled.
     */
    public static Optional<HealthPlan> of(Service service, ImageConfig image) {
        Healthcheck own = service.healthcheck();
        ImageHealthcheck base = image.healthcheck();
        if (own != null && own.disable()) {
            return Optional.empty();
        }
        List<String> test = own != null && own.test() != null ? own.test() : base == null ? List.of() : base.test();
        if (test.isEmpty() || test.get(0).equals("NONE")) {
            return Optional.empty();
        }
        return Optional.of(new HealthPlan(
                command(test),
                first(own == null ? null : own.interval(), base == null ? null : base.interval(), INTERVAL),
                first(own == null ? null : own.timeout(), base == null ? null : base.timeout(), TIMEOUT),
                retries(own, base),
                first(own == null ? null : own.startPeriod(), base == null ? null : base.startPeriod(), Duration.ZERO),
                first(
                        own == null ? null : own.startInterval(),
                        base == null ? null : base.startInterval(),
                        START_INTERVAL)));
    }

    private static List<String> command(List<String> test) {
        List<String> rest = test.subList(1, test.size());
        if (test.get(0).equals("CMD-SHELL")) {
            List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c"));
            shell.addAll(rest);
            return shell;
        }
        return test.get(0).equals("CMD") ? rest : test;
    }

    private static Duration first(@Nullable Duration own, @Nullable Duration base, Duration otherwise) {
        Duration chosen = own != null ? own : base;
        return chosen == null || (chosen.isZero() && !otherwise.isZero()) ? otherwise : chosen;
    }

    private static int retries(@Nullable Healthcheck own, @Nullable ImageHealthcheck base) {
        Integer chosen = own == null || own.retries() == null ? null : own.retries();
        if (chosen == null && base != null) {
            chosen = base.retries();
        }
        return chosen == null || chosen <= 0 ? RETRIES : chosen;
    }
}
