package dev.jcompose.runtime.seccomp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The system calls that an {@link Abi} had when the profile was written. A number that is not in it is newer than the
 * profile, or was never given out.
 *
 * @param numbers by name; some calls have two names
 */
record SyscallTable(Map<String, Integer> numbers) {
    SyscallTable {
        numbers = Map.copyOf(numbers);
    }

    /** The number of a call; empty when this architecture does not have it. */
    OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Reads the table that comes with this package. */
    static SyscallTable load(Abi abi) {
        Map<String, Integer> numbers = new HashMap<>();
        try (InputStream bytes = SyscallTable.class.getResourceAsStream(abi.resource())) {
            if (bytes == null) {
                throw new IllegalStateException("resource " + abi.resource() + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    int space = line.indexOf(' ');
                    numbers.put(line.substring(space + 1), Integer.decode(line.substring(0, space)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + abi.resource(), e);
        }
        return new SyscallTable(numbers);
    }
}
