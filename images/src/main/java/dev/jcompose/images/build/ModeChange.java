package dev.jcompose.images.build;

/**
 * What {@code --chmod} says: an octal mode, or clauses as of chmod(1): {@code u=rwX,go-w}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/chmod.1.html">chmod(1)</a>
 */
final class ModeChange {
    private static final int ALL = 07777;
    private static final int EXECUTE = 0111;

    private final String text;
    private final boolean octal;

    private ModeChange(String text, boolean octal) {
        this.text = text;
        this.octal = octal;
    }

    /** @throws IllegalArgumentException if it is neither form */
    static ModeChange parse(String text) {
        boolean octal = text.matches("[0-7]{1,5}");
        if (!octal && !text.matches("[ugoa]*([-+=][rwxXstugo]*)+(,[ugoa]*([-+=][rwxXstugo]*)+)*")) {
            throw new IllegalArgumentException("\"%s\" is neither an octal mode nor a symbolic one".formatted(text));
        }
        return new ModeChange(text, octal);
    }

    /** The mode that comes out; permission bits only. */
    int apply(int mode, boolean directory) {
        if (octal) {
            return Integer.parseInt(text, 8) & ALL;
        }
        int result = mode & ALL;
        for (String clause : text.split(",")) {
            result = clause(clause, result, directory);
        }
        return result;
    }

    @Override
    public String toString() {
        return text;
    }

    private static int clause(String clause, int mode, boolean directory) {
        int at = 0;
        int who = 0;
        while ("ugoa".indexOf(clause.charAt(at)) >= 0) {
            who |= mask(clause.charAt(at));
            at++;
        }
        who = who == 0 ? mask('a') : who;
        int result = mode;
        while (at < clause.length()) {
            char operator = clause.charAt(at);
            at++;
            int bits = 0;
            while (at < clause.length() && "-+=".indexOf(clause.charAt(at)) < 0) {
                bits |= bits(clause.charAt(at), result, directory);
                at++;
            }
            int changed = bits & who;
            result = switch (operator) {
                case '+' -> result | changed;
                case '-' -> result & ~changed;
                default -> (result & ~(who & ~(directory ? 07000 : 0))) | changed;
            };
        }
        return result;
    }

    private static int mask(char who) {
        return switch (who) {
            case 'u' -> 04700;
            case 'g' -> 02070;
            case 'o' -> 01007;
            default -> 07777;
        };
    }

    private static int bits(char permission, int mode, boolean directory) {
        return switch (permission) {
            case 'r' -> 0444;
            case 'w' -> 0222;
            case 'x' -> EXECUTE;
            case 'X' -> directory || (mode & EXECUTE) != 0 ? EXECUTE : 0;
            case 's' -> 06000;
            case 't' -> 01000;
            case 'u' -> 0111 * (mode >> 6 & 7);
            case 'g' -> 0111 * (mode >> 3 & 7);
            default -> 0111 * (mode & 7);
        };
    }
}
