package dev.jcompose.engine.plan;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Containers of project {@code p} for the planners; they run, in network {@code p_default}. */
final class Observed {
    static final DependsOn HEALTHY = new DependsOn(Condition.SERVICE_HEALTHY, false, true);
    static final DependsOn RESTART = new DependsOn(Condition.SERVICE_STARTED, true, true);

    private final String service;
    private final int number;
    private String id;
    private String name;
    private String hash = "hash";
    private String image = "";
    private boolean running = true;
    private boolean oneOff;
    private boolean replacement;
    private Map<String, DependsOn> dependsOn = Map.of();
    private Set<String> networks = Set.of("p_default");
    private Set<String> volumes = Set.of();
    private Set<String> claims = Set.of();

    private Observed(String service, int number) {
        this.service = service;
        this.number = number;
        this.id = "id-" + service + "-" + number;
        this.name = "p-" + service + "-" + number;
    }

    static Observed of(String service, int number) {
        return new Observed(service, number);
    }

    static Observed of(String service) {
        return of(service, 1);
    }

    static ObservedContainer running(String service) {
        return of(service).build();
    }

    static ObservedContainer stopped(String service) {
        return of(service).notRunning().build();
    }

    Observed id(String value) {
        id = value;
        return this;
    }

    Observed name(String value) {
        name = value;
        return this;
    }

    Observed hash(String value) {
        hash = value;
        return this;
    }

    Observed image(String value) {
        image = value;
        return this;
    }

    Observed notRunning() {
        running = false;
        return this;
    }

    Observed oneOff() {
        oneOff = true;
        return this;
    }

    Observed replacement() {
        replacement = true;
        return this;
    }

    Observed dependsOn(Map<String, DependsOn> value) {
        dependsOn = value;
        return this;
    }

    Observed dependsOn(String... services) {
        Map<String, DependsOn> all = new LinkedHashMap<>();
        for (String needed : services) {
            all.put(needed, DependsOn.STARTED);
        }
        return dependsOn(all);
    }

    Observed networks(String... names) {
        networks = Set.of(names);
        return this;
    }

    Observed volumes(String... names) {
        volumes = Set.of(names);
        return this;
    }

    Observed claims(Set<String> value) {
        claims = value;
        return this;
    }

    ObservedContainer build() {
        return new ObservedContainer(
                id,
                name,
                service,
                number,
                oneOff,
                running,
                replacement,
                hash,
                image,
                dependsOn,
                networks,
                volumes,
                claims);
    }
}
