package dev.jcompose.cli.process;

import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Signals;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signals by {@code sun.misc.Signal} of the module jdk.unsupported, the only way there is; by reflection, because the
 * compiler's warning about that class cannot be turned off.
 */
public final class ProcessSignals implements Signals {

    @Override
    public Registration onInterrupt(Runnable action) {
        return handle(List.of("INT", "TERM"), action);
    }

    @Override
    public Registration onSignal(List<String> names, Consumer<String> action) {
        return handleEach(names, action);
    }

    /** Calls an action with the name of each signal; those that the JVM keeps for itself are left out. */
    public static Registration handleEach(List<String> names, Consumer<String> action) {
        List<Registration> all = new ArrayList<>();
        names.forEach(name -> handleIfFree(name, () -> action.accept(name)).ifPresent(all::add));
        return () -> all.forEach(Registration::close);
    }

    private static Optional<Registration> handleIfFree(String name, Runnable action) {
        try {
            return Optional.of(handle(List.of(name), action));
        } catch (IllegalStateException kept) {
            return Optional.empty();
        }
    }

    @Override
    public Registration onResize(Runnable action) {
        return handle(List.of("WINCH"), action);
    }

    /** Calls an action on each of the signals of these names, instead of what they do. */
    public static Registration handle(List<String> names, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            List<Object> signals =
                    names.stream().map(name -> create(signal, name)).toList();
            List<Object> before =
                    signals.stream().map(one -> replace(handle, one, ours)).toList();
            return () -> {
                for (int i = 0; i < signals.size(); i++) {
                    replace(handle, signals.get(i), before.get(i));
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
        }
    }

    private static Object create(Class<?> signal, String name) {
        try {
            return signal.getConstructor(String.class).newInstance(name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot name the signal " + name, e);
        }
    }

    private static Object replace(Method handle, Object signal, Object handler) {
        try {
            return handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle the signal " + signal, e);
        }
    }
}
