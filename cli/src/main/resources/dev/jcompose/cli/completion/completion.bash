# Completion of jcompose for bash:  source <(jcompose completion bash)
# For good:  jcompose completion bash >/etc/bash_completion.d/jcompose

_jcompose() {
    local line word files='' typed=${COMP_WORDS[COMP_CWORD]} words
    # bash takes = and : for words of their own; the program wants the words as they stand.
    words=() word=''
    local i
    for ((i = 1; i <= COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            = | :) word+=${COMP_WORDS[i]} ;;
            *)
                case $word in
                    *= | *:) word+=${COMP_WORDS[i]} ;;
                    *)
                        ((i == 1)) || words+=("$word")
                        word=${COMP_WORDS[i]}
                        ;;
                esac
                ;;
        esac
    done
    [[ $typed == [=:] ]] && typed=''
    local prefix=${word%"$typed"}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            files=yes
        else
            line=${line%%$'\t'*}
            COMPREPLY+=("${line#"$prefix"}")
        fi
    done < <(JCOMPOSE_BUILD=never "${COMP_WORDS[0]}" __complete "${words[@]}" "$word" 2>/dev/null)
    if [[ -n $files ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$typed")
    fi
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:] ]] && compopt -o nospace 2>/dev/null
    return 0
}

complete -F _jcompose jcompose ./jcompose
