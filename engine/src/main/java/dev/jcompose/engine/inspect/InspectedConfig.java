package dev.jcompose.engine.inspect;

import dev.jcompose.engine.assemble.Environment;
import dev.jcompose.engine.assemble.ExposedPort;
import dev.jcompose.engine.assemble.HealthPlans;
import dev.jcompose.engine.assemble.SpecAssembler;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageConfig;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code Config}: what the container is, on whatever machine. */
final class InspectedConfig {
    private static final ImageConfig EMPTY =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", Set.of(), Set.of(), Map.of(), null, null, "", "");

    private InspectedConfig() {}

    static JsonObject of(Facts facts) {
        Service service = facts.service();
        @Nullable Image found = facts.image();
        ImageConfig image = found == null ? EMPTY : found.config();
        String hostname = SpecAssembler.hostname(facts.container().config(), service);
        OneOff run = facts.container().config().run();
        String user = service.user() == null ? image.user() : service.user();
        String directory = service.workingDir() == null ? image.workingDir() : service.workingDir();
        String signal = service.stopSignal() == null ? image.stopSignal() : service.stopSignal();
        JsonObject json = JsonObject.create()
                .put("Hostname", hostname)
                .put("Domainname", text(service.domainname()))
                .put("User", text(user))
                .put("AttachStdin", false)
                .put("AttachStdout", true)
                .put("AttachStderr", true)
                .put("ExposedPorts", InspectedContainer.set(exposed(service, image)))
                .put("Tty", service.tty())
                .put("OpenStdin", service.stdinOpen())
                .put("StdinOnce", run != null && run.stdinOnce())
                .put("Env", Environment.of(service, image, hostname, Map.of()))
                .put("Cmd", command(service, image))
                .put("Healthcheck", healthcheck(service, image))
                .put("Image", facts.summary().image())
                .put("Volumes", InspectedContainer.set(volumes(service, image)))
                .put("WorkingDir", text(directory))
                .put("Entrypoint", service.entrypoint() == null ? image.entrypoint() : service.entrypoint())
                .put("Labels", facts.summary().labels());
        if (signal != null) {
            json.put("StopSignal", signal);
        }
        if (service.stopGracePeriod() != null) {
            json.put("StopTimeout", service.stopGracePeriod().toSeconds());
        }
        return json;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> command(Service service, ImageConfig image) {
        if (service.command() != null) {
            return service.command();
        }
        return service.entrypoint() == null ? image.cmd() : List.of();
    }

    private static List<String> exposed(Service service, ImageConfig image) {
        return ExposedPort.of(service, image.exposedPorts()).stream()
                .map(ExposedPort::toString)
                .toList();
    }

    private static Set<String> volumes(Service service, ImageConfig image) {
        Set<String> targets = new TreeSet<>(image.volumes());
        for (ServiceVolume volume : service.volumes()) {
            if (volume.type() == ServiceVolume.Type.VOLUME && volume.target() != null) {
                targets.add(volume.target());
            }
        }
        return targets;
    }

    private static @Nullable JsonObject healthcheck(Service service, ImageConfig image) {
        return HealthPlans.of(service, image)
                .map(plan -> {
                    List<String> test = new ArrayList<>(List.of("CMD"));
                    test.addAll(plan.command());
                    return JsonObject.create()
                            .put("Test", test)
                            .put("Interval", plan.interval().toNanos())
                            .put("Timeout", plan.timeout().toNanos())
                            .put("StartPeriod", plan.startPeriod().toNanos())
                            .put("StartInterval", plan.startInterval().toNanos())
                            .put("Retries", plan.retries());
                })
                .orElse(null);
    }
}
