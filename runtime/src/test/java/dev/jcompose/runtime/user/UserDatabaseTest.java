package dev.jcompose.runtime.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.runtime.container.UserSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDatabaseTest {
    private final UserDatabase database = UserDatabase.parse("""
            root:x:0:0:root:/root:/bin/sh
            # a comment: with colons: in it: and more: of them:
            broken:x:1
            negative:x:-1:5::/:/bin/sh
            huge:x:4294967296:5::/:/bin/sh
            half:x:0x10:5::/:/bin/sh
            app:x:1000:1001:Application:/srv/app:/bin/sh
            77:x:1077:1077::relative:/bin/sh
            """, """
            root:x:0:
            wheel:x:10:root,app
            app:x:1001:
            audio:x:29:app,app
            short:x:30
            """);

    private ResolvedUser resolve(String spec, String... groups) {
        return database.resolve(UserSpec.parse(spec), List.of(groups));
    }

    @Test
    void aNameBringsItsGroupsAndHome() {
        assertThat(resolve("app")).isEqualTo(new ResolvedUser(1000, 1001, List.of(10, 29), "/srv/app"));
        assertThat(resolve("")).isEqualTo(new ResolvedUser(0, 0, List.of(10), "/root"));
    }

    @Test
    void aNumberWithAnAccountIsThatAccount() {
        assertThat(resolve("1000")).isEqualTo(resolve("app"));
    }

    @Test
    void aNumberWithoutAnAccountIsInGroupZero() {
        assertThat(resolve("4242")).isEqualTo(new ResolvedUser(4242, 0, List.of(), "/"));
    }

    @Test
    void aNameOfDigitsIsAName() {
        assertThat(resolve("77")).isEqualTo(new ResolvedUser(1077, 1077, List.of(), "/"));
    }

    @Test
    void aGivenGroupReplacesTheUsersOwnOnes() {
        assertThat(resolve("app:audio")).isEqualTo(new ResolvedUser(1000, 29, List.of(), "/srv/app"));
        assertThat(resolve("app:555")).isEqualTo(new ResolvedUser(1000, 555, List.of(), "/srv/app"));
    }

    @Test
    void additionalGroupsAreAddedOnce() {
        assertThat(resolve("app", "short", "wheel", "99").groups()).containsExactly(10, 29, 30, 99);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nobody", "broken", "negative", "huge", "half", "4294967296", "2147483648", "-1", "+5", "0x0"})
    void whatIsNeitherAnAccountNorANumberIsRefused(String user) {
        assertThatThrownBy(() -> resolve(user))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no user \"" + user + "\" in the image's /etc/passwd");
    }

    @Test
    void anUnknownGroupIsRefused() {
        assertThatThrownBy(() -> resolve("app:nogroup")).hasMessage("no group \"nogroup\" in the image's /etc/group");
        assertThatThrownBy(() -> resolve("app", "nogroup"))
                .hasMessage("no group \"nogroup\" in the image's /etc/group");
    }

    @Test
    void anImageWithoutTheFilesHasNumbersOnly() {
        UserDatabase none = UserDatabase.parse("", "");

        assertThat(none.resolve(UserSpec.ROOT, List.of())).isEqualTo(new ResolvedUser(0, 0, List.of(), "/"));
        assertThatThrownBy(() -> none.resolve(UserSpec.parse("root"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
