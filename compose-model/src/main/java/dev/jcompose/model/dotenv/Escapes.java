package dev.jcompose.model.dotenv;

/** The escapes inside double quotes of a {@code .env} file. */
final class Escapes {
    private Escapes() {}

    /** Replaces {@code \n} and so on; {@code \$} becomes {@code $$}, which interpolation turns into a dollar. */
    static String expand(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                result.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            switch (escaped) {
                case 'n' -> result.append('\n');
                case 'r' -> result.append('\r');
                case 't' -> result.append('\t');
                case 'a' -> result.append('\u0007');
                case 'b' -> result.append('\b');
                case 'f' -> result.append('\f');
                case 'v' -> result.append('\u000B');
                case '\\', '"' -> result.append(escaped);
                case '$' -> result.append("$$");
                case '0' -> i = octal(text, i, result);
                default -> result.append('\\').append(escaped);
            }
        }
        return result.toString();
    }

    private static int octal(String text, int zero, StringBuilder result) {
        int end = zero + 1;
        int value = 0;
        while (end < text.length() && end <= zero + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            value = value * 8 + text.charAt(end++) - '0';
        }
        result.append((char) value);
        return end - 1;
    }
}
