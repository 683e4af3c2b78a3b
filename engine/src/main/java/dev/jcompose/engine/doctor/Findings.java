package dev.jcompose.engine.doctor;

import dev.jcompose.engine.doctor.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one topic. */
final class Findings {
    private final String topic;
    private final List<Finding> all = new ArrayList<>();

    Findings(String topic) {
        this.topic = topic;
    }

    void ok(String subject, String found) {
        all.add(new Finding(topic, subject, Verdict.OK, found, ""));
    }

    void warning(String subject, String found, String remedy) {
        all.add(new Finding(topic, subject, Verdict.WARNING, found, remedy));
    }

    void failure(String subject, String found, String remedy) {
        all.add(new Finding(topic, subject, Verdict.FAILURE, found, remedy));
    }

    void unknown(String subject, String why, String remedy) {
        all.add(new Finding(topic, subject, Verdict.UNKNOWN, why, remedy));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
