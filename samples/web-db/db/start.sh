#!/bin/sh
# Runs PostgreSQL as a user of its own; makes the database when the volume is empty.
#
# POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB: as the postgres image has them
set -eu

# Whatever the number may be on the host: there is no such user there, and nothing of it but this volume.
id=5432
home=/var/lib/postgresql
volume=$home/data
cluster=$volume/17

# PostgreSQL wants a name for the user that it runs as. /etc here is the container's own copy.
user=sample-postgres
grep -q "^$user:" /etc/passwd || echo "$user:x:$id:$id::$home:/bin/sh" >>/etc/passwd
grep -q "^$user:" /etc/group || echo "$user:x:$id:" >>/etc/group

as_postgres() {
    if setpriv --version >/dev/null 2>&1; then
        exec setpriv --reuid "$id" --regid "$id" --clear-groups -- "$@"
    else
        # Without util-linux. su takes a command line, so the arguments go through a shell's own.
        # shellcheck disable=SC2016
        exec su -s /bin/sh "$user" -c 'exec "$0" "$@"' -- "$@"
    fi
}

# Made beside the final place and renamed at the end, so that an interrupted start leaves nothing half made.
make_cluster() {
    echo "making a database cluster in $cluster"
    rm -rf "$cluster.new"
    password=$cluster.password
    (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" >"$password")
    chown "$id:$id" "$volume" "$password"
    (as_postgres /opt/postgresql/bin/initdb --pgdata "$cluster.new" --username "$POSTGRES_USER" --pwfile "$password" \
        --auth-local reject --auth-host scram-sha-256 \
        --encoding UTF8 --locale C --locale-provider builtin --builtin-locale C.UTF-8 \
        >/dev/null)
    rm -f "$password"
    echo 'host all all all scram-sha-256' >>"$cluster.new/pg_hba.conf"
    echo "CREATE DATABASE \"$POSTGRES_DB\"" \
        | (as_postgres /opt/postgresql/bin/postgres --single -D "$cluster.new" postgres >/dev/null)
    mv "$cluster.new" "$cluster"
}

cd "$home"
[ -d "$cluster" ] || make_cluster
as_postgres /opt/postgresql/bin/postgres -D "$cluster" -c listen_addresses='*' -c unix_socket_directories=''
