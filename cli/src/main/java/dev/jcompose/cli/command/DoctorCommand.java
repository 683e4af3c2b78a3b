package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.Ansi.Style;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.doctor.Doctor;
import dev.jcompose.engine.doctor.Finding;
import dev.jcompose.engine.doctor.Finding.Verdict;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: of jcompose only. */
@Command(name = "doctor", description = "Check whether this machine has what jcompose needs, and say how to mend it")
final class DoctorCommand implements ComposeCommand {
    private static final int SUBJECT_WIDTH = 22;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "Format the output. Values: [table | json]")
    String format = "table";

    @Override
    public int run(Session session) {
        if (!format.equals("table") && !format.equals("json")) {
            throw new CommandException("unsupported format \"%s\": table or json".formatted(format));
        }
        EngineDirectories directories = EngineDirectories.of(session.world().environment(), OwnUser.isRoot());
        List<Finding> findings =
                new Doctor(directories, session.world().engine().running()).examine();
        if (format.equals("json")) {
            session.out().println(json(findings));
        } else {
            print(session, findings);
        }
        return count(findings, Verdict.FAILURE) == 0 ? 0 : 1;
    }

    /** It is about the process that the user starts, and must work where the engine does not. */
    @Override
    public boolean outlivesEngine() {
        return true;
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(one -> one.verdict() == verdict).count();
    }

    private static String json(List<Finding> findings) {
        List<JsonObject> checks = findings.stream()
                .map(one -> JsonObject.create()
                        .put("topic", one.topic())
                        .put("subject", one.subject())
                        .put("verdict", one.verdict().name().toLowerCase(Locale.ROOT))
                        .put("found", one.found())
                        .put("remedy", one.remedy()))
                .toList();
        return Json.write(JsonObject.create()
                .put("failures", count(findings, Verdict.FAILURE))
                .put("warnings", count(findings, Verdict.WARNING))
                .put("checks", checks));
    }

    private static void print(Session session, List<Finding> findings) {
        Ansi ansi = session.outAnsi();
        String topic = "";
        for (Finding finding : findings) {
            if (!finding.topic().equals(topic)) {
                topic = finding.topic();
                session.out().println(ansi.style(Style.BOLD, topic));
            }
            String verdict = "%-9s".formatted(finding.verdict().name().toLowerCase(Locale.ROOT));
            session.out()
                    .println("  " + ansi.style(style(finding.verdict()), verdict)
                            + ("%-" + SUBJECT_WIDTH + "s").formatted(finding.subject()) + " " + finding.found());
            if (!finding.remedy().isEmpty()) {
                session.out().println(" ".repeat(11) + "mend it:" + " ".repeat(SUBJECT_WIDTH - 7) + finding.remedy());
            }
        }
        session.out()
                .println("%s, %s, %d could not be checked"
                        .formatted(
                                counted(count(findings, Verdict.FAILURE), "failure"),
                                counted(count(findings, Verdict.WARNING), "warning"),
                                count(findings, Verdict.UNKNOWN)));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static Style style(Verdict verdict) {
        return switch (verdict) {
            case OK -> Style.GREEN;
            case WARNING, UNKNOWN -> Style.YELLOW;
            case FAILURE -> Style.RED;
        };
    }
}
