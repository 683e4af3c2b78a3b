package dev.jcompose.images.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server wants of who is to be let in.
 *
 * @param scheme in lower case: {@code basic} or {@code bearer}
 * @param parameters by name in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate">RFC 9110, 11.6.1</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern TOKEN = Pattern.compile("\\G[\\s,]*([A-Za-z0-9!#$%&'*+.^_`|~-]+)(\\s*=\\s*)?");
    private static final Pattern VALUE = Pattern.compile("\\G(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]*))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** All challenges of all {@code WWW-Authenticate} headers; what cannot be read is left out. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        headers.forEach(header -> parse(header, challenges));
        return challenges;
    }

    private static void parse(String header, List<Challenge> challenges) {
        Matcher token = TOKEN.matcher(header);
        Matcher value = VALUE.matcher(header);
        String scheme = "";
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = 0;
        while (token.find(at)) {
            at = token.end();
            String word = token.group(1).toLowerCase(Locale.ROOT);
            if (token.group(2) == null) {
                if (!scheme.isEmpty()) {
                    challenges.add(new Challenge(scheme, parameters));
                }
                scheme = word;
                parameters.clear();
            } else if (value.find(at)) {
                at = value.end();
                String quoted = value.group(1);
                parameters.put(word, quoted == null ? value.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
            } else {
                break;
            }
        }
        if (!scheme.isEmpty()) {
            challenges.add(new Challenge(scheme, parameters));
        }
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
