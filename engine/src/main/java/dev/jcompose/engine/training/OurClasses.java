package dev.jcompose.engine.training;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The classes of an engine; most of them do nothing without privileges, so they are loaded by name. */
final class OurClasses {
    /** What builds, pulls and pushes are done with: not worth their memory in an engine that does none of it. */
    private static final List<String> SELDOM = List.of(
            "dev/jcompose/cli/",
            "dev/jcompose/engine/build/",
            "dev/jcompose/images/build/",
            "dev/jcompose/images/registry/",
            "dev/jcompose/images/worker/");

    private OurClasses() {}

    /** All in the jars that the first one on the class path names in its manifest. */
    static void load() throws IOException {
        Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        String names;
        try (var file = new JarFile(jar.toFile())) {
            names = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        }
        load(jar);
        for (String name : names.split(" ", -1)) {
            load(jar.resolveSibling(name));
        }
    }

    private static void load(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("dev/jcompose/")
                            && SELDOM.stream().noneMatch(name::startsWith)
                            && name.endsWith(".class"))
                    .filter(name -> !name.endsWith("package-info.class"))
                    .forEach(name -> load(name.replace('/', '.').substring(0, name.length() - ".class".length())));
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, OurClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException("cannot load " + name, e);
        }
    }
}
