package dev.jcompose.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, and what only one place may do. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("dev.jcompose");

    private static final int LONGEST_FILE = 500;
    /** The two classes that look at the process which the user started. */
    private static final String PROCESS = "dev\\.jcompose\\.cli\\.(Main|OwnProcess)";

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(ALL).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model   | dev.jcompose.model..",
                "linux   | dev.jcompose.linux..",
                "runtime | dev.jcompose.runtime.. dev.jcompose.linux..",
                "images  | dev.jcompose.images.. dev.jcompose.linux..",
                "network | dev.jcompose.network.. dev.jcompose.linux..",
                "volumes | dev.jcompose.volumes.. dev.jcompose.linux..",
                "engine  | dev.jcompose.engine.. dev.jcompose.runtime.. dev.jcompose.images.. dev.jcompose.network.."
                        + " dev.jcompose.volumes.. dev.jcompose.linux.. dev.jcompose.model..",
                "cli     | dev.jcompose.cli.. dev.jcompose.engine.. dev.jcompose.model.. dev.jcompose.linux.."
            })
    void aModuleDependsOnlyOnThoseBelowIt(String module, String allowed) {
        noClasses()
                .that()
                .resideInAPackage("dev.jcompose." + module + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.jcompose..").and(resideOutsideOfPackages(allowed.split(" "))))
                .check(ALL);
    }

    @Test
    void ofTheEngineTheCommandsSeeOnlyWhatAClientNeeds() {
        noClasses()
                .that()
                .resideInAPackage("dev.jcompose.cli..")
                .and()
                .resideOutsideOfPackages("dev.jcompose.cli.hosted..", "dev.jcompose.cli.training..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.jcompose.engine..")
                        .and(resideOutsideOfPackages(
                                "dev.jcompose.engine.api..",
                                "dev.jcompose.engine.client..",
                                "dev.jcompose.engine.doctor..",
                                "dev.jcompose.engine.home..",
                                "dev.jcompose.engine.json..",
                                "dev.jcompose.engine.text..",
                                "dev.jcompose.engine.watch..",
                                "dev.jcompose.engine.wire..")))
                .check(ALL);
    }

    @Test
    void onlyTheTerminalOfTheCommandsTouchesTheKernel() {
        noClasses()
                .that()
                .resideInAPackage("dev.jcompose.cli..")
                .and()
                .resideOutsideOfPackages("dev.jcompose.cli.process..", "dev.jcompose.cli.hosted..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.jcompose.linux..")
                .check(ALL);
    }

    @Test
    void onlyLinuxTouchesNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jcompose.linux..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai.jffi..")
                .check(ALL);
    }

    @Test
    void onlyTheCommandLineParsesArguments() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jcompose.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(ALL);
    }

    @Test
    void onlyMainLooksAtTheProcess() {
        for (String name : List.of("out", "err", "in")) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.jcompose.cli..")
                    .and()
                    .haveNameNotMatching(PROCESS)
                    .should()
                    .accessField(System.class, name)
                    .check(ALL);
        }
        noClasses()
                .that()
                .resideInAPackage("dev.jcompose.cli..")
                .and()
                .haveNameNotMatching(PROCESS)
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "client", "home", "json", "text", "wire"})
    void aClientLoadsNothingHeavy(String name) {
        noClasses()
                .that()
                .resideInAPackage("dev.jcompose.engine." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..", "jnr..", "tools.jackson.databind..", "org.slf4j..", "dev.jcompose.linux..")
                .check(ALL);
    }

    @Test
    void whoOnlyDelegatesLoadsNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("dev.jcompose.cli.delegate..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        "dev.jcompose.cli.delegate..",
                        "dev.jcompose.cli.process..",
                        "dev.jcompose.cli.world..",
                        "java.io..",
                        "java.lang..",
                        "java.net..",
                        "java.nio..",
                        "java.util",
                        "org.jspecify.."))
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        SliceAssignment packages = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
        slices().assignedFrom(packages).should().beFreeOfCycles().check(ALL);
    }

    @Test
    void exceptionsAreCalledExceptions() {
        classes()
                .that()
                .areAssignableTo(Exception.class)
                .and()
                .areNotMemberClasses()
                .should()
                .haveSimpleNameEndingWith("Exception")
                .check(ALL);
    }

    @Test
    void noFileIsLongerThanAPersonCanFollow() {
        Path root = Path.of("..").toAbsolutePath().normalize();
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> lines(file) > LONGEST_FILE)
                            .forEach(file -> tooLong.add(root.relativize(file) + ": " + lines(file) + " lines"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(tooLong).isEmpty();
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
