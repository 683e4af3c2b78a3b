package dev.jcompose.model.interpolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private final List<String> unset = new ArrayList<>();
    private final Template template =
            new Template(Variables.of(Map.of("SET", "v", "EMPTY", "", "OTHER", "o")), unset::add);

    @ParameterizedTest
    @CsvSource({
        "$SET, v",
        "${SET}, v",
        "a${SET}b$OTHER!, avbo!",
        "${NONE:-d}, d",
        "${EMPTY:-d}, d",
        "${EMPTY-d}, ''",
        "${SET:+a}, a",
        "${EMPTY:+a}, ''",
        "${EMPTY+a}, a",
        "${NONE+a}, ''",
        "${SET:?no}, v",
        "${NONE:-${EMPTY:-${OTHER}}}, o",
        "${SET:+http://${SET}:80}, http://v:80",
        "'${NONE:-{\"k\": \"v\"}}', '{\"k\": \"v\"}'",
        "${NONE:-x-y}, x-y",
        "${NONE-:x}, :x",
        "$$SET, $SET",
        "$${SET}, ${SET}",
        "$1 $ a$, $1 $ a$",
        "$SET.x, v.x"
    })
    void replacesVariables(String text, String result) {
        assertThat(template.substitute(text)).isEqualTo(result);
    }

    @Test
    void operandIsLookedAtOnlyIfItIsNeeded() {
        assertThat(template.substitute("${SET:-${NONE:?not needed}}")).isEqualTo("v");
        assertThat(unset).isEmpty();
    }

    @Test
    void variableThatIsNotSetIsToldAndEmpty() {
        assertThat(template.substitute("[$NONE]")).isEqualTo("[]");
        assertThat(unset).containsExactly("NONE");
    }

    @ParameterizedTest
    @CsvSource({
        "${NONE:?need $OTHER}, required variable NONE is missing a value: need o",
        "${NONE?}, required variable NONE is missing a value",
        "${EMPTY:?e}, required variable EMPTY is missing a value: e"
    })
    void missingRequiredVariableIsAnError(String text, String message) {
        assertThatThrownBy(() -> template.substitute(text))
                .isInstanceOf(Template.MissingVariableException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"${", "${}", "${ SET}", "${SET }", "${SET!}", "${1A}", "${A.B}", "${#A}", "${A/b/c}", "${A:x}"})
    void otherFormsAreErrors(String text) {
        assertThatThrownBy(() -> template.substitute(text)).isInstanceOf(Template.InvalidTemplateException.class);
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflow() {
        String text = "${A:-".repeat(100_000) + "x" + "}".repeat(100_000);

        assertThatThrownBy(() -> template.substitute(text)).isInstanceOf(Template.InvalidTemplateException.class);
    }

    /** Whatever the text is: with every dollar doubled it comes out as it went in. */
    @Test
    void doubledDollarsAlwaysGiveTheTextItself() {
        Random random = new Random(7);
        String alphabet = "$${}:-?+Aa_1 .\"";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(template.substitute(text.toString().replace("$", "$$"))).isEqualTo(text.toString());
        }
    }
}
