# Completion of jcompose for fish:  jcompose completion fish | source
# For good:  jcompose completion fish >~/.config/fish/completions/jcompose.fish

function __jcompose_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in (env JCOMPOSE_BUILD=never $program __complete $words "$typed" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path "$typed"
        else
            printf '%s\n' $line
        end
    end
end

complete -c jcompose -f -a '(__jcompose_complete)'
