package dev.jcompose.linux.testing;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Sched;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Skips a test, saying why, unless it runs as root. With {@code namespaces} it runs on a thread of its own in new mount
 * and network namespaces, so that what it creates there is gone when the thread has ended; child processes of that
 * thread are in them too, other threads are not.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("root")
@ExtendWith(RequiresRoot.Extension.class)
public @interface RequiresRoot {

    /** Whether each test method runs in mount and network namespaces of its own. */
    boolean namespaces() default false;

    /** Does what the annotation says. */
    final class Extension implements ExecutionCondition, InvocationInterceptor {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                boolean root =
                        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
                return root
                        ? ConditionEvaluationResult.enabled("runs as root")
                        : ConditionEvaluationResult.disabled("needs root: it makes namespaces, mounts and interfaces");
            } catch (java.io.IOException | UnsupportedOperationException e) {
                return ConditionEvaluationResult.disabled("needs Linux: " + e.getMessage());
            }
        }

        @Override
        public void interceptTestMethod(
                Invocation<@Nullable Void> invocation,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            if (!inNamespaces(context)) {
                invocation.proceed();
                return;
            }
            FutureTask<@Nullable Void> test = new FutureTask<>(() -> {
                Linux linux = Linux.load();
                linux.processes().unshare(Sched.CLONE_NEWNS | Sched.CLONE_NEWNET);
                linux.mounts().mount(null, "/", null, Mount.MS_REC | Mount.MS_PRIVATE, null);
                try {
                    return invocation.proceed();
                } catch (Exception | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new IllegalStateException(e);
                }
            });
            new Thread(test, "namespaced-test").start();
            try {
                test.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        }

        /** The same for each run of a parameterized test. */
        @Override
        public void interceptTestTemplateMethod(
                Invocation<@Nullable Void> invocation,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            interceptTestMethod(invocation, method, context);
        }

        private static boolean inNamespaces(ExtensionContext context) {
            RequiresRoot onMethod = context.getRequiredTestMethod().getAnnotation(RequiresRoot.class);
            RequiresRoot annotation =
                    onMethod != null ? onMethod : context.getRequiredTestClass().getAnnotation(RequiresRoot.class);
            return annotation != null && annotation.namespaces();
        }
    }
}
