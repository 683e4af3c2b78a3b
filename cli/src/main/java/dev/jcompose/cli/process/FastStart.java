package dev.jcompose.cli.process;

/**
 * Spares the JVM searches that find nothing: each looks into every jar of the class path, 20 to 30 ms in all.
 *
 * <p>What the user has set stays.
 */
public final class FastStart {
    private static final String SELECTOR_PROVIDER = "java.nio.channels.spi.SelectorProvider";
    private static final String EPOLL = "sun.nio.ch.EPollSelectorProvider";

    private FastStart() {}

    /** Sets the system properties; call it first. */
    public static void prepare() {
        // Otherwise picocli looks for Groovy.
        setIfAbsent("picocli.disable.closures", "true");
        // Otherwise the first channel looks for providers of other channels.
        if (exists(EPOLL)) {
            setIfAbsent(SELECTOR_PROVIDER, EPOLL);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Whether the JDK itself has a class. Another JDK may have another name for it. */
    private static boolean exists(String name) {
        try {
            Class.forName(name, false, Object.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
