package dev.jcompose.runtime.user;

import dev.jcompose.runtime.container.UserSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The accounts and groups of an image.
 *
 * <p>Lines that are not in the form of passwd(5) or group(5) are skipped, as the C library does; a number is one only
 * if it has nothing but digits and fits (CVE-2026-30892).
 */
public final class UserDatabase {
    /** What {@code setresuid(2)} takes, without the upper half, where -1 means "unchanged". */
    private static final long MAX_ID = Integer.MAX_VALUE;

    private final List<Account> accounts;
    private final List<Group> groups;

    private record Account(String name, int uid, int gid, String home) {}

    private record Group(String name, int gid, Set<String> members) {}

    private UserDatabase(List<Account> accounts, List<Group> groups) {
        this.accounts = accounts;
        this.groups = groups;
    }

    /** Reads the text of both files; an empty text stands for a missing file. */
    public static UserDatabase parse(String passwd, String group) {
        List<Account> accounts = new ArrayList<>();
        passwd.lines()
                .map(line -> line.split(":", -1))
                .filter(f -> f.length >= 6)
                .forEach(fields -> {
                    OptionalInt uid = id(fields[2]);
                    OptionalInt gid = id(fields[3]);
                    if (uid.isPresent() && gid.isPresent()) {
                        accounts.add(new Account(fields[0], uid.getAsInt(), gid.getAsInt(), fields[5]));
                    }
                });
        List<Group> groups = new ArrayList<>();
        group.lines()
                .map(line -> line.split(":", -1))
                .filter(f -> f.length >= 3)
                .forEach(fields -> {
                    Set<String> members = fields.length > 3 ? Set.of(distinct(fields[3])) : Set.of();
                    id(fields[2]).ifPresent(gid -> groups.add(new Group(fields[0], gid, members)));
                });
        return new UserDatabase(accounts, groups);
    }

    private static String[] distinct(String commaSeparated) {
        return new LinkedHashSet<>(List.of(commaSeparated.split(",", -1))).toArray(new String[0]);
    }

    /**
     * Puts a specification into numbers, by Docker's rules: a user who is given as a number and has no account is in
     * group 0; the user's supplementary groups count only when no group is given.
     *
     * @param additionalGroups names or numbers
     * @throws IllegalArgumentException if a name is not there, or a number out of range
     */
    public ResolvedUser resolve(UserSpec spec, List<String> additionalGroups) {
        Optional<Account> account = account(spec.user());
        OptionalInt number = id(spec.user());
        if (account.isEmpty() && number.isEmpty()) {
            throw new IllegalArgumentException("no user \"" + spec.user() + "\" in the image's /etc/passwd");
        }
        int uid = account.isPresent() ? account.get().uid : number.getAsInt();
        Set<Integer> supplementary = new LinkedHashSet<>();
        int gid;
        if (spec.group() != null) {
            gid = group(spec.group());
        } else {
            gid = account.map(Account::gid).orElse(0);
            account.ifPresent(known -> groups.stream()
                    .filter(group -> group.members.contains(known.name))
                    .forEach(group -> supplementary.add(group.gid)));
        }
        additionalGroups.forEach(name -> supplementary.add(group(name)));
        String home =
                account.map(Account::home).filter(path -> path.startsWith("/")).orElse("/");
        return new ResolvedUser(uid, gid, new ArrayList<>(supplementary), home);
    }

    private Optional<Account> account(String nameOrNumber) {
        OptionalInt number = id(nameOrNumber);
        return accounts.stream()
                .filter(account ->
                        account.name.equals(nameOrNumber) || (number.isPresent() && account.uid == number.getAsInt()))
                .findFirst();
    }

    private int group(String nameOrNumber) {
        return groups.stream()
                .filter(group -> group.name.equals(nameOrNumber))
                .findFirst()
                .map(Group::gid)
                .orElseGet(() -> id(nameOrNumber)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no group \"" + nameOrNumber + "\" in the image's /etc/group")));
    }

    private static OptionalInt id(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        long value = Long.parseLong(text);
        return value <= MAX_ID ? OptionalInt.of((int) value) : OptionalInt.empty();
    }
}
