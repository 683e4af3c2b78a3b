package dev.jcompose.engine.assemble;

import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.images.Image;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Service;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.container.UserSpec;
import dev.jcompose.runtime.exec.ExecSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the runtime needs to run a further command in a container. */
public final class ExecAssembler {
    private ExecAssembler() {}

    /** What a user asked for. */
    public static ExecSpec command(Container container, Image image, ExecRequest request) {
        UserSpec user = request.user() != null
                ? UserSpec.parse(request.user())
                : SpecAssembler.user(container.service(), image);
        String directory = request.workingDirectory() != null
                ? request.workingDirectory()
                : SpecAssembler.workingDirectory(container.service(), image);
        Security security = request.privileged() ? Security.PRIVILEGED : SpecAssembler.security(container.service());
        return spec(container, image, request.command(), request.environment(), directory, user, security);
    }

    /** A health check: with the container's own user, directory and rights. */
    public static ExecSpec check(Container container, Image image, List<String> command) {
        Service service = container.service();
        return spec(
                container,
                image,
                command,
                Map.of(),
                SpecAssembler.workingDirectory(service, image),
                SpecAssembler.user(service, image),
                SpecAssembler.security(service));
    }

    /** A lifecycle hook: what it does not say is as for the container's own command. */
    public static ExecSpec hook(Container container, Image image, Hook hook) {
        Service service = container.service();
        Map<String, String> environment = new LinkedHashMap<>();
        hook.environment().forEach((name, value) -> {
            if (value != null) {
                environment.put(name, value);
            }
        });
        return spec(
                container,
                image,
                hook.command() == null ? List.of() : hook.command(),
                environment,
                hook.workingDir() != null ? hook.workingDir() : SpecAssembler.workingDirectory(service, image),
                hook.user() != null ? UserSpec.parse(hook.user()) : SpecAssembler.user(service, image),
                hook.privileged() ? Security.PRIVILEGED : SpecAssembler.security(service));
    }

    private static ExecSpec spec(
            Container container,
            Image image,
            List<String> command,
            Map<String, String> environment,
            String directory,
            UserSpec user,
            Security security) {
        Service service = container.service();
        String hostname = SpecAssembler.hostname(container.config(), service);
        return new ExecSpec(
                command,
                Environment.of(service, image.config(), hostname, environment),
                directory,
                user,
                service.security().groupAdd(),
                security,
                Limits.rlimits(service));
    }
}
